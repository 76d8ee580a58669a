"""The measure that is shipped: a signal never speaks for an answer, and the reasons are those that weigh."""

import tomllib
from pathlib import Path

import pytest

from radnlp.rules.cascade import SIGNALS, Measure, measure

SHIPPED = Measure.shipped()
NOTHING = dict.fromkeys(SIGNALS, 0.0)


def test_the_file_says_what_it_was_fitted_on():
    data = tomllib.loads(Path(measure.__file__).with_name("measure.toml").read_text("utf-8"))
    assert data["version"] and data["date"]
    assert "odd-numbered" in data["material"]


def test_every_weight_is_of_a_signal_that_there_is_and_not_positive():
    assert set(SHIPPED.weights) <= set(SIGNALS)
    assert all(weight < 0 for weight in SHIPPED.weights.values())


def test_what_nothing_speaks_against_is_probable():
    told = SHIPPED.judge(NOTHING, schema="chest_ct")
    assert told.probability > 0.95
    assert told.reasons == ()


@pytest.mark.parametrize("signal", SHIPPED.weights)
def test_every_signal_lowers_the_probability_and_is_the_reason(signal):
    told = SHIPPED.judge({**NOTHING, signal: 1.0}, schema="chest_ct")
    assert told.probability < SHIPPED.judge(NOTHING, schema="chest_ct").probability
    assert told.reasons == (SIGNALS[signal],)


def test_the_weightiest_reason_comes_first_and_three_are_enough():
    told = SHIPPED.judge(dict.fromkeys(SIGNALS, 1.0), schema="chest_ct")
    heaviest = min(SHIPPED.weights, key=SHIPPED.weights.__getitem__)
    assert told.reasons[0] == SIGNALS[heaviest]
    assert len(told.reasons) == 3


def test_a_schema_with_noisier_material_is_trusted_less():
    ct, xray = (SHIPPED.judge(NOTHING, schema=name).probability for name in ("chest_ct", "chest_xray"))
    assert xray < ct
