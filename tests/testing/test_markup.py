"""Marked reports: what the marks mean, and how a difference is told."""

import pytest

from radnlp.testing import differences, parse_markup


def test_marks_are_taken_out_and_offsets_fit_the_text():
    marked = parse_markup("No [effusion](pleural_effusion absent) but [nodule](nodules present) in [RUL](rul).")
    assert marked.text == "No effusion but nodule in RUL."
    assert [(m.entity, m.status, marked.text[m.start : m.end]) for m in marked.marks] == [
        ("pleural_effusion", "absent", "effusion"),
        ("nodules", "present", "nodule"),
        ("rul", None, "RUL"),
    ]


def test_one_stretch_may_name_two_entities():
    marked = parse_markup("[Ground-glass nodule](nodules present; ggo present) in [both lungs](right_lung; left_lung)")
    assert [(m.entity, m.start, m.end) for m in marked.marks] == [
        ("nodules", 0, 19),
        ("ggo", 0, 19),
        ("right_lung", 23, 33),
        ("left_lung", 23, 33),
    ]


def test_values_and_exclusion():
    (mark,) = parse_markup("[nodule](nodules present located_in=rul,lll)").marks
    assert mark.values == {"located_in": frozenset({"rul", "lll"})}
    assert parse_markup("Follow-up of [nodule](nodules excluded)").marks[0].excluded


def test_an_unknown_word_in_a_mark_is_refused():
    with pytest.raises(ValueError, match="'negated'"):
        parse_markup("[effusion](pleural_effusion negated)")


def test_agreement_and_every_kind_of_difference(chest_ct):
    def told(line):
        marked = parse_markup(line)
        return differences(marked, chest_ct(marked.text)._.rad)

    assert told("No [effusion](pleural_effusion absent). [Nodule](nodules present located_in=rul) in [RUL](rul).") == []
    assert told("No [effusion](pleural_effusion present).") == [
        "missing: pleural_effusion present [3-11] 'effusion'",
        "not marked: pleural_effusion absent [3-11] 'effusion'",
    ]
    assert told("[Nodule](nodules present located_in=lll) in RUL.") == [
        "nodules located_in: ['rul'] instead of ['lll']"
    ]
    assert told("[Nodule](nodules present located_in=) is seen.") == []
    assert told("[Nodule](nodules present located_in=) in RUL.") == ["nodules located_in: ['rul'] instead of []"]
    assert told("Nodule.") == ["not marked: nodules present [0-6] 'Nodule'"]
