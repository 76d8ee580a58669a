"""Marked reports: what the marks mean."""

import pytest

from radnlp.text.markup import parse_markup


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
