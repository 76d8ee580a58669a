"""How sure the numbers are: bootstrap intervals, and exact tests between systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from radnlp.errors import ConfigError
from radnlp.records import Array

Floats: TypeAlias = npt.NDArray[np.float64]
#: Summed counts of shape (..., k) -> name -> scores of shape (...).
ScoreFunction: TypeAlias = Callable[[Array], Mapping[str, Array]]

#: Weights held in memory at once: 32 MB.
_CELLS = 4_000_000
_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number with its 95% interval; the bounds are NaN where no draw gave a number."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class McNemar:
    """Exact McNemar test of two systems on the same reports.

    Attributes:
        only_first: Reports that only the first system has right.
        only_second: Reports that only the second system has right.
        p: Two-sided.
        p_holm: The same, corrected for all tests of the comparison by Holm; equal to ``p`` for a single one.
    """

    only_first: int
    only_second: int
    p: float
    p_holm: float


def bootstrap(counts: Array, scores: ScoreFunction, *, draws: int = 1000, seed: int) -> dict[str, Interval]:
    """Percentile bootstrap over reports: the scores of all reports, with 95% intervals.

    A draw takes as many reports as there are, with replacement; because counts add up, it is a row of weights times
    the counts. Draws on which a score is undefined (NaN) do not count for it. The same number of reports and the same
    seed give the same draws, whatever the metric; they are drawn once and kept for the next call.

    Args:
        counts: Shape (n, k): the k counts of each of n reports.
        scores: From summed counts to scores, for any leading shape.
        draws: How often.
        seed: Of the random numbers.

    Raises:
        ConfigError: ``draws`` is not positive, or ``counts`` is no table.

    >>> import numpy as np
    >>> right = np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    >>> bootstrap(right, lambda totals: {"accuracy": totals[..., 0] / totals[..., 1]}, seed=0)["accuracy"]
    Interval(value=0.75, low=0.25, high=1.0)
    """
    table = _table(counts)
    drawn = _collect(scores(totals) for totals in _totals(table, draws=draws, seed=seed))
    return {
        name: _interval(float(value), drawn.get(name, np.empty(0))) for name, value in scores(table.sum(axis=0)).items()
    }


def paired_difference(
    first: Array, second: Array, scores: ScoreFunction, *, draws: int = 1000, seed: int
) -> dict[str, Interval]:
    """Second minus first, with 95% intervals; each draw takes the same reports for both systems.

    Args:
        first: Shape (n, k): the counts of the first system.
        second: Of the second system, on the same reports in the same order.
        scores: As in :func:`bootstrap`.
        draws: How often.
        seed: Of the random numbers.

    Raises:
        ConfigError: The two tables are not of one shape, or as in :func:`bootstrap`.
    """
    one, other = _table(first), _table(second)
    if one.shape != other.shape:
        raise ConfigError(
            f"counts of shape {one.shape} and {other.shape} cannot be compared; both systems need the same reports"
        )

    def difference(totals: Floats) -> dict[str, Floats]:
        before, after = scores(totals[..., : one.shape[1]]), scores(totals[..., one.shape[1] :])
        return {name: np.asarray(after[name] - before[name], dtype=np.float64) for name in before}

    return bootstrap(np.hstack([one, other]), difference, draws=draws, seed=seed)


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar | None:
    """Exact McNemar test: do two systems have the same chance to get a report right?

    Of the b + c reports that only one of them has right, b follows a binomial distribution with p = 1/2.

    Args:
        first: For each report, whether the first system has it right.
        second: Likewise, the same reports in the same order.

    Returns:
        The test, not yet corrected; None when there is no report.

    Raises:
        ValueError: The two are not of one length.
        ConfigError: scipy is not installed.

    >>> mcnemar([True] * 6 + [False], [False] * 6 + [True])
    McNemar(only_first=6, only_second=1, p=0.125, p_holm=0.125)
    """
    pairs = list(zip(first, second, strict=True))
    if not pairs:
        return None
    only_first = sum(1 for one, other in pairs if one and not other)
    only_second = sum(1 for one, other in pairs if other and not one)
    discordant = only_first + only_second
    p = float(_extra("scipy.stats").binomtest(only_first, discordant).pvalue) if discordant else 1.0
    return McNemar(only_first=only_first, only_second=only_second, p=p, p_holm=p)


def holm(tests: Sequence[McNemar]) -> tuple[McNemar, ...]:
    """The tests, in order, with ``p_holm`` corrected for their number (Holm's step-down method).

    Raises:
        ConfigError: statsmodels is not installed.
    """
    if not tests:
        return ()
    corrected = _extra("statsmodels.stats.multitest").multipletests([test.p for test in tests], method="holm")[1]
    return tuple(replace(test, p_holm=float(p)) for test, p in zip(tests, corrected, strict=True))


def _extra(module: str) -> ModuleType:
    """A module of the extra packages, which only ``radnlp bench`` needs."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigError(
            f"{module.partition('.')[0]} is not installed; the statistics of a comparison need it: "
            "pip install radnlp-core[bench]"
        ) from error


def _table(counts: Array) -> Floats:
    table: Floats = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise ConfigError(f"counts of shape {table.shape}; they must be a table of reports and counts")
    return table


def _totals(table: Floats, *, draws: int, seed: int) -> Iterator[Floats]:
    """The counts summed over each draw, in blocks of shape (draws of the block, k); none for no report."""
    if draws < 1:
        raise ConfigError(f"draws = {draws}; the bootstrap needs at least one")
    if len(table):
        for weights in _weights(len(table), draws, seed):
            yield weights.astype(np.float64) @ table


@lru_cache(maxsize=4)  # every metric, system and pair of a split asks for the same ones
def _weights(reports: int, draws: int, seed: int) -> tuple[npt.NDArray[np.unsignedinteger[Any]], ...]:
    """How often each draw takes each report, in blocks of shape (draws of the block, reports).

    Kept in the smallest whole numbers that hold them, one byte as a rule: 20 MB for 1,000 draws of 20,000 reports.
    """
    random = np.random.default_rng(seed)
    block = max(1, _CELLS // reports)
    chances = np.full(reports, 1 / reports)
    drawn = (random.multinomial(reports, chances, size=min(block, draws - at)) for at in range(0, draws, block))
    return tuple(weights.astype(np.min_scalar_type(weights.max())) for weights in drawn)


def _collect(blocks: Iterator[Mapping[str, Array]]) -> dict[str, Floats]:
    drawn: dict[str, list[Floats]] = {}
    for block in blocks:
        for name, values in block.items():
            drawn.setdefault(name, []).append(np.atleast_1d(np.asarray(values, dtype=np.float64)))
    return {name: np.concatenate(values) for name, values in drawn.items()}


def _interval(value: float, drawn: Floats) -> Interval:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return Interval(value=value, low=float("nan"), high=float("nan"))
    low, high = np.percentile(defined, _PERCENTILES)
    return Interval(value=value, low=float(low), high=float(high))
