"""The one score of each metric that stands in short tables, and how sure it is that two systems differ in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from radnlp.errors import UnknownNameError
from radnlp.evaluation.scoring import Compared, Scores
from radnlp.evaluation.statistics import Interval
from radnlp.records import MetricProvider

#: The first of these that a metric has is its headline; a metric with none of them is told by its first score.
PREFERRED = ("micro_f1", "f1", "accuracy", "macro_f1")
#: p below -> sign, the weightiest first.
_LEVELS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))
#: Where a metric calls no report right or wrong, and so has no test.
_APART = "°"


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A system held against the first one of the experiment.

    Attributes:
        difference: This system minus the first, with its 95% interval from paired draws.
        p: Of the exact McNemar test, corrected by Holm over all pairs of systems; None where the metric has no test.
        sign: ``*``, ``**`` or ``***`` for p below 0.05, 0.01, 0.001; ``°`` where there is no test and the interval of
            the difference leaves out 0; else empty.
    """

    difference: Interval
    p: float | None
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One metric in one number a system.

    Attributes:
        score: Name of the score.
        values: System -> score with its interval, in the experiment's order.
        against: System -> how it differs from the first; the first itself is not there.
    """

    metric: MetricProvider
    score: str
    values: Mapping[str, Interval]
    against: Mapping[str, Against]


def headline_score(names: Iterable[str]) -> str:
    """The score by which a metric is told.

    >>> headline_score(["accuracy", "f1", "micro_f1"]), headline_score(["with_negation", "without_negation"])
    ('micro_f1', 'with_negation')
    """
    known = list(names)
    return next((name for name in PREFERRED if name in known), known[0])


def headlines(scores: Scores) -> tuple[Headline, ...]:
    """A headline for each metric, in the experiment's order."""
    rows = {row.metric.name: row for row in reversed(scores.scored) if row.scores}
    names = [name for name in dict.fromkeys(row.metric.name for row in scores.scored) if name in rows]
    return tuple(told(scores, name, headline_score(rows[name].scores)) for name in names)


def told(scores: Scores, metric: str, score: str) -> Headline:
    """One score of a metric.

    Raises:
        UnknownNameError: There is no such metric or score; with those there are.
    """
    rows = [row for row in scores.scored if row.metric.name == metric and row.scores]
    if not rows:
        raise UnknownNameError("metric", metric, {row.metric.name for row in scores.scored})
    if score not in rows[0].scores:
        raise UnknownNameError(f"score of the metric {metric!r}:", score, rows[0].scores)
    return Headline(
        metric=rows[0].metric,
        score=score,
        values={row.system: row.scores[score] for row in rows},
        against={
            row.second: _against(row, score)
            for row in scores.compared
            if row.metric.name == metric and row.first == rows[0].system
        },
    )


def _against(row: Compared, score: str) -> Against:
    difference = row.differences[score]
    if row.test is None:
        apart = not math.isnan(difference.low) and not difference.low <= 0 <= difference.high
        return Against(difference=difference, p=None, sign=_APART if apart else "")
    sign = next((sign for level, sign in _LEVELS if row.test.p_holm < level), "")
    return Against(difference=difference, p=row.test.p_holm, sign=sign)
