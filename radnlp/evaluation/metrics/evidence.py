"""Whether the findings point to the right words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from radnlp.evaluation.metrics.ratios import Floats, f1, ratio
from radnlp.records import Array, Extraction, Finding, Schema

# Counts of a key.
_FINDINGS, _HIT, _SHARED, _PREDICTED, _GOLD = range(5)
_PER_KEY = 5


class EvidenceMetric:
    """Do the findings point to the words that gold points to?

    A case is a finding of gold that has evidence; it is compared with the system's finding of the same key, whatever
    its status. With G and P the characters that the evidence of the two covers, summed over all cases::

        hit        share of the cases in which some evidence of the system overlaps gold's
        precision  |P & G| / |P|
        recall     |P & G| / |G|
        f1         2 |P & G| / (|P| + |G|)

    Not charged: evidence of findings that gold does not have, or has without evidence. A long span weighs more than a
    short one.

    Units: characters are code points; a character covered twice counts once. Rows: key -> findings, hit, precision,
    recall, f1. Shape: five counts a key.
    """

    def __init__(self, schema: Schema) -> None:
        self._keys = tuple(key.id for key in schema.keys)

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        counts = np.zeros((len(self._keys), _PER_KEY))
        said = {finding.key: _characters(finding) for finding in predicted.findings}
        for finding in gold.findings:
            if not finding.evidence or finding.key not in self._keys:
                continue
            true, found = _characters(finding), said.get(finding.key, frozenset())
            shared = len(true & found)
            counts[self._keys.index(finding.key)] += (1, shared > 0, shared, len(found), len(true))
        return [float(number) for number in counts.ravel()]

    def scores(self, totals: Array) -> Mapping[str, Array]:
        return _scores(self._table(totals).sum(axis=-2))

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        table = self._table(totals)
        columns = {"findings": table[:, _FINDINGS], **_scores(table)}
        return {
            key: {name: float(column[number]) for name, column in columns.items()}
            for number, key in enumerate(self._keys)
            if table[number, _FINDINGS]
        }

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """None: evidence is right by degrees."""
        return None

    def _table(self, totals: Array) -> Floats:
        counts: Floats = np.asarray(totals, dtype=np.float64)
        return counts.reshape(*counts.shape[:-1], len(self._keys), _PER_KEY)


def _characters(finding: Finding) -> frozenset[int]:
    return frozenset(place for span in finding.evidence for place in range(span.start, span.end))


def _scores(counts: Floats) -> dict[str, Floats]:
    shared, predicted, gold = counts[..., _SHARED], counts[..., _PREDICTED], counts[..., _GOLD]
    return {
        "hit": ratio(counts[..., _HIT], counts[..., _FINDINGS]),
        "precision": ratio(shared, predicted),
        "recall": ratio(shared, gold),
        "f1": f1(shared, predicted, gold),
    }
