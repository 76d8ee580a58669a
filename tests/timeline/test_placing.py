"""Reports that have no place in time, and what is said about those that have."""

import pytest


def said(timeline):
    return [(issue.level, issue.code, issue.places) for issue in timeline.issues]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"study_date": None}, ["missing_date"]),
        ({"study_date": "2024-03"}, ["incomplete_date"]),
        ({"study_date": "1.3.2024"}, ["malformed_date"]),
        ({"patient_id": None}, ["missing_patient"]),
        ({"patient_id": " "}, ["missing_patient"]),
        ({"patient_id": None, "study_date": None}, ["missing_patient", "missing_date"]),
        ({"schema": "chest_ct"}, ["other_schema"]),
        ({"issues": [{"level": "error"}]}, ["extraction_error"]),
        ({"episode": "gone"}, ["unknown_value"]),
    ],
)
def test_a_report_that_cannot_be_placed_has_an_error_for_each_reason_and_is_not_lost(timeline_of, one, change, codes):
    timeline = timeline_of([one(**change)])
    assert said(timeline) == [("error", code, ("f.jsonl:1",)) for code in codes]
    (row,) = timeline.unplaced
    assert (row.report_id, row.place, row.code) == ("r1", "f.jsonl:1", codes[0])
    assert timeline.failed


def test_the_same_patient_and_date_twice_is_said_and_both_are_kept(timeline_of, one):
    lines = [one("r2", episode="progression"), one("r1"), one("r3", study_date="2024-02-01")]
    timeline = timeline_of(lines)
    (issue,) = timeline.issues
    assert (issue.level, issue.code, issue.report_ids) == ("warning", "same_date", ("r2", "r1"))
    assert "2 reports of 2024-01-01" in issue.message
    assert [step.value for step in timeline.patients[0].steps] == ["stable", "progression", "stable"]  # r1, r2, r3
    assert not timeline.failed


def test_two_reports_of_a_day_are_in_the_order_of_their_times(timeline_of, one):
    lines = [one("a", study_date="2024-01-01T17:00"), one("b", study_date="2024-01-01T08:00", episode="progression")]
    timeline = timeline_of(lines, min_reports=1)
    assert [report.report_id for report in timeline.patients[0].reports] == ["b", "a"]
    assert [issue.code for issue in timeline.issues] == ["same_date", "out_of_order"]


def test_reports_out_of_order_are_said_once_a_patient_and_put_in_order(timeline_of, one):
    days = ["2024-03-01", "2024-01-01", "2024-02-01", "2024-04-01"]
    timeline = timeline_of([one(f"r{n}", study_date=day) for n, day in enumerate(days)])
    assert said(timeline) == [("warning", "out_of_order", ("f.jsonl:2", "f.jsonl:3"))]
    assert "2 of 4 reports" in timeline.issues[0].message
    assert [report.study_date for report in timeline.patients[0].reports] == sorted(days)


def test_patients_may_be_interleaved_without_a_word(timeline_of, one):
    lines = [one("a1", "a"), one("b1", "b", "2020-01-01"), one("a2", "a", "2024-02-01"), one("b2", "b", "2020-02-01")]
    assert timeline_of(lines).issues == ()


def test_the_same_report_twice_counts_once(timeline_of, one):
    timeline = timeline_of([one(), one(study_date="20240101"), one("r2", study_date="2024-02-01")])
    assert said(timeline) == [("warning", "repeated_report", ("f.jsonl:2",))]
    assert [report.state for report in timeline.patients[0].reports] == [
        "few_reports",
        "repeated_report",
        "few_reports",
    ]


def test_one_id_for_two_reports_is_said_and_both_are_kept(timeline_of, one):
    timeline = timeline_of([one("r1", "a"), one("r1", "b")])
    assert said(timeline) == [("warning", "duplicate_id", ("f.jsonl:1", "f.jsonl:2"))]
    assert [patient.patient_id for patient in timeline.patients] == ["a", "b"]


def test_a_tumour_known_from_before_counts_and_an_absent_one_does_not(timeline_of, one):
    def found(status, **options):
        row = one()
        row["findings"][0]["status"] = status
        return timeline_of([row], min_reports=1, **options).used != ()

    assert [found(status) for status in ("present", "uncertain", "historical", "absent")] == [True, True, True, False]
    assert not found("historical", statuses=["present"])
