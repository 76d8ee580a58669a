"""Which of the systems that indiana.py made is held against `rules` on the untouched fifth: one, chosen elsewhere.

    python benchmarks/transformers/choose.py --work /tmp/indiana
    radnlp bench /tmp/indiana/final.toml

Scores every system on development reports that nothing was learned from (uid % 5 is 1), by micro F1 of presence against
the codes, and writes an experiment with `rules` and the best of the others: one comparison on the untouched reports,
whose p needs no correction for the systems that were not chosen.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from indiana import EXPERIMENT, SYSTEM
from negation import systems
from reports import choice, gold

from radnlp.evaluation.metrics.keys import KeyMetric
from radnlp.evaluation.pairs import pair_up
from radnlp.pipeline import build, stream


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the work folder of indiana.py")
    parser.add_argument("--limit", type=int, help="only so many reports, for a trial")
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    every = gold("dev")
    rows = [at for at, report in enumerate(every.reports) if choice(report.id)][: options.limit]
    kept = replace(
        every,
        reports=tuple(every.reports[at] for at in rows),
        gold=tuple(every.gold[at] for at in rows),
        places=tuple(every.places[at] for at in rows),
    )
    metric = KeyMetric(kept.schema)
    found: dict[str, float] = {}
    print("| system | precision | recall | F1 | all keys right |\n|---|---|---|---|---|")
    for name, spec in systems(options.work):
        pairs = pair_up(kept, list(stream(build(spec), kept.reports)), source=name)
        scores = metric.scores(np.array([metric.count(*pair) for pair in pairs]).sum(axis=0))
        found[name] = float(scores["micro_f1"])
        shown = ("micro_precision", "micro_recall", "micro_f1", "accuracy")
        print(f"| {name} | " + " | ".join(f"{float(scores[score]):.3f}" for score in shown) + " |", flush=True)
    best = max((name for name in found if name != "rules"), key=found.__getitem__)
    encoder, labels, policy = best.split(", ")
    model = (options.work / f"{encoder}-{labels}").resolve()
    chosen = SYSTEM.format(name=encoder, labels=labels, policy=policy, model=model)
    (options.work / "final.toml").write_text(EXPERIMENT.format(draws=options.draws) + chosen, "utf-8")
    print(f"\nchosen: {best} -> {options.work / 'final.toml'}")


if __name__ == "__main__":
    main()
