"""Relationship mapping, strictly: every (key, value) on either side is charged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.ratios import Floats, f1, macro, ratio
from radnlp.evaluation.metrics.triples import of_key, triples
from radnlp.records import Array, Extraction, Schema

# Counts of a report, before three for each key: right, predicted, gold.
_REPORTS, _EXACT = range(2)
_FIRST_KEY = 2


class RelationMetric:
    """Which triples (key, relation, value) does a report have?

    With G the triples of gold and P those of the system, compound values expanded (``bll`` = ``rll`` + ``lll``)::

        micro_precision  |P & G| / |P|, all triples of all reports
        micro_recall     |P & G| / |G|
        micro_f1         2 |P & G| / (|P| + |G|)
        macro_*          the same per key, averaged over the keys where it is defined: precision where the system gave
                         values, recall where gold has values, F1 where either did
        accuracy         share of all reports with P = G, both empty included

    Every invention is charged: the values of a key that gold has absent or not at all are false positives.
    Not charged: status, as long as it is not ``absent``; a key without values on either side (see ``keys``).
    A near miss (a lobe for its lung) counts as a miss and an invention; see ``hierarchy``.

    Rows: key -> tp, fp, fn, precision, recall, f1. Shape: two counts and three a key.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._keys = tuple(key.id for key in schema.keys)

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        true, said = triples(self._schema, gold), triples(self._schema, predicted)
        counts = [1.0, float(true == said)]
        for key in self._keys:
            of_gold, of_system = of_key(key, true), of_key(key, said)
            counts += [float(len(of_gold & of_system)), float(len(of_system)), float(len(of_gold))]
        return counts

    def scores(self, totals: Array) -> Mapping[str, Array]:
        totals = np.asarray(totals, dtype=np.float64)
        right, said, true = _by_key(totals)
        all_right, all_said, all_true = (part.sum(axis=-1) for part in (right, said, true))
        return {
            "micro_precision": ratio(all_right, all_said),
            "micro_recall": ratio(all_right, all_true),
            "micro_f1": f1(all_right, all_said, all_true),
            "macro_precision": macro(ratio(right, said)),
            "macro_recall": macro(ratio(right, true)),
            "macro_f1": macro(f1(right, said, true)),
            "accuracy": ratio(totals[..., _EXACT], totals[..., _REPORTS]),
        }

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        right, said, true = _by_key(np.asarray(totals, dtype=np.float64))
        columns = {
            "tp": right,
            "fp": said - right,
            "fn": true - right,
            "precision": ratio(right, said),
            "recall": ratio(right, true),
            "f1": f1(right, said, true),
        }
        return {
            key: {name: float(column[number]) for name, column in columns.items()}
            for number, key in enumerate(self._keys)
            if said[number] or true[number]
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether both sides have the same triples."""
        return triples(self._schema, gold) == triples(self._schema, predicted)


def _by_key(totals: Floats) -> tuple[Floats, Floats, Floats]:
    """Right, predicted and gold, each of shape (..., keys)."""
    keys = totals[..., _FIRST_KEY:]
    return keys[..., 0::3], keys[..., 1::3], keys[..., 2::3]
