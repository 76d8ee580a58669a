"""Filters: what each drops of the eight patients, and what happens without it."""

import pytest


def dropped(timeline):
    return {rule.name: (rule.reports, rule.patients) for rule in timeline.filters}


def test_what_each_filter_drops(timeline_of, eight):
    assert dropped(timeline_of(eight)) == {
        "no_key": (3, ("F",)),  # three reports of stroke
        "several_keys": (1, ()),  # G2
        "no_value": (2, ()),  # A1, D1
        "several_values": (1, ()),  # H2
        "mixed_keys": (4, ("E",)),
        "few_reports": (2, ("D",)),
        "later_changes": (1, ()),  # C6
    }


@pytest.mark.parametrize(
    ("options", "gone", "patients"),
    [
        ({"min_reports": 1}, "few_reports", "ABCDGH"),
        ({"mixed_patients": True}, "mixed_keys", "ABCEGH"),
        ({"several_keys": True}, "several_keys", "ABCH"),  # G2 makes G a patient of two diagnoses
        ({"several_values": True}, "several_values", "ABCGH"),
        ({"min_reports": 4}, None, "AC"),
    ],
)
def test_filters_are_options(timeline_of, eight, options, gone, patients):
    timeline = timeline_of(eight, **options)
    assert gone not in dropped(timeline)
    assert "".join(patient.patient_id for patient in timeline.used) == patients


def test_several_episodes_are_a_label_of_their_own_when_they_are_kept(timeline_of, eight):
    patient = timeline_of(eight, several_values=True).patients[-1]
    assert [step.value for step in patient.steps] == ["stable", "progression+improvement", "improvement", "stable"]


def test_only_some_keys_count(timeline_of, eight):
    timeline = timeline_of(eight, keys=["metastasis"])
    assert [patient.patient_id for patient in timeline.used] == ["B", "H"]
    assert "several_keys" not in dropped(timeline)
    assert timeline.filters[0].summary == "reports without metastasis"


def test_a_patient_without_a_tumour_is_the_first_filters_and_nobody_elses(timeline_of, eight):
    timeline = timeline_of(eight)
    assert [rule.name for rule in timeline.filters if "F" in rule.patients] == ["no_key"]
