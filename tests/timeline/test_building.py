"""Sequences of eight patients, worked out by hand, and what holds for every cohort."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from radnlp.timeline import timeline_dict


def steps(patient):
    return [(step.value, step.reports) for step in patient.steps]


def test_the_eight_patients(timeline_of, eight):
    timeline = timeline_of(eight)
    patients = {patient.patient_id: patient for patient in timeline.patients}
    assert {name: steps(patient) for name, patient in patients.items()} == {
        "A": [("stable", 2), ("progression", 1), ("improvement", 1)],
        "B": [("progression", 3)],
        "C": [("improvement", 1), ("stable", 1), ("progression", 1), ("stable", 1), ("improvement", 1)],
        "D": [],
        "E": [],
        "F": [],
        "G": [("stable", 2), ("progression", 1)],
        "H": [("stable", 1), ("improvement", 1), ("stable", 1)],
    }
    assert {name: patient.dropped_by for name, patient in patients.items() if patient.dropped_by} == {
        "D": "few_reports",
        "E": "mixed_keys",
        "F": "no_key",
    }
    assert (patients["C"].changes, patients["C"].keys) == (5, ("lymphoma",))
    assert (len(timeline.used), timeline.used_reports) == (5, 18)


def test_the_state_of_every_report(timeline_of, eight):
    states = {p.patient_id: [report.state for report in p.reports] for p in timeline_of(eight).patients}
    assert states["A"] == ["no_value", "used", "used", "used", "used"]
    assert states["C"] == ["used"] * 5 + ["later_changes"]
    assert states["D"] == ["no_value", "few_reports", "few_reports"]
    assert states["G"] == ["used", "several_keys", "used", "used"]
    assert states["H"] == ["used", "several_values", "used", "used"]


def test_a_step_lasts_from_its_first_report_to_its_last(timeline_of, eight):
    first = timeline_of(eight).patients[0].steps[0]
    assert (first.number, first.first, first.last) == (1, "2020-02-01", "2020-03-01")


def test_no_line_at_all(timeline_of):
    timeline = timeline_of([])
    assert (timeline.lines, timeline.patients, timeline.issues, timeline.failed) == (0, (), (), False)


DATES = st.sampled_from(["2024-01-01", "2024-01-02", "2024-01-02T08:00", "2024-02", "", None, "soon", "2023-05-05"])
EPISODES = st.lists(st.sampled_from(["progression", "stable", "improvement"]), max_size=2, unique=True)
KEYS = st.lists(st.sampled_from(["glioma", "metastasis", "stroke"]), max_size=2, unique=True)


@st.composite
def reports(draw):
    episodes = draw(EPISODES)
    findings = [
        {"key": key, "status": draw(st.sampled_from(["present", "absent"])), "values": {"has_episode": episodes}}
        for key in draw(KEYS)
    ]
    return {
        "report_id": f"r{draw(st.integers(1, 30))}",
        "patient_id": draw(st.sampled_from(["p1", "p2", "p3", None])),
        "study_date": draw(DATES),
        "schema": draw(st.sampled_from(["brain_mri"] * 9 + ["chest_ct"])),
        "findings": findings,
    }


LINES = st.lists(st.one_of(reports(), reports(), reports(), st.sampled_from(["oops", "[]", "{}"])), max_size=40)
OPTIONS = st.fixed_dictionaries(
    {
        "min_reports": st.integers(1, 4),
        "max_changes": st.integers(0, 4),
        "several_keys": st.booleans(),
        "several_values": st.booleans(),
        "mixed_patients": st.booleans(),
    }
)


def without_places(value):
    """The sequences, with nothing in them that says where in the input something stood."""
    if isinstance(value, dict):
        return {name: without_places(item) for name, item in value.items() if name not in ("place", "places", "issues")}
    return [without_places(item) for item in value] if isinstance(value, list) else value


@given(lines=LINES, options=OPTIONS, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(timeline_of, lines, options, seed: random.Random):
    shuffled = [*lines]
    seed.shuffle(shuffled)
    first, second = (timeline_dict(timeline_of(given, **options)) for given in (lines, shuffled))
    for data in (first, second):
        data["unplaced"].sort(
            key=lambda row: [str(row[name]) for name in ("report_id", "patient_id", "study_date", "code")]
        )
    assert without_places(first) == without_places(second)


@given(lines=LINES, options=OPTIONS)
def test_every_line_is_used_or_dropped_by_a_named_filter_or_named_by_an_issue(timeline_of, lines, options):
    timeline = timeline_of(lines, **options)
    states = {report.place: report.state for patient in timeline.patients for report in patient.reports}
    states |= {row.place: row.code for row in timeline.unplaced}
    assert sorted(states) == sorted(f"f.jsonl:{number}" for number in range(1, len(lines) + 1))
    issues = {(place, issue.code) for issue in timeline.issues for place in issue.places}
    filters = {rule.name: rule.reports for rule in timeline.filters}
    assert all(state in ("used", *filters) or (place, state) in issues for place, state in states.items())
    counted = {name: sum(state == name for state in states.values()) for name in filters}
    assert counted == filters


@given(lines=LINES, options=OPTIONS)
def test_every_patient_is_used_or_dropped_by_exactly_one_filter(timeline_of, lines, options):
    timeline = timeline_of(lines, **options)
    dropped = {patient.patient_id: patient.dropped_by for patient in timeline.patients if patient.dropped_by}
    assert dropped == {name: rule.name for rule in timeline.filters for name in rule.patients}
    assert sum(len(rule.patients) for rule in timeline.filters) == len(dropped)
    for patient in timeline.used:
        values = [step.value for step in patient.steps]
        assert 1 <= len(values) <= options["max_changes"] + 1
        assert all(a != b for a, b in pairwise(values))
