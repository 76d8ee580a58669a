"""Lines of findings: entries, and issues for lines that are none."""

import json

import pytest

from radnlp.errors import ReportError
from radnlp.timeline import Entry, read_findings, read_lines


def only(line):
    (found,) = read_lines([line if isinstance(line, bytes) else line.encode()], name="f.jsonl")
    return found


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("not JSON", "invalid_json"),
        ('{"report_id": "r1"', "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        (b'{"report_id": "\xff"}', "invalid_encoding"),
        ("[1, 2]", "not_an_object"),
        ('{"id": "r1", "text": "No mass."}', "not_an_extraction"),
        ('{"report_id": 7, "schema": "brain_mri", "findings": []}', "not_an_extraction"),
        ('{"report_id": "r", "schema": "brain_mri", "findings": 7}', "not_an_extraction"),
        ('{"report_id": "r", "schema": "brain_mri", "findings": [], "format": 2}', "not_an_extraction"),
        ('{"report_id": "r", "schema": "brain_mri", "findings": [], "patient_id": ["p"]}', "not_an_extraction"),
        ('{"report_id": "r", "schema": "brain_mri", "findings": [{"key": "glioma"}]}', "not_an_extraction"),
        ('{"report_id": "r", "schema": "s", "findings": [{"key": "k", "status": "maybe"}]}', "not_an_extraction"),
        (
            '{"report_id": "r", "schema": "s", "findings": [{"key": "k", "status": "present", "values": {"r": "v"}}]}',
            "not_an_extraction",
        ),
    ],
)
def test_a_line_that_is_no_extraction_is_an_issue_with_its_place(line, code):
    issue = only(line)
    assert (issue.level, issue.code, issue.places) == ("error", code, ("f.jsonl:1",))


def test_no_issue_holds_words_of_its_line():
    for line in ("ZEBRA nodule", '["ZEBRA"]', '{"report_id": "r", "ZEBRA": 1}'):
        assert "ZEBRA" not in only(line).message


def test_what_extract_writes_and_what_gold_is(one):
    entry = only(json.dumps(one(patient_id=12, issues=[{"level": "warning", "code": "duplicate_id"}])))
    assert (entry.patient_id, entry.failed, entry.findings[0].values) == ("12", False, {"has_episode": ("stable",)})
    assert only('{"report_id": "r1", "schema": "brain_mri", "findings": []}').patient_id is None
    assert only(json.dumps(one(issues=[{"level": "error"}]))).failed


def test_lines_are_numbered_as_an_editor_does_and_a_byte_order_mark_is_no_part_of_the_first(one):
    line = json.dumps(one()).encode()
    found = list(read_lines([b"\xef\xbb\xbf" + line + b"\r\n", b"\n", line], name="f"))
    assert [entry.place for entry in found] == ["f:1", "f:3"]


def test_a_lone_surrogate_and_a_hole_are_read(one):
    line = json.dumps(one(report_id="\ud800")).replace('"format": 1', '"format": 1, "meta": {"age": NaN}')
    assert isinstance(only(line), Entry)


@pytest.mark.parametrize(
    ("paths", "complaint"),
    [
        (["none.jsonl"], "there is no such file"),
        (["."], "is a folder"),
        (["findings.csv"], "findings are read as JSON lines"),
        (["-", "-"], "named twice"),
    ],
)
def test_an_input_that_cannot_be_read_is_refused_before_the_first_line(paths, complaint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "findings.csv").write_text("report_id\n")
    with pytest.raises(ReportError, match=complaint):
        read_findings(paths)
