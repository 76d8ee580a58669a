"""The negation experiment of Shin et al.: how many reports are right altogether, with and without a denied key.

    python benchmarks/transformers/negation.py --work /tmp/indiana

In the paper an encoder trained on keywords got 1 of 186 reports with a denied lesion right. Here: the untouched fifth
of the Indiana reports and the models that indiana.py made. The codes do not tell denied from not mentioned, so a report
counts as one with a denied key when `rules` read a denial and the codes do not have that key. Aggregates only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indiana import LABELS, POLICIES
from reports import SCHEMA, gold

from radnlp.evaluation.metrics.keys import KeyMetric
from radnlp.evaluation.pairs import pair_up
from radnlp.pipeline import build, stream
from radnlp.records import PipelineSpec


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the work folder of indiana.py")
    parser.add_argument("--split", choices=("dev", "untouched"), default="untouched")
    parser.add_argument("--limit", type=int, help="only so many reports, for a trial")
    options = parser.parse_args()
    truth = gold(options.split)
    reports = truth.reports[: options.limit]
    kept = replace(truth, reports=reports, gold=truth.gold[: len(reports)], places=truth.places[: len(reports)])
    denied: list[bool] = []
    print(
        "| system | with a denied key: right / reports | rate | without: right / reports | rate |\n"
        "|---|---|---|---|---|"
    )
    for name, spec in systems(options.work):
        predictions = list(stream(build(spec), reports))
        pairs = pair_up(kept, predictions, source=name)
        if not denied:
            denied = [
                any(f.status == "absent" and f.key not in {g.key for g in true.findings} for f in said.findings)
                for true, said in pairs
            ]
        right = [bool(KeyMetric(truth.schema).correct(*pair)) for pair in pairs]
        cells = []
        for wanted in (True, False):
            group = [ok for ok, has in zip(right, denied, strict=True) if has is wanted]
            cells += [f"{sum(group)} / {len(group)}", f"{sum(group) / max(len(group), 1):.3f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def systems(work: Path) -> Iterator[tuple[str, PipelineSpec]]:
    """Rules first: they say which reports deny something."""
    yield "rules", PipelineSpec(schema=SCHEMA)
    for encoder in ("scratch", "pretrained"):
        for labels in LABELS:
            model = work / f"{encoder}-{labels}"
            if not model.exists():
                continue
            for policy in POLICIES:
                settings = {"keys": {"model_path": str(model), "policy": policy}}
                yield f"{encoder}, {labels}, {policy}", PipelineSpec(schema=SCHEMA, keys="bert", settings=settings)


if __name__ == "__main__":
    main()
