"""What a radiologist takes from a sentence, phenomenon by phenomenon: status.toml says what is expected and why."""

import re
from itertools import chain
from pathlib import Path

from radnlp.testing import differences, parse_markup

CHALLENGES = Path(__file__).with_name("status.toml")
KNOWN_LIMITS = {
    "list with slashes, hyphens, signs: control 1": "a slash may part statements as well as the members of a list",
    "heading that denies: 5": "a heading denies its own line only, up to the semicolon",
    "question marks: 1": "a sentence ends after its question mark, also after one in front",
    "Korean doubt: 6": "doubt ends at a comma, denial does not",
    "Korean list: control 2": "a comma may part statements as well as the members of a list",
}


def test_sentence(chest_ct, line):
    marked = parse_markup(line)
    assert differences(marked, chest_ct(marked.text)._.rad) == []


def test_the_set_is_large_enough(challenges):
    assert len(challenges) >= 30
    assert len({phenomenon.name for phenomenon in challenges}) == len(challenges)
    assert len(all_lines(challenges)) >= 180


def test_every_phenomenon_acts_and_says_why(challenges):
    for phenomenon in challenges:
        assert phenomenon.sentences, phenomenon.name
        assert phenomenon.why and "\n" not in phenomenon.why, phenomenon.name


def test_a_fifth_are_controls(challenges):
    controls = sum(len(phenomenon.controls) for phenomenon in challenges)
    assert controls >= len(all_lines(challenges)) / 5


def test_a_quarter_are_korean_or_mixed(challenges):
    korean = [line for line in all_lines(challenges) if re.search(r"[\uac00-\ud7a3]", line)]
    assert len(korean) >= len(all_lines(challenges)) / 4


def test_every_sentence_expects_something(challenges):
    assert [line for line in all_lines(challenges) if not parse_markup(line).marks] == []


def test_the_marks_stand_on_the_terms(challenges, chest_ct):
    """So that a sentence can fail by its status alone."""
    for line in all_lines(challenges):
        marked = parse_markup(line)
        mentions = [m for m in chest_ct(marked.text)._.rad.mentions if m.status is not None]
        assert places(marked.marks) == places(mentions), line


def test_every_status_is_expected_somewhere(challenges):
    marks = chain.from_iterable(parse_markup(line).marks for line in all_lines(challenges))
    expected = {"excluded" if mark.excluded else mark.status for mark in marks} - {None}
    assert expected == {"present", "uncertain", "historical", "absent", "excluded"}


def test_no_two_differ_only_in_lesion_place_or_number(skeletons):
    assert [names for names in skeletons.values() if len(names) > 1] == []


def places(marks):
    return {(mark.entity, mark.start, mark.end) for mark in marks}


def all_lines(challenges):
    return [line for phenomenon in challenges for _, line in phenomenon.lines()]
