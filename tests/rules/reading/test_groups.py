"""A group of places: a list of several, or one place said in several words."""

import pytest

from radnlp.rules.reading.groups import GroupReader, Where, united
from radnlp.rules.reading.items import Place
from radnlp.rules.reading.regions import Regions

NOWHERE_YET = Where()


@pytest.fixture
def group(chest, places_of, items_of):
    """Values, and the words they rest on, of all places of a marked sentence together."""
    reader = GroupReader(Regions(chest, places_of))

    def read(line, last=NOWHERE_YET):
        text, items = items_of(f"{line} [nodule](nodules).")
        where = reader.where(text, items, [item for item in items.found if isinstance(item, Place)], last)
        return (
            ",".join(value for value in places_of if value in where.values),
            [text[mention.start : mention.end] for mention in where.mentions],
            where.way,
        )

    return read


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("[RUL](rul)", "rul"),
        # a list
        ("[RUL](rul), [RML](rml) and [LLL](lll)", "rml,lll,rul"),
        ("[RUL](rul)/[LLL](lll)", "rul,lll"),
        ("[right lung](right_lung) and [RUL](rul)", "right_lung,rul"),
        ("[우상엽](rul)과 [좌하엽](lll)", "rul,lll"),
        # one place in several words
        ("[left](left_lung), [lower lobes](bll)", "lll"),
        ("[left lung](left_lung) [lower lobes](bll)", "lll"),
        ("[lower lobes](bll) on the [left](left_lung)", "lll"),
        ("[both lungs](right_lung;left_lung), [upper lobes](bul)", "bul"),
        ("[left upper lobe](lul), [lingula](left_lingula)", "left_lingula"),
        ("[RUL](rul) [pleura](pleural)", "rul,pleural"),
        ("[RUL](rul) and [left lung](left_lung), [lower lobes](bll)", "rul,lll"),
        # two of a comma that have nothing in common are two
        ("[RUL](rul), [LLL](lll)", "rul,lll"),
        # what is only stressed adds nothing to a place that holds it
        ("[both lungs](right_lung;left_lung), especially the [left](left_lung)", "right_lung,left_lung"),
        ("[both lungs](right_lung;left_lung), more on the [RUL](rul)", "right_lung,left_lung"),
        ("[RUL](rul) and [RML](rml), especially the [RUL](rul)", "rul,rml"),
        ("[RUL](rul), especially the [LLL](lll)", "rul,lll"),
        # "more on the right than on the left": both have it
        ("[right](right_lung) > [left](left_lung)", "right_lung,left_lung"),
        ("[right](right_lung) > [left](left_lung), [lower lobes](bll)", "bll"),
        # the noun stands with the last of two sides
        ("[right](right_lung) and the [left upper lobe](lul)", "rul,lul"),
        ("[right lung](right_lung) and the [left upper lobe](lul)", "right_lung,lul"),
        # places that are none of the schema's
        ("[RUL](rul) and mediastinum", "rul"),
        ("mediastinum", ""),
    ],
)
def test_what_the_places_come_to(group, places_of, line, values):
    found, _, _ = group(line)
    assert set(filter(None, found.split(","))) == set(filter(None, values.split(",")))


def test_a_place_rests_on_all_its_words(group):
    assert group("[left](left_lung), [lower lobes](bll)")[1] == ["left", "lower lobes"]
    assert group("[both lungs](right_lung;left_lung)")[1] == ["both lungs", "both lungs"]


def test_of_words_for_the_same_value_the_first_are_enough(group):
    assert group("[RUL](rul), [upper right](rul) and [RML](rml)")[1] == ["RUL", "RML"]


def test_the_same_lobe_is_the_place_named_before(group, view_of, chest):
    (mention,) = (m for m in view_of("[Mass](mass) in [RUL](rul).", chest).mentions if m.entity == "rul")
    last = Where(frozenset(["rul"]), (mention,))
    assert group("same lobe", last)[::2] == ("rul", "the place named before")
    assert group("same lobe and [LLL](lll)", last)[::2] == ("rul,lll", "")


def test_the_same_lobe_with_none_named_before_is_nowhere(group):
    assert group("same lobe") == ("", [], "the place named before")


def test_what_two_places_rest_on_together(view_of, chest):
    rul, lll, again = view_of("[RUL](rul) [LLL](lll) [RUL](rul)", chest).mentions
    assert united(Where(mentions=(rul,)), Where(mentions=(again, lll))) == (rul, lll)


@pytest.mark.parametrize(
    "unit", ["[RUL](rul) ", "[RUL](rul) and ", "[RUL](rul) > ", "[RUL](rul), especially [LLL](lll) and "]
)
def test_an_endless_group_takes_linear_time(growth, items_of, chest, places_of, unit):
    reader = GroupReader(Regions(chest, places_of))
    prepared = {}

    def read(count):
        if count not in prepared:
            prepared[count] = items_of(unit * count + "[nodule](nodules)")
        text, items = prepared[count]
        reader.where(text, items, items.found[:-1], Where())

    for count in (300, 1200):
        read(count)
    assert growth(read, 300) < 10
