"""A confusion matrix as counts that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from radnlp.evaluation.metrics.ratios import Floats, f1, macro, ratio
from radnlp.records import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Gold labels against predicted labels, with one more column for what got no label.

    Attributes:
        labels: The labels, in the order of the rows.
        missing: Name of the additional column. A case in it is wrong.
    """

    labels: tuple[str, ...]
    missing: str

    @property
    def size(self) -> int:
        """How many counts there are: labels x (labels + 1)."""
        return len(self.labels) * (len(self.labels) + 1)

    def place(self, gold: str, predicted: str | None) -> int:
        """Index of a case's count; a predicted label that does not exist is a missing one. Raises ValueError."""
        column = self.labels.index(predicted) if predicted in self.labels else len(self.labels)
        return self.labels.index(gold) * (len(self.labels) + 1) + column

    def matrix(self, totals: Array) -> Floats:
        """Counts of shape (..., size) as (..., labels, labels + 1)."""
        counts: Floats = np.asarray(totals, dtype=np.float64)
        return counts.reshape(*counts.shape[:-1], len(self.labels), len(self.labels) + 1)

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        """Gold label -> predicted label -> cases."""
        columns = (*self.labels, self.missing)
        matrix = self.matrix(totals)
        return {
            gold: {name: float(number) for name, number in zip(columns, row, strict=True)}
            for gold, row in zip(self.labels, matrix, strict=True)
        }


def right_predicted_gold(matrix: Floats) -> tuple[Floats, Floats, Floats]:
    """For each label: cases that are right, that were predicted and that gold has; each of shape (..., labels)."""
    right = np.diagonal(matrix, axis1=-2, axis2=-1)
    return right, matrix[..., :-1].sum(axis=-2), matrix.sum(axis=-1)


def accuracy(matrix: Floats) -> Floats:
    """Share of the cases that are right."""
    right, _, gold = right_predicted_gold(matrix)
    return ratio(right.sum(axis=-1), gold.sum(axis=-1))


def macro_f1(matrix: Floats) -> Floats:
    """Mean of the labels' F1, over those that occur in gold or among the predictions."""
    return macro(f1(*right_predicted_gold(matrix)))


def kappa(matrix: Floats) -> Floats:
    """Cohen's kappa, (o - e) / (1 - e); what got no label is a label of its own, which gold never gives.

    Range: [-1, 1]; NaN where both sides give one and the same label to everything.
    """
    right, predicted, gold = right_predicted_gold(matrix)
    cases = gold.sum(axis=-1)
    observed = ratio(right.sum(axis=-1), cases)
    expected = ratio((predicted * gold).sum(axis=-1), cases**2)
    return ratio(observed - expected, 1 - expected)
