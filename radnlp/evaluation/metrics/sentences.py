"""Sentence classes, as Kikuchi et al. score them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from radnlp.errors import ReportError
from radnlp.evaluation.metrics.confusion import Confusion, accuracy, kappa, macro_f1, right_predicted_gold
from radnlp.evaluation.metrics.ratios import f1, ratio
from radnlp.records import Array, Extraction, Schema

#: The sentence classes 0 to 3.
LABELS = ("background", "positive", "negative", "continuation")
#: The class whose PPV, recall and F1 are shown: class 1.
POSITIVE = LABELS.index("positive")
CONFUSION = Confusion(labels=LABELS, missing="no label")


class SentenceMetric:
    """Which class has each sentence?

    A case is a labelled sentence of gold; the system's sentence of the same index is compared with it::

        accuracy       share of the cases with the same label
        macro_f1       mean of the labels' F1, over those that occur in gold or among the predictions
        positive_ppv   of the sentences called positive, the share that are
        positive_recall, positive_f1
        kappa          Cohen's, (o - e) / (1 - e), in [-1, 1]
        unlabelled     share of the cases to which the system gives none of the four labels: a parse error, counted
                       as wrong in all of the above

    Not charged: sentences without a label in gold. Sentences are weighed equally, so long reports weigh more.

    Rows: the confusion matrix, gold label -> predicted label. Shape: 4 x 5 counts.
    """

    def __init__(self, schema: Schema) -> None:
        """Every schema has the same sentence classes."""

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        counts = np.zeros(CONFUSION.size)
        for true, said in _cases(gold, predicted):
            counts[CONFUSION.place(true, said)] += 1
        return [float(number) for number in counts]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        matrix = CONFUSION.matrix(totals)
        right, predicted, gold = (part[..., POSITIVE] for part in right_predicted_gold(matrix))
        return {
            "accuracy": accuracy(matrix),
            "macro_f1": macro_f1(matrix),
            "positive_ppv": ratio(right, predicted),
            "positive_recall": ratio(right, gold),
            "positive_f1": f1(right, predicted, gold),
            "kappa": kappa(matrix),
            "unlabelled": ratio(matrix[..., -1].sum(axis=-1), matrix.sum(axis=(-2, -1))),
        }

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        return CONFUSION.rows(totals)

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether every labelled sentence has its label; None where gold labels none."""
        cases = [true == said for true, said in _cases(gold, predicted)]
        return all(cases) if cases else None


def _cases(gold: Extraction, predicted: Extraction) -> Iterator[tuple[str, str | None]]:
    """Gold label and predicted label of each labelled sentence of gold.

    Raises:
        ReportError: The two sides cut the report into different sentences, or gold has a label that does not exist.
    """
    said = {sentence.index: sentence for sentence in predicted.sentences}
    for sentence in gold.sentences:
        if sentence.label is None:
            continue
        if sentence.label not in LABELS:
            raise ReportError(
                f"report {gold.report_id}: sentence {sentence.index} has the label {sentence.label!r} in gold; the "
                f"labels are {', '.join(LABELS)}"
            )
        other = said.get(sentence.index)
        if other is not None and (other.start, other.end) != (sentence.start, sentence.end):
            raise ReportError(
                f"report {gold.report_id}: sentence {sentence.index} is [{sentence.start}, {sentence.end}) in gold and "
                f"[{other.start}, {other.end}) in the prediction; give the system the sentences of gold"
            )
        yield sentence.label, other.label if other is not None else None
