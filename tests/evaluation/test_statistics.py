"""Intervals and tests against scipy and statsmodels."""

import math
import sys
from itertools import product

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.multitest import multipletests

from radnlp.errors import ConfigError
from radnlp.evaluation import statistics
from radnlp.evaluation.statistics import Interval, McNemar, bootstrap, holm, mcnemar, paired_difference


def f1(totals):
    """Counts: right, predicted, gold."""
    return {"f1": 2 * totals[..., 0] / (totals[..., 1] + totals[..., 2])}


@pytest.fixture
def counts():
    """Of 200 reports, by two systems, the second a little better."""
    random = np.random.default_rng(7)
    gold = random.integers(1, 5, size=200)
    found = [random.binomial(gold, chance) for chance in (0.6, 0.75)]
    return [np.column_stack([right, right + random.poisson(0.5, size=200), gold]).astype(float) for right in found]


def scipy_interval(data, statistic):
    result = stats.bootstrap(
        data,
        lambda *columns, axis: statistic(np.stack([column.sum(axis=axis) for column in columns], axis=-1)),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        method="percentile",
        random_state=np.random.default_rng(1),
    )
    return result.confidence_interval


def test_bootstrap_is_scipys_to_monte_carlo_error(counts):
    expected = scipy_interval(tuple(counts[0].T), lambda totals: f1(totals)["f1"])
    actual = bootstrap(counts[0], f1, draws=20_000, seed=0)["f1"]
    assert actual.value == float(f1(counts[0].sum(axis=0))["f1"])
    # The interval is about 0.06 wide; the end of one of 20,000 draws has an error of about 0.0003.
    assert (actual.low, actual.high) == pytest.approx((expected.low, expected.high), abs=0.0015)


def test_paired_difference_is_scipys_to_monte_carlo_error(counts):
    both = np.hstack(counts)
    expected = scipy_interval(tuple(both.T), lambda totals: f1(totals[..., 3:])["f1"] - f1(totals[..., :3])["f1"])
    actual = paired_difference(*counts, f1, draws=20_000, seed=0)["f1"]
    assert actual.value > 0, "second minus first"
    assert (actual.low, actual.high) == pytest.approx((expected.low, expected.high), abs=0.0015)


def test_the_same_seed_gives_the_same_interval_however_large_the_blocks(counts, monkeypatch):
    once = bootstrap(counts[0], f1, draws=100, seed=3)
    monkeypatch.setattr(statistics, "_CELLS", 1500)  # seven draws at a time
    assert bootstrap(counts[0], f1, draws=100, seed=3) == once
    assert bootstrap(counts[0], f1, draws=100, seed=4) != once


def test_the_same_reports_are_drawn_for_both_systems(counts):
    assert paired_difference(counts[0], counts[0], f1, seed=0) == {"f1": Interval(value=0.0, low=0.0, high=0.0)}


def test_a_perfect_system_has_an_interval_of_one_point():
    perfect = np.tile([2.0, 2.0, 2.0], (20, 1))
    assert bootstrap(perfect, f1, seed=0)["f1"] == Interval(value=1.0, low=1.0, high=1.0)


def specificity(totals):
    with np.errstate(invalid="ignore"):
        return {"specificity": totals[..., 0] / totals[..., 1]}


def test_draws_without_a_score_do_not_count():
    # One report of five has no key in gold; a third of the draws does not hold it.
    one_of_five = np.array([[1.0, 1.0], *[[0.0, 0.0]] * 4])
    assert bootstrap(one_of_five, specificity, seed=0)["specificity"] == Interval(value=1.0, low=1.0, high=1.0)


@pytest.mark.parametrize("table", [np.zeros((5, 2)), np.zeros((0, 2))])
def test_a_score_that_is_never_defined_has_no_interval(table):
    interval = bootstrap(table, specificity, seed=0)["specificity"]
    assert all(math.isnan(number) for number in (interval.value, interval.low, interval.high))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bootstrap(np.zeros((3, 2)), specificity, draws=0, seed=0), "draws = 0"),
        (lambda: bootstrap(np.zeros(3), specificity, seed=0), r"shape \(3,\)"),
        (lambda: paired_difference(np.zeros((3, 2)), np.zeros((4, 2)), specificity, seed=0), "the same reports"),
    ],
)
def test_wrong_use(call, words):
    with pytest.raises(ConfigError, match=words):
        call()


@pytest.mark.parametrize(("only_first", "only_second"), [*product(range(0, 13, 3), repeat=2), (40, 17)])
def test_mcnemar_is_statsmodels_exact_mcnemar(only_first, only_second):
    pairs = [(True, False)] * only_first + [(False, True)] * only_second + [(True, True)] * 5 + [(False, False)] * 2
    first, second = zip(*pairs, strict=True)
    table = [[5, only_first], [only_second, 2]]
    expected = statsmodels_mcnemar(table, exact=True).pvalue if only_first + only_second else 1.0
    test = mcnemar(first, second)
    assert (test.only_first, test.only_second) == (only_first, only_second)
    assert test.p == test.p_holm == pytest.approx(expected)


def test_mcnemar_on_paper():
    # Six discordant reports, all won by the second: 2 * (1/2)^6.
    test = mcnemar([False] * 6 + [True], [True] * 7)
    assert (test.only_first, test.only_second, test.p) == (0, 6, pytest.approx(1 / 32))


def test_mcnemar_without_reports_is_no_test():
    assert mcnemar([], []) is None


def uncorrected(*values):
    return [McNemar(only_first=0, only_second=0, p=p, p_holm=p) for p in values]


def test_holm_on_paper():
    # Sorted 0.01 0.02 0.04 times 3, 2, 1 = 0.03 0.04 0.04.
    assert [test.p_holm for test in holm(uncorrected(0.04, 0.01, 0.02))] == pytest.approx([0.04, 0.03, 0.04])


@pytest.mark.parametrize("values", [[0.3], [0.5, 0.5, 0.001], [0.04, 0.03, 0.02, 0.01], [1.0, 0.0, 0.2, 0.011, 0.9]])
def test_holm_is_statsmodels_holm(values):
    corrected = holm(uncorrected(*values))
    assert [test.p for test in corrected] == values
    assert [test.p_holm for test in corrected] == pytest.approx(multipletests(values, method="holm")[1])


def test_holm_of_no_test():
    assert holm([]) == ()


def test_a_missing_extra_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.stats", None)  # as if it were not installed
    with pytest.raises(ConfigError, match=r"scipy is not installed.*pip install radnlp-core\[bench\]"):
        mcnemar([True], [False])


def test_the_draws_are_those_of_a_fresh_generator_and_are_kept(counts):
    """Kept weights change nothing: an interval from weights drawn here by hand is the same to the last bit."""
    random = np.random.default_rng(5)
    weights = random.multinomial(200, np.full(200, 1 / 200), size=300)
    drawn = f1(weights.astype(float) @ counts[0])["f1"]
    low, high = np.percentile(drawn, (2.5, 97.5))
    for _ in range(2):
        found = bootstrap(counts[0], f1, draws=300, seed=5)["f1"]
        assert (found.low, found.high) == (low, high)
    assert statistics._weights.cache_info().hits > 0
