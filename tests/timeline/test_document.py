"""JSON and CSV: everything is in them."""

import csv
import io
import json

from radnlp.timeline import timeline_csv, timeline_json


def test_the_json_document(timeline_of, eight):
    data = json.loads(timeline_json(timeline_of(eight)))
    assert data["counts"] == {
        "lines": 32,
        "patients": 8,
        "used_patients": 5,
        "reports": 32,
        "used_reports": 18,
        "unplaced": 0,
        "unchanged_patients": 1,
        "cut_patients": 1,
    }
    assert data["settings"]["keys"] == ["glioma", "lymphoma", "metastasis"]
    first = data["patients"][0]
    assert (first["patient_id"], first["keys"], first["dropped_by"], first["changes"]) == ("A", ["glioma"], None, 2)
    assert first["steps"][0] == {
        "step": 1,
        "value": "stable",
        "first": "2020-02-01",
        "last": "2020-03-01",
        "reports": 2,
    }
    assert first["reports"][0] == {
        "report_id": "A1",
        "study_date": "2020-01-01",
        "found": {"glioma": []},
        "label": None,
        "state": "no_value",
        "step": None,
        "place": "f.jsonl:1",
    }
    assert {"name": "mixed_keys", "reports": 4, "patients": ["E"]}.items() <= data["filters"][4].items()
    assert {"step": 1, "source": "stable", "target": "progression", "patients": 2} in data["sankey"]["links"]


def test_issues_and_lines_without_a_place_stand_in_the_document(timeline_of, one):
    data = json.loads(timeline_json(timeline_of([one(study_date="March"), "oops"])))
    assert [(row["place"], row["code"], row["study_date"]) for row in data["unplaced"]] == [
        ("f.jsonl:1", "malformed_date", "March"),
        ("f.jsonl:2", "invalid_json", None),
    ]
    assert [issue["code"] for issue in data["issues"]] == ["malformed_date", "invalid_json"]
    assert data["issues"][0]["report_ids"] == ["r1"]


def test_the_csv_has_a_row_for_every_line(timeline_of, eight, one, cohort_rows):
    text = timeline_csv(timeline_of([*cohort_rows(eight), one("r9", study_date=None), "oops"]))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 34
    assert [(row["study_date"], row["values"], row["state"], row["step"]) for row in rows[:5]] == [
        ("2020-01-01", "", "no_value", ""),
        ("2020-02-01", "stable", "used", "1"),
        ("2020-03-01", "stable", "used", "1"),
        ("2020-04-01", "progression", "used", "2"),
        ("2020-05-01", "improvement", "used", "3"),
    ]
    assert [(row["report_id"], row["state"], row["place"]) for row in rows[-2:]] == [
        ("r9", "missing_date", "f.jsonl:33"),
        ("", "invalid_json", "f.jsonl:34"),
    ]


def test_ids_of_every_kind_survive(timeline_of, one):
    names = ['a,"b"\r\nc', "환자 1", "=1+1", "\ud800"]
    timeline = timeline_of([one(f"r{n}", name) for n, name in enumerate(names)])
    assert {patient["patient_id"] for patient in json.loads(timeline_json(timeline))["patients"]} == set(names)
    rows = list(csv.DictReader(io.StringIO(timeline_csv(timeline), newline="")))
    assert {row["patient_id"] for row in rows} == set(names)
