"""Ten-fold cross-validation by report of the sentence classifiers of radnlp-ja on the reports of Kikuchi et al.

    python benchmarks/ja_ct/crossvalidate.py --folds 10 --output results/ja_ct

Folds: reports in the order of a generator with a fixed seed, dealt out in turn. Each report is labelled by weights that
were trained without it; all its sentences are in one fold. Intervals: bootstrap over reports.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from radnlp_ja.cues import CLASSES, shipped_cues
from radnlp_ja.linear.classifier import LinearClassifier
from radnlp_ja.linear.encoding import Views, encode
from radnlp_ja.rules import RuleSentenceClassifier
from radnlp_ja.training.fit import Example, fit
from radnlp_ja.training.reports import read, view_of  # sets numpy to one thread

from radnlp.api import Extraction, ReportView, Sentence
from radnlp.evaluation.metrics.sentences import LABELS, SentenceMetric
from radnlp.evaluation.statistics import bootstrap
from radnlp.hooks import default_catalogue

SEED, DRAWS = 7, 1000
#: System -> what the model goes by.
SYSTEMS: Mapping[str, Views] = {
    "linear": Views(),
    "linear, no context": Views(context=False),
    "linear, no sequence": Views(sequence=False),
    "linear, no mentions": Views(mentions=False),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--systems", nargs="+", default=["rules", *SYSTEMS], choices=["rules", *SYSTEMS])
    parser.add_argument("--output", type=Path, help="folder for the predictions of each system")
    options = parser.parse_args()
    data = Path(os.environ["RADNLP_DATA"]) / "kikuchi" / "train.jsonl"
    labelled = list(read(data))
    views = [view_of(report) for report, _ in labelled]
    gold = [labels for _, labels in labelled]
    fold = np.empty(len(views), dtype=np.int64)
    fold[np.random.RandomState(SEED).permutation(len(views))] = np.arange(len(views)) % options.folds
    print("| system | accuracy | macro F1 | " + " | ".join(LABELS) + " |")
    print("|---" * (len(LABELS) + 3) + "|", flush=True)
    for name in options.systems:
        predicted = rules(views) if name == "rules" else crossed(views, gold, fold, SYSTEMS[name])
        print(row(name, views, gold, predicted), flush=True)
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            file = options.output / f"{name.replace(', ', '_').replace(' ', '_')}.json"
            file.write_text(json.dumps([list(labels) for labels in predicted]), "utf-8")


def rules(views: Sequence[ReportView]) -> list[tuple[int, ...]]:
    return [numbers(labels) for labels in RuleSentenceClassifier(shipped_cues()).label(views)]


def crossed(
    views: Sequence[ReportView], gold: Sequence[tuple[int, ...]], fold: np.ndarray, parts: Views
) -> list[tuple[int, ...]]:
    cues = shipped_cues()
    examples = [
        Example(encoded=encode(view, cues, parts), labels=labels) for view, labels in zip(views, gold, strict=True)
    ]
    predicted: list[tuple[int, ...]] = [()] * len(views)
    for number in range(int(fold.max()) + 1):
        seen = [example for example, place in zip(examples, fold, strict=True) if place != number]
        weights = fit(seen, labels=CLASSES, views=parts)
        classifier = LinearClassifier(weights, cues, parts)
        held_out = np.flatnonzero(fold == number)
        for at, labels in zip(held_out, classifier.label([views[i] for i in held_out]), strict=True):
            predicted[at] = numbers(labels)
    return predicted


def numbers(labels: Sequence[object]) -> tuple[int, ...]:
    return tuple(CLASSES.index(label.label) for label in labels)


def row(
    name: str, views: Sequence[ReportView], gold: Sequence[Sequence[int]], predicted: Sequence[Sequence[int | None]]
) -> str:
    """A line of the table: scores of the metric `sentences`, and the F1 of each class, with 95% intervals.

    A label of None is a sentence that got none: counted as wrong.
    """
    metric = SentenceMetric(default_catalogue().schema("ja_ct")[0])
    pairs = [(extraction(view, g), extraction(view, p)) for view, g, p in zip(views, gold, predicted, strict=True)]
    counts = np.array([metric.count(*pair) for pair in pairs])

    def scores(totals: np.ndarray) -> dict[str, np.ndarray]:
        found = dict(metric.scores(totals))
        matrix = totals.reshape(*totals.shape[:-1], len(LABELS), len(LABELS) + 1)  # the last column: no label
        right = np.einsum("...ii->...i", matrix[..., :-1])
        f1 = 2 * right / (matrix.sum(axis=-1) + matrix[..., :-1].sum(axis=-2))
        return found | {label: f1[..., number] for number, label in enumerate(LABELS)}

    intervals = bootstrap(counts, scores, draws=DRAWS, seed=SEED)
    shown = [intervals[score] for score in ("accuracy", "macro_f1", *LABELS)]
    return f"| {name} | " + " | ".join(f"{s.value:.3f} ({s.low:.3f}–{s.high:.3f})" for s in shown) + " |"


def extraction(view: ReportView, labels: Sequence[int | None]) -> Extraction:
    sentences = tuple(
        Sentence(index=s.index, start=s.start, end=s.end, label=None if number is None else LABELS[number])
        for s, number in zip(view.sentences, labels, strict=True)
    )
    return Extraction(report_id=view.report.id, schema="ja_ct", schema_version="1.0.0", sentences=sentences)


if __name__ == "__main__":
    main()
