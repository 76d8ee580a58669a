"""Attributes are combined at random, the same for the same seed."""

from collections import Counter
from dataclasses import replace

import pytest
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.recipe_file import read_recipe

from radnlp.api import ConfigError

RECIPE = read_recipe("ja_ct")


@pytest.fixture(scope="module")
def many():
    return list(draw(RECIPE, count=2000, seed=7))


def test_a_seed_draws_the_same_and_another_one_others():
    first, again, other = (list(draw(RECIPE, count=20, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert all(a.attributes != b.attributes for a, b in zip(first, other, strict=True))


def test_a_longer_run_begins_with_the_shorter_one(many):
    assert many[:50] == list(draw(RECIPE, count=50, seed=7))


def test_no_two_cases_are_alike(many):
    assert len({case.id for case in many}) == len(many)
    assert len({(*case.attributes.items(), case.sentences) for case in many}) == len(many)


def test_every_value_turns_up_about_as_often_as_its_weight_says(many):
    ages = Counter(case.attributes["age"] for case in many)
    assert ages["child"] == pytest.approx(200, abs=50)
    assert ages["adult"] == pytest.approx(1000, abs=90)
    sites = Counter(case.attributes["site"] for case in many)
    assert len(sites) == 19
    assert min(sites.values()) > 50


def test_where_nothing_is_abnormal_there_is_no_disease(many):
    normal = [case.attributes for case in many if case.attributes["certainty"] == "normal"]
    assert len(normal) == pytest.approx(2000 / 9, abs=60)
    assert not any("category" in case or "rarity" in case for case in normal)
    assert {case["besides"] for case in normal} == {"unsaid", "nothing"}
    assert all("category" in case.attributes for case in many if case.attributes["certainty"] != "normal")


def test_the_number_of_sentences_is_in_its_range(many):
    ranges = {length.id: (length.least, length.most) for length in RECIPE.lengths}
    for case in many:
        least, most = ranges[case.attributes["length"]]
        assert least <= case.sentences <= most
    assert {case.sentences for case in many} == set(range(4, 19))


def test_more_cases_than_a_recipe_has():
    few = replace(RECIPE, attributes=RECIPE.attributes[2:3], lengths=RECIPE.lengths[:1])
    assert len(list(draw(few, count=8, seed=1))) == 8  # male, female x 4 to 7 sentences
    with pytest.raises(ConfigError, match="after 8 cases no new one turned up"):
        list(draw(few, count=9, seed=1))
