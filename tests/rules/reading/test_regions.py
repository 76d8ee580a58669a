"""What two places that are said of one lesion come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.api import EntityKey, EntityValue, Schema
from radnlp.hooks import default_catalogue
from radnlp.rules.reading.regions import NOWHERE, Regions

SCHEMA, _ = default_catalogue().schema("chest_ct")
PLACES = [value.id for value in SCHEMA.values]
REGIONS = Regions(SCHEMA, PLACES)


def places(words):
    return frozenset(words.split())


@pytest.mark.parametrize(
    ("left", "right", "merged"),
    [
        # the narrower of two that overlap
        ("right_lung", "rul", "rul"),
        ("lul", "left_lingula", "left_lingula"),
        ("left_lung", "bll", "lll"),
        ("right_lung left_lung", "bll", "bll"),
        ("right_lung left_lung", "right_lung", "right_lung"),
        ("bul", "left_lung", "lul"),
        ("bul", "rul", "rul"),
        ("left_lung", "rul lul", "lul"),
        ("rul", "rul", "rul"),
        # two that have nothing in common are two places
        ("rul", "lll", "rul lll"),
        ("bul", "bll", "bul bll"),
        ("right_lung", "lul", "right_lung lul"),
        # the pleura lies beside all lobes and is never lost
        ("pleural", "rul", "pleural rul"),
        ("right_lung pleural", "bll", "rll pleural"),
        ("", "rul", "rul"),
        ("", "", ""),
    ],
)
def test_two_places_of_one_lesion(left, right, merged):
    assert REGIONS.merge(places(left), places(right)) == places(merged)
    assert REGIONS.merge(places(right), places(left)) == places(merged)


@pytest.mark.parametrize(
    ("left", "right", "narrowed"),
    [
        ("right_lung", "bll", "rll"),
        ("right_lung left_lung", "bul", "bul"),
        ("rul", "lll", ""),
        ("pleural", "rul", ""),
        ("right_lung", "", ""),
    ],
)
def test_what_lies_in_both(left, right, narrowed):
    assert REGIONS.narrowed(places(left), places(right)) == places(narrowed)


@pytest.mark.parametrize(
    ("side", "other", "mirrored"),
    [
        ("right_lung", "lul", "rul"),  # "the right and the left upper lobe"
        ("left_lung", "rll", "lll"),
        ("right_lung", "rul", "right_lung"),  # the same side
        ("right_lung", "rml", "right_lung"),
        ("left_lung", "rml", "left_lung"),  # no such lobe there
        ("left_lung", "", "left_lung"),
        ("left_lung", "pleural", "left_lung"),
    ],
)
def test_a_side_whose_lobe_is_named_with_the_other_side(side, other, mirrored):
    assert REGIONS.mirrored(places(side), places(other)) == places(mirrored)


@pytest.mark.parametrize(
    ("left", "right", "overlap"),
    [
        ("right_lung", "rll", True),
        ("bll", "lll", True),
        ("lul", "left_lingula", True),
        ("right_lung", "bul", True),
        ("right_lung", "left_lung", False),
        ("pleural", "right_lung", False),
        ("", "right_lung", False),
    ],
)
def test_whether_two_places_have_something_in_common(left, right, overlap):
    assert REGIONS.overlap(places(left), places(right)) is overlap
    assert REGIONS.overlap(places(right), places(left)) is overlap


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("right_lung", "rul rml", True),
        ("bll", "rll", True),
        ("rll lll", "bll", True),  # both lower lobes are the two together
        ("rul rml rll", "right_lung", False),  # a lesion of the right lung need not be in a named lobe
        ("rll", "bll", False),
        ("rul", "", True),
    ],
)
def test_whether_a_place_holds_another(outer, inner, holds):
    assert REGIONS.hold(places(outer), places(inner)) is holds


@pytest.mark.parametrize(
    ("place", "sides"),
    [
        ("rll", "right_lung"),
        ("left_lingula", "left_lung"),
        ("bll", "right_lung left_lung"),
        ("left_lung", "left_lung"),
        ("pleural", ""),
    ],
)
def test_the_lungs_around_a_place(place, sides):
    assert REGIONS.around(place, ["right_lung", "left_lung"]) == places(sides)


def test_values_that_are_not_asked_for_are_not_answered():
    regions = Regions(SCHEMA, ["right_lung", "bll"])
    assert regions.merge(places("right_lung"), places("bll")) == places("right_lung bll"), "there is no word for rll"


def test_a_schema_without_parts_is_a_list_of_places():
    schema = Schema(
        id="sides",
        version="1.0.0",
        title="Sides",
        languages=("en",),
        source="invented",
        keys=(EntityKey(id="mass", type="lesion", label="Mass"),),
        values=tuple(EntityValue(id=name, type="side", label=name) for name in ("right", "left")),
    )
    regions = Regions(schema, ["right", "left"])
    assert regions.merge(places("right"), places("left")) == places("right left")
    assert regions.mirrored(places("right"), places("left")) == places("right")


some_places = st.frozensets(st.sampled_from(PLACES), max_size=4)


@given(some_places, some_places)
def test_merging_keeps_to_both_and_forgets_neither(left, right):
    merged = REGIONS.merge(left, right)
    assert REGIONS.hold(left | right, merged)
    assert merged == REGIONS.merge(right, left)
    for side in (left, right):
        if side:
            assert REGIONS.overlap(merged, side)


@given(some_places)
def test_nothing_said_changes_nothing(values):
    assert REGIONS.merge(values, NOWHERE) == values
    assert not REGIONS.overlap(values, NOWHERE)


def test_one_side_and_the_other():
    assert REGIONS.one_side(places("rul rml pleural")) == places("right_lung")
    assert REGIONS.opposite(places("lll")) == places("right_lung")
    for neither in ("rul lll", "bll", "pleural"):
        assert REGIONS.one_side(places(neither)) == REGIONS.opposite(places(neither)) == NOWHERE
