"""Entity key classification, report by report and key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.positives import positive_keys
from radnlp.evaluation.metrics.ratios import Floats, f1, harmonic, ratio
from radnlp.records import Array, Extraction, Schema

# Counts of a report, before three for each key: right, predicted, gold.
_REPORTS, _EXACT, _ANSWERED, _PRECISION, _WITH, _RECALL, _WITHOUT, _SILENT = range(8)
_FIRST_KEY = 8


class KeyMetric:
    """Which keys does a report have? Stage one of Shin et al.

    With G the positive keys of a report in gold and P those of the system::

        accuracy     share of all reports with P = G
        precision    mean of |P & G| / |P| over the reports where the system answered any key
        recall       mean of |P & G| / |G| over the reports where gold has any key
        f1           harmonic mean of these two
        specificity  share of the reports where gold has no key in which the system answered none
        micro_*      precision, recall and F1 over all (report, key)

    Not charged: whether a positive is present or uncertain, whether a negative was mentioned at all (see ``status``),
    values. ``precision`` leaves out reports on which the system is silent, so an over-careful system pays in recall
    only.

    Rows: key -> tp, fp, fn, tn, precision, recall, f1. Shape: 8 counts and three a key.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._keys = tuple(key.id for key in schema.keys)

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        true, said = positive_keys(self._schema, gold), positive_keys(self._schema, predicted)
        right = len(true & said)
        report = (
            1,
            true == said,
            bool(said),
            right / len(said) if said else 0,
            bool(true),
            right / len(true) if true else 0,
            not true,
            not true and not said,
        )
        keys = ((key in true and key in said, key in said, key in true) for key in self._keys)
        return [float(number) for number in (*report, *(number for key in keys for number in key))]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        totals = np.asarray(totals, dtype=np.float64)
        precision = ratio(totals[..., _PRECISION], totals[..., _ANSWERED])
        recall = ratio(totals[..., _RECALL], totals[..., _WITH])
        right, said, true = (part.sum(axis=-1) for part in _by_key(totals))
        return {
            "accuracy": ratio(totals[..., _EXACT], totals[..., _REPORTS]),
            "precision": precision,
            "recall": recall,
            "f1": harmonic(precision, recall),
            "specificity": ratio(totals[..., _SILENT], totals[..., _WITHOUT]),
            "micro_precision": ratio(right, said),
            "micro_recall": ratio(right, true),
            "micro_f1": f1(right, said, true),
        }

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        totals = np.asarray(totals, dtype=np.float64)
        right, said, true = _by_key(totals)
        columns = {
            "tp": right,
            "fp": said - right,
            "fn": true - right,
            "tn": totals[_REPORTS] - said - true + right,
            "precision": ratio(right, said),
            "recall": ratio(right, true),
            "f1": f1(right, said, true),
        }
        return {
            key: {name: float(column[number]) for name, column in columns.items()}
            for number, key in enumerate(self._keys)
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether all keys of the report are right."""
        return positive_keys(self._schema, gold) == positive_keys(self._schema, predicted)


def _by_key(totals: Floats) -> tuple[Floats, Floats, Floats]:
    """Right, predicted and gold, each of shape (..., keys)."""
    keys = totals[..., _FIRST_KEY:]
    return keys[..., 0::3], keys[..., 1::3], keys[..., 2::3]
