"""Reports with a denied key against those without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.positives import positive_keys
from radnlp.evaluation.metrics.ratios import ratio
from radnlp.records import Array, Extraction, Schema

# Counts of a report.
_NEGATED, _NEGATED_EXACT, _PLAIN, _PLAIN_EXACT = range(4)


class NegationSplitMetric:
    """Does a denied key make a report harder?

    A report is exact when all its keys are right (``accuracy`` of ``keys``)::

        with_negation     share of exact reports among those with at least one absent key in gold
        without_negation  share of exact reports among the others

    Not charged: which key was wrong; an absent key that the system does not mention is right.

    Rows: group -> reports, exact, rate. Shape: four counts.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        negated = any(finding.status == "absent" for finding in gold.findings)
        exact = float(positive_keys(self._schema, gold) == positive_keys(self._schema, predicted))
        return [1.0, exact, 0.0, 0.0] if negated else [0.0, 0.0, 1.0, exact]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        totals = np.asarray(totals, dtype=np.float64)
        return {
            "with_negation": ratio(totals[..., _NEGATED_EXACT], totals[..., _NEGATED]),
            "without_negation": ratio(totals[..., _PLAIN_EXACT], totals[..., _PLAIN]),
        }

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        rates = self.scores(totals)
        groups = {"with_negation": (_NEGATED, _NEGATED_EXACT), "without_negation": (_PLAIN, _PLAIN_EXACT)}
        return {
            name: {"reports": float(totals[reports]), "exact": float(totals[exact]), "rate": float(rates[name])}
            for name, (reports, exact) in groups.items()
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """None: ``keys`` already asks whether all keys are right."""
        return None
