"""What words mean: by id, by label, by other words, by the terms of the lexicon."""

import pytest
from radnlp_llama.answers import Names

PLACES = ("right_lung", "left_lung", "rul", "rml", "rll", "lul", "left_lingula", "lll", "bul", "bll", "pleural")


@pytest.fixture(scope="module")
def names(chest_ct):
    return Names(chest_ct.schema, chest_ct.lexicon)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("rul", ["rul"]),
        ("RUL", ["rul"]),
        ("Rt lung", ["right_lung"]),
        ("Rt. lung", ["right_lung"]),
        ("right-lung", ["right_lung"]),
        ("Left Lingula", ["left_lingula"]),
        ("lingula", ["left_lingula"]),
        ("both lower lobes", ["bll"]),
        ("both lungs", ["right_lung", "left_lung"]),
        ("pleura", ["pleural"]),
        ("우상엽", ["rul"]),
        ("nodules", []),
        ("the right upper lobe and others", []),
        ("", []),
    ],
)
def test_places(names, name, meant):
    assert list(names.options(name, PLACES)) == meant


def test_a_name_that_means_more_than_may_be_answered_means_nothing(names):
    assert names.options("both lungs", ("right_lung", "rul")) == ()


@pytest.mark.parametrize("name", ["none", "N/A", "null", " - ", "", "not specified", "なし"])
def test_words_for_nothing(names, name):
    assert names.says_nothing(name)


def test_a_place_is_not_nothing(names):
    assert not names.says_nothing("rul")
