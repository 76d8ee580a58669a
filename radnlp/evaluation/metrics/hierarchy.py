"""Relationship mapping where a place inside the right place is partly right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.ratios import Floats, harmonic, macro, ratio
from radnlp.evaluation.metrics.triples import Triple, of_key, triples
from radnlp.records import Array, Extraction, Schema

#: What a triple is worth whose value lies within, or holds, the best value of the other side.
NEAR = 0.5


class HierarchyMetric:
    """Which triples does a report have, with half a point for a lobe in the right lung?

    The weight of a triple against the other side's triples of the same key and relation, compound values expanded, is
    that of its best match: 1 for the same value, 0.5 when one of the two lies within the other (at any depth), else
    0. Two lobes of one lung do not lie within each other::

        precision  sum of the weights of the system's triples against gold / their number
        recall     sum of the weights of gold's triples against the system's / their number
        f1         harmonic mean of these two

    micro over all triples of all reports; macro per key, averaged over the keys where it is defined.

    Not charged: one triple may be the best match of several, so ``right_lung`` for rul, rml and rll earns half a point
    for each of the three in recall. Status as in ``relations``.

    Rows: key -> predicted, gold, precision, recall, f1. Shape: four counts a key.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._keys = tuple(key.id for key in schema.keys)
        self._above = {value.id: _above(schema, value.id) for value in schema.values}

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        all_true, all_said = triples(self._schema, gold), triples(self._schema, predicted)
        counts: list[float] = []
        for key in self._keys:
            true, said = of_key(key, all_true), of_key(key, all_said)
            counts += [self._weight(said, true), float(len(said)), self._weight(true, said), float(len(true))]
        return counts

    def scores(self, totals: Array) -> Mapping[str, Array]:
        parts = _by_key(np.asarray(totals, dtype=np.float64))
        micro_precision, micro_recall, micro_f1 = _precision_recall_f1(*(part.sum(axis=-1) for part in parts))
        precision, recall, f1 = _precision_recall_f1(*parts)
        return {
            "micro_precision": micro_precision,
            "micro_recall": micro_recall,
            "micro_f1": micro_f1,
            "macro_precision": macro(precision),
            "macro_recall": macro(recall),
            "macro_f1": macro(f1),
        }

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        parts = _by_key(np.asarray(totals, dtype=np.float64))
        _, said, _, true = parts
        precision, recall, f1 = _precision_recall_f1(*parts)
        columns = {"predicted": said, "gold": true, "precision": precision, "recall": recall, "f1": f1}
        return {
            key: {name: float(column[number]) for name, column in columns.items()}
            for number, key in enumerate(self._keys)
            if said[number] or true[number]
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """None: ``relations`` already asks whether both sides have the same triples."""
        return None

    def _weight(self, rows: Iterable[Triple], others: Iterable[Triple]) -> float:
        return sum(max((self._match(row, other) for other in others), default=0.0) for row in rows)

    def _match(self, one: Triple, other: Triple) -> float:
        if one == other:
            return 1.0
        if one[:2] != other[:2]:
            return 0.0
        near = one[2] in self._above[other[2]] or other[2] in self._above[one[2]]
        return NEAR if near else 0.0


def _above(schema: Schema, value_id: str) -> frozenset[str]:
    """Everything that holds the value: left_lingula -> lul, left_lung."""
    above: set[str] = set()
    larger = schema.value(value_id).within
    while larger is not None and larger not in above:
        above.add(larger)
        larger = schema.value(larger).within
    return frozenset(above)


def _by_key(totals: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Weight and number of the system's triples, then of gold's; each of shape (..., keys)."""
    return totals[..., 0::4], totals[..., 1::4], totals[..., 2::4], totals[..., 3::4]


def _precision_recall_f1(
    said_weight: Floats, said: Floats, true_weight: Floats, true: Floats
) -> tuple[Floats, Floats, Floats]:
    precision, recall = ratio(said_weight, said), ratio(true_weight, true)
    return precision, recall, harmonic(precision, recall)
