"""What a metric is: a function of counts that add up over reports.

Because the counts are additive, the bootstrap only has to weigh and sum them, and never reads a report twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from radnlp.records.extraction import Extraction
from radnlp.records.schema import Schema

#: A numpy array of float64; numpy itself is no business of this room.
Array: TypeAlias = Any


class Metric(Protocol):
    """Compares what a system says of a report with what is true."""

    def count(self, gold: Extraction, predicted: Extraction) -> Sequence[float]:
        """The counts of one report: always the same number of them, in the same order, to be added over reports."""

    def scores(self, totals: Array) -> Mapping[str, Array]:
        """The scores of summed counts.

        Args:
            totals: Shape (..., k), the k counts of :meth:`count` summed over reports in the last axis.

        Returns:
            Name -> array of shape (...), in the order in which they are shown; in [0, 1] unless the metric's formula
            says otherwise; NaN where nothing was counted.
        """

    def rows(self, totals: Array) -> Mapping[str, Mapping[str, float]]:
        """The details: row (usually a key) -> column -> value, from counts of shape (k,); may be empty."""

    def correct(self, gold: Extraction, predicted: Extraction) -> bool | None:
        """Whether the report as a whole is right, for McNemar's test; None when it does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricProvider:
    """A named metric.

    Attributes:
        name: What experiments write under ``metrics``.
        summary: One line: what it asks.
        formula: How it is computed, in words and signs, with what it does not charge.
        source: Where the definition comes from.
        factory: Builds it for a schema.
    """

    name: str
    summary: str
    formula: str
    source: str
    factory: Callable[[Schema], Metric]
