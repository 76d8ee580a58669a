"""What a neuroradiologist takes a tumour to have become, phenomenon by phenomenon: episodes.toml says what and why."""

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from radnlp.pipeline import Assembly
from radnlp.testing import differences, parse_markup

CHALLENGES = Path(__file__).with_name("episodes.toml")
SCHEMA = "brain_mri"
MASK_VALUES = False
RELATION = "has_episode"


@pytest.fixture(scope="module")
def malignant():
    """The keys that have episodes."""
    (relation,) = Assembly.of("brain_mri").schema.relations
    return set(relation.keys)


def test_text(brain_mri, line):
    marked = expected(line)
    assert differences(marked, brain_mri(marked.text)._.rad) == []


def test_the_set_is_large_enough(challenges):
    assert len(challenges) >= 20
    assert len({phenomenon.name for phenomenon in challenges}) == len(challenges)
    assert len(all_lines(challenges)) >= 100


def test_every_phenomenon_acts_is_controlled_and_says_why(challenges):
    for phenomenon in challenges:
        assert phenomenon.sentences and phenomenon.controls, phenomenon.name
        assert phenomenon.why and "\n" not in phenomenon.why, phenomenon.name


def test_a_fifth_are_controls(challenges):
    controls = sum(len(phenomenon.controls) for phenomenon in challenges)
    assert controls >= len(all_lines(challenges)) / 5


def test_every_episode_is_expected_alone_and_beside_each_other(challenges):
    marks = chain.from_iterable(parse_markup(line).marks for line in all_lines(challenges))
    given = {mark.values[RELATION] for mark in marks if RELATION in mark.values}
    assert {frozenset({name}) for name in ("progression", "stable", "improvement")} <= given
    assert frozenset({"progression", "stable", "improvement"}) in given


def test_every_malignant_tumour_says_its_episodes_once(challenges, malignant):
    wrong = []
    for line in all_lines(challenges):
        marks = parse_markup(line).marks
        keys = {mark.entity for mark in marks if mark.entity in malignant and mark.status != "absent"}
        named = [mark.entity for mark in marks if RELATION in mark.values]
        if set(named) != keys or len(named) != len(set(named)):
            wrong.append(line)
    assert wrong == []


def test_no_two_differ_only_in_diagnosis_or_number(skeletons):
    doubles = [names for names in skeletons.values() if len(names) > 1]
    assert doubles == [], doubles


def expected(line):
    """The marked text, where an absent key is expected to have no episode."""
    marked = parse_markup(line)
    told = {mark.entity for mark in marked.marks if RELATION in mark.values}
    marks = [mark if mark.entity in told else replace(mark, values={RELATION: frozenset()}) for mark in marked.marks]
    return replace(marked, marks=tuple(marks))


def all_lines(challenges):
    return [line for phenomenon in challenges for _, line in phenomenon.lines()]
