"""`radnlp train labels`: two ways to label the same reports."""

import json

import pytest

pytest.importorskip("torch")

REPORTS = {
    "asserted": "Mass in the RUL.",
    "denied": "No mass. No pleural effusion.",
    "asked": "Clinical information: r/o mass. Findings: nodule in the LLL, possible consolidation.",
    "silent": "Unremarkable.",
}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("keyword", {"asserted": ["mass"], "denied": ["pleural_effusion", "mass"], "silent": []}),
        ("status", {"asserted": ["mass"], "denied": [], "asked": ["nodules", "consolidation"], "silent": []}),
    ],
)
def test_each_policy(tmp_path, cli, policy, expected):
    reports, labels = tmp_path / "reports.jsonl", tmp_path / "labels.jsonl"
    reports.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in REPORTS.items()), "utf-8")
    assert cli("train", "labels", reports, "--schema", "chest_ct", "--policy", policy, "-o", labels) == 0
    rows = {row["id"]: row for row in map(json.loads, labels.read_text("utf-8").splitlines())}
    assert list(rows) == list(REPORTS)
    assert {name: rows[name]["keys"] for name in expected} == expected
    assert {(row["schema"], row["text"]) for row in rows.values()} == {("chest_ct", t) for t in REPORTS.values()}


def test_a_report_that_cannot_be_read_is_left_out_and_makes_the_status_1(tmp_path, cli, capfd):
    reports = tmp_path / "reports.jsonl"
    reports.write_text('{"id": "a", "text": "Mass."}\n{\n', "utf-8")
    assert cli("train", "labels", reports, "--schema", "chest_ct") == 1
    assert [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()] == ["a"]
