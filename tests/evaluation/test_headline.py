"""One number a metric, and the sign behind it."""

import math

from radnlp.evaluation.headline import headline_score, headlines
from radnlp.evaluation.scoring import Compared, Scored, Scores
from radnlp.evaluation.statistics import Interval, McNemar
from radnlp.records import MetricProvider

METRIC = MetricProvider(name="m", summary="", formula="", source="", factory=lambda schema: None)


def interval(value, low=None, high=None):
    return Interval(value=value, low=value if low is None else low, high=value if high is None else high)


def scores(*, p, difference):
    rows = [
        Scored(metric=METRIC, system=name, scores={"accuracy": interval(0.5), "f1": interval(0.7)}, rows={}, correct=())
        for name in ("first", "second")
    ]
    test = None if p is None else McNemar(only_first=1, only_second=9, p=p / 2, p_holm=p)
    differences = {"accuracy": interval(0.5), "f1": difference}
    compared = Compared(metric=METRIC, first="first", second="second", differences=differences, test=test)
    return Scores(reports=9, scored=tuple(rows), compared=(compared,))


def sign(**given):
    (row,) = headlines(scores(**given))
    return row.against["second"].sign


def test_the_micro_f1_is_told_first_and_accuracy_where_there_is_no_f1():
    assert headline_score(["accuracy", "micro_f1", "f1"]) == "micro_f1"
    assert headline_score(["accuracy", "macro_f1", "absent_f1"]) == "accuracy"
    assert headline_score(["hit", "miss"]) == "hit"


def test_stars_are_of_the_corrected_p_against_the_first_system():
    near = interval(0.1, -0.1, 0.3)
    assert [sign(p=p, difference=near) for p in (0.2, 0.04, 0.009, 0.0001)] == ["", "*", "**", "***"]


def test_without_a_test_the_interval_of_the_difference_decides():
    assert sign(p=None, difference=interval(0.1, 0.05, 0.2)) == "°"
    assert sign(p=None, difference=interval(0.1, -0.05, 0.2)) == ""
    assert sign(p=None, difference=interval(math.nan)) == ""


def test_the_first_system_is_held_against_nobody():
    (row,) = headlines(scores(p=0.5, difference=interval(0.0)))
    assert row.score == "f1"
    assert list(row.values) == ["first", "second"]
    assert list(row.against) == ["second"]
