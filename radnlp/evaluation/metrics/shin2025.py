"""Relationship mapping as Shin et al. score it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.positives import positive_keys
from radnlp.evaluation.metrics.ratios import Floats, harmonic, macro, ratio
from radnlp.evaluation.metrics.triples import of_key, triples
from radnlp.records import Array, Extraction, Schema

# Counts of a key.
_ROWS, _EQUAL, _ANSWERED, _PRECISION, _WITH_VALUES, _RECALL, _UNCHARGED = range(7)
_PER_KEY = 7


class Shin2025Metric:
    """Which values do the keys have that gold has? Stage two of Shin et al., as their Tables 2 and 3 score it.

    A row is a report and a key that is positive in gold and may have values. With G the values of the row in gold and
    P those of the system, compound values expanded, per key::

        accuracy   share of the rows with P = G (both may be empty)
        precision  mean of |P & G| / |P| over the rows where the system gave values
        recall     mean of |P & G| / |G| over the rows where gold has values
        f1         harmonic mean of these two

    and each of them averaged over the keys that occur in gold (where it is defined), every key with equal weight.

    Not charged: a key that the system invents costs nothing, with all its values, for no row of gold asks for it
    (column ``uncharged`` counts them; ``relations`` charges them). A key that is missed costs accuracy and recall, not
    precision.

    Rows: key -> rows, accuracy, precision, recall, f1, uncharged. Shape: seven counts for each key with relations.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._keys = tuple(key.id for key in schema.keys if schema.relation_types_of(key.id))

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        asked = positive_keys(self._schema, gold)
        all_true, all_said = triples(self._schema, gold), triples(self._schema, predicted)
        counts = np.zeros((len(self._keys), _PER_KEY))
        for row, key in zip(counts, self._keys, strict=True):
            true, said = of_key(key, all_true), of_key(key, all_said)
            if key not in asked:
                row[_UNCHARGED] = len(said)
                continue
            row[_ROWS] = 1
            row[_EQUAL] = true == said
            if said:
                row[_ANSWERED], row[_PRECISION] = 1, len(true & said) / len(said)
            if true:
                row[_WITH_VALUES], row[_RECALL] = 1, len(true & said) / len(true)
        return [float(number) for number in counts.ravel()]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        return {name: macro(column) for name, column in self._columns(totals).items()}

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        keys = self._table(totals)
        columns = {"rows": keys[:, _ROWS], **self._columns(totals), "uncharged": keys[:, _UNCHARGED]}
        return {
            key: {name: float(column[number]) for name, column in columns.items()}
            for number, key in enumerate(self._keys)
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether every row of the report is right; None where gold asks for no row."""
        asked = positive_keys(self._schema, gold) & set(self._keys)
        if not asked:
            return None
        true, said = triples(self._schema, gold), triples(self._schema, predicted)
        return all(of_key(key, true) == of_key(key, said) for key in asked)

    def _table(self, totals: Array) -> Floats:
        counts: Floats = np.asarray(totals, dtype=np.float64)
        return counts.reshape(*counts.shape[:-1], len(self._keys), _PER_KEY)

    def _columns(self, totals: Array) -> dict[str, Floats]:
        """Score -> its value for each key, shape (..., keys)."""
        keys = self._table(totals)
        precision = ratio(keys[..., _PRECISION], keys[..., _ANSWERED])
        recall = ratio(keys[..., _RECALL], keys[..., _WITH_VALUES])
        return {
            "accuracy": ratio(keys[..., _EQUAL], keys[..., _ROWS]),
            "precision": precision,
            "recall": recall,
            "f1": harmonic(precision, recall),
        }
