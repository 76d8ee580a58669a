"""Where a radiologist takes a lesion to lie, phenomenon by phenomenon: relations.toml says what is expected and why."""

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from radnlp.pipeline import Assembly
from radnlp.testing import differences, parse_markup

CHALLENGES = Path(__file__).with_name("relations.toml")
RELATION = "located_in"
KNOWN_LIMITS = {
    "respectively: 4": "one term names both lobes, in the order of the schema and not of the text",
}


def test_text(chest_ct, line):
    marked = expected(line)
    assert differences(marked, chest_ct(marked.text)._.rad) == []


def test_the_set_is_large_enough(challenges):
    assert len(challenges) >= 50
    assert len({phenomenon.name for phenomenon in challenges}) == len(challenges)
    assert len(all_lines(challenges)) >= 300


def test_every_phenomenon_acts_is_controlled_and_says_why(challenges):
    for phenomenon in challenges:
        assert phenomenon.sentences and phenomenon.controls, phenomenon.name
        assert phenomenon.why and "\n" not in phenomenon.why, phenomenon.name


def test_a_fifth_are_controls(challenges):
    controls = sum(len(phenomenon.controls) for phenomenon in challenges)
    assert controls >= len(all_lines(challenges)) / 5


def test_every_place_is_expected_somewhere(challenges, values):
    marks = chain.from_iterable(parse_markup(line).marks for line in all_lines(challenges))
    assert set(chain.from_iterable(chain.from_iterable(mark.values.values()) for mark in marks)) == values


def test_every_key_that_is_there_says_its_places_once(challenges, located):
    """So that a forgotten mark is told from "no place", and no two marks of a text contradict each other."""
    wrong = []
    for line in all_lines(challenges):
        marks = parse_markup(line).marks
        there = [mark for mark in marks if mark.entity in located and mark.status != "absent"]
        keys = {mark.entity for mark in there}
        named = [mark.entity for mark in marks if RELATION in mark.values]
        if set(named) != keys or len(named) != len(set(named)):
            wrong.append(line)
    assert wrong == []


def test_texts_have_one_to_three_sentences(challenges):
    """Counted where a full stop ends a word of letters; list items and headings stand on lines of their own."""
    texts = [parse_markup(line).text for line in all_lines(challenges)]
    assert [text for text in texts if len(re.findall(r"[^\W\d]{3,}\.(?=\s|$)", text)) > 3] == []


def test_no_two_differ_only_in_lesion_place_or_number(skeletons):
    doubles = [names for names in skeletons.values() if len(names) > 1]
    assert doubles == [], doubles


@pytest.fixture(scope="module")
def schema():
    return Assembly.of("chest_ct").schema


@pytest.fixture(scope="module")
def located(schema):
    """The keys that have places."""
    return set(next(relation for relation in schema.relations if relation.id == RELATION).keys)


@pytest.fixture(scope="module")
def values(schema):
    """All places."""
    return {value.id for value in schema.values if value.type == "location"}


def expected(line):
    """The marked text, where an absent key is expected to have no place."""
    marked = parse_markup(line)
    placed = {mark.entity for mark in marked.marks if RELATION in mark.values}
    marks = [mark if mark.entity in placed else replace(mark, values={RELATION: frozenset()}) for mark in marked.marks]
    return replace(marked, marks=tuple(marks))


def all_lines(challenges):
    return [line for phenomenon in challenges for _, line in phenomenon.lines()]
