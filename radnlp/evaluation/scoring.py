"""Scores of every system by every metric, with intervals, differences and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from radnlp.evaluation.statistics import Interval, McNemar, bootstrap, holm, mcnemar, paired_difference
from radnlp.records import Array, Extraction, Metric, MetricProvider, Schema

Pairs = Sequence[tuple[Extraction, Extraction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One system by one metric.

    Attributes:
        scores: Name -> value with its 95% interval.
        rows: Details: row -> column -> value.
        correct: For each report whether it is right as a whole; None where it does not count.
    """

    metric: MetricProvider
    system: str
    scores: Mapping[str, Interval]
    rows: Mapping[str, Mapping[str, float]]
    correct: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two systems by one metric: second minus first.

    Attributes:
        differences: Score -> difference with its 95% interval, from the same draws of reports for both.
        test: Exact McNemar on reports right as a whole, Holm-corrected over all pairs of systems; None where the
            metric calls no report right or wrong.
    """

    metric: MetricProvider
    first: str
    second: str
    differences: Mapping[str, Interval]
    test: McNemar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that is to be said of one split."""

    reports: int
    scored: tuple[Scored, ...]
    compared: tuple[Compared, ...]


def score(
    systems: Mapping[str, Pairs], metrics: Sequence[MetricProvider], schema: Schema, *, draws: int, seed: int
) -> Scores:
    """Score systems on the same gold.

    Args:
        systems: Name -> (gold, predicted) of each report, the same reports in the same order for every system.
        metrics: In the order of the tables.
        schema: The schema of the gold.
        draws: Bootstrap draws.
        seed: The same seed gives the same draws for every system and metric.
    """
    scored: list[Scored] = []
    compared: list[Compared] = []
    for provider in metrics:
        metric = provider.factory(schema)
        counts = {name: _counts(metric, pairs) for name, pairs in systems.items()}
        correct = {name: tuple(metric.correct(*pair) for pair in pairs) for name, pairs in systems.items()}
        for name in systems:
            scored.append(
                Scored(
                    metric=provider,
                    system=name,
                    scores=bootstrap(counts[name], metric.scores, draws=draws, seed=seed),
                    rows=metric.rows(counts[name].sum(axis=0)),
                    correct=correct[name],
                )
            )
        compared += _compared(provider, metric, counts, correct, draws=draws, seed=seed)
    return Scores(reports=max(map(len, systems.values()), default=0), scored=tuple(scored), compared=tuple(compared))


def _counts(metric: Metric, pairs: Pairs) -> Array:
    return np.array([metric.count(gold, predicted) for gold, predicted in pairs], dtype=np.float64)


def _compared(
    provider: MetricProvider,
    metric: Metric,
    counts: Mapping[str, Array],
    correct: Mapping[str, Sequence[bool | None]],
    *,
    draws: int,
    seed: int,
) -> list[Compared]:
    pairs = list(combinations(counts, 2))
    tests = [mcnemar(*_both_count(correct[first], correct[second])) for first, second in pairs]
    corrected = iter(holm([test for test in tests if test is not None]))
    return [
        Compared(
            metric=provider,
            first=first,
            second=second,
            differences=paired_difference(counts[first], counts[second], metric.scores, draws=draws, seed=seed),
            test=next(corrected) if test is not None else None,
        )
        for (first, second), test in zip(pairs, tests, strict=True)
    ]


def _both_count(first: Sequence[bool | None], second: Sequence[bool | None]) -> tuple[list[bool], list[bool]]:
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return [a for a, _ in both], [b for _, b in both]
