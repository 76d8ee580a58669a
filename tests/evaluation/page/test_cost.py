"""Cost against quality: every system that was run here is a point, named, and its numbers stand beside the figure."""

import re
from dataclasses import replace

import pytest

from radnlp.evaluation.page.cost import cost_figure
from radnlp.evaluation.systems import Cost


@pytest.fixture
def timed(result):
    """The same experiment as if its systems had been run: the second takes a hundred times as long."""

    def run(*seconds):
        costs = [
            None if total is None else Cost(reports=4, load_seconds=1.0, seconds=total, peak_mib=100.0)
            for total in seconds
        ]
        outcomes = (replace(row, cost=cost) for row, cost in zip(result.outcomes, costs, strict=True))
        return cost_figure(replace(result, outcomes=tuple(outcomes)))

    return run


def points(html):
    return [float(x) for x in re.findall(r'<circle class="s\d" cx="([\d.]+)"', html)]


def test_the_slower_system_stands_further_to_the_right(timed):
    html = timed(0.04, 4.0)
    assert "10 ms" in html
    assert "1 s" in html
    places = dict(zip(re.findall(r'text class="name"[^>]*>([^<]*)<', html), points(html), strict=True))
    assert places["cooccurrence"] + 100 < places["rules"]


def test_names_of_systems_that_lie_together_do_not_lie_on_each_other(timed):
    heights = [float(y) for y in re.findall(r'text class="name" x="[\d.]+" y="([\d.]+)"', timed(0.4, 0.4))]
    assert abs(heights[0] - heights[1]) >= 13


def test_predictions_that_were_read_have_no_cost(timed):
    assert timed(None, None) == ""
    assert len(points(timed(None, 1.0))) == 1


def test_a_perfect_score_has_a_scale_below_it(experiment):
    perfect = experiment({"r1": ("A mass.", [("mass", "present", [], "mass")])}, metrics=("keys",))
    cost = Cost(reports=1, load_seconds=1.0, seconds=1.0, peak_mib=0.0)
    html = cost_figure(replace(perfect, outcomes=tuple(replace(row, cost=cost) for row in perfect.outcomes)))
    assert ">1.00<" in html
    assert ">0.92<" in html
