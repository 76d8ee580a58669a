"""Extractions as a brat project, and back."""

import json
from dataclasses import replace

import pytest

from radnlp.batch.brat import annotate, read_project, write_project
from radnlp.batch.brat.standoff import format_standoff
from radnlp.errors import ConfigError, ReportError
from radnlp.records import EvidenceSpan, Extraction, Finding, Report
from radnlp.schema import Labels


def essence(extraction):
    findings = {(f.key, f.status, tuple(f.values.items()), f.evidence) for f in extraction.findings}
    mentions = {(m.entity, m.status, m.start, m.end, m.excluded) for m in extraction.mentions}
    relations = {(r.key, r.type, r.value, r.key_evidence, r.value_evidence) for r in extraction.relations}
    return extraction.report_id, findings, mentions, relations


def test_the_lines_of_a_report(report, extraction, schema):
    lines = format_standoff(annotate(report, extraction, schema).standoff).splitlines()
    assert lines == [
        "T1\tnodules 11 23;25 31\tGround-glass nodule",
        "T2\tggo 11 23;25 31\tGround-glass nodule",
        "T3\tmass 67 71\tmass",
        "T4\tnodules 79 81\t결절",
        "T5\tlll 85 88\tLLL",
        "T6\trul 39 44;52 62\tright upper lobe",
        "A1\tStatus T1 present",
        "A2\tStatus T2 present",
        "A3\tStatus T3 absent",
        "A4\tStatus T4 historical",
        "A5\tExcluded T4 question",
        "R1\tlocated_in Arg1:T1 Arg2:T6",
        "R2\tlocated_in Arg1:T2 Arg2:T6",
    ]


def test_a_project_written_and_read_says_the_same(report, extraction, schema, lexicon, tmp_path):
    nothing = Extraction(report_id=".r2.txt", schema="tiny", schema_version="1.0.0")
    rows = [annotate(report, extraction, schema), annotate(Report(id=".r2.txt", text=""), nothing, schema)]
    assert [row.lost for row in write_project(tmp_path / "new" / "project", schema, rows)] == [(), ()]
    folder = tmp_path / "new" / "project"
    assert sorted(path.name for path in folder.iterdir()) == [
        "%2Er2.ann",
        "%2Er2.txt",
        "annotation.conf",
        "report_ids.jsonl",
        "ward%2Fr1.ann",
        "ward%2Fr1.txt",
    ]
    assert (folder / "ward%2Fr1.txt").read_bytes() == report.text.encode("utf-8"), "line breaks are untouched"
    empty, full = read_project(folder, schema=schema, lexicon=lexicon, labels=Labels(schema))
    assert (empty.report.id, empty.gold.findings) == (".r2.txt", ())
    assert full.report == report
    again = essence(full.gold)
    before = essence(extraction)
    assert again[:2] == before[:2]
    assert again[3] == before[3]
    # The place that was told in two pieces is a mention of its own now, over both.
    assert again[2] - before[2] == {("rul", None, 39, 62, None)}
    assert [fault.line for fault in full.faults] == [6]
    assert [section.id for section in full.gold.sections] == ["findings"]


def test_evidence_without_a_mention_becomes_an_annotation(schema):
    text = "A mass."
    evidence = (EvidenceSpan(start=2, end=6, text="mass"),)
    gold = Extraction(
        report_id="r1",
        schema="tiny",
        schema_version="1",
        findings=(Finding(key="mass", status="uncertain", evidence=evidence),),
    )
    row = annotate(Report(id="r1", text=text), gold, schema)
    assert format_standoff(row.standoff) == "T1\tmass 2 6\tmass\nA1\tStatus T1 uncertain\n"
    assert row.lost == ()


def test_a_line_break_and_the_spaces_around_it_are_no_part_of_an_annotation(schema):
    evidence = (EvidenceSpan(start=0, end=10, text="big \n mass"),)
    gold = Extraction(
        report_id="r1",
        schema="tiny",
        schema_version="1",
        findings=(Finding(key="mass", status="present", evidence=evidence),),
    )
    row = annotate(Report(id="r1", text="big \n mass"), gold, schema)
    assert format_standoff(row.standoff).splitlines()[0] == "T1\tmass 0 3;6 10\tbig mass"


@pytest.mark.parametrize(
    ("finding", "lost"),
    [
        (Finding(key="ggo", status="present"), ("ggo",)),  # no words in the text
        (Finding(key="nodules", status="absent"), ("nodules", "mass", "ggo")),  # denied, against its mentions
    ],
)
def test_findings_that_annotations_cannot_say_are_named(report, extraction, schema, finding, lost):
    if finding.key == "ggo":
        mentions = tuple(mention for mention in extraction.mentions if mention.entity != "ggo")
        relations = tuple(relation for relation in extraction.relations if relation.key != "ggo")
        changed = replace(
            extraction, mentions=mentions, relations=relations, findings=(*extraction.findings[:2], finding)
        )
    else:
        changed = replace(extraction, findings=(finding,))
    assert annotate(report, changed, schema).lost == lost


def test_values_that_no_relation_anchors_are_named(report, extraction, schema):
    assert annotate(report, replace(extraction, relations=()), schema).lost == ("nodules", "ggo")


def test_nothing_is_written_over(report, extraction, schema, tmp_path):
    (tmp_path / "r1.ann").write_text("work of a week", "utf-8")
    with pytest.raises(ConfigError, match="is not empty; name a new folder"):
        list(write_project(tmp_path, schema, [annotate(report, extraction, schema)]))


def test_a_text_that_no_file_can_hold(schema, tmp_path):
    row = annotate(
        Report(id="r1", text="half \ud800"), Extraction(report_id="r1", schema="tiny", schema_version="1"), schema
    )
    with pytest.raises(ReportError, match="holds half a character"):
        list(write_project(tmp_path / "project", schema, [row]))


def test_ids_are_kept_beside_the_files(report, extraction, schema, tmp_path):
    list(write_project(tmp_path / "project", schema, [annotate(report, extraction, schema)]))
    (line,) = (tmp_path / "project" / "report_ids.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {"file": "ward%2Fr1.txt", "id": "ward/r1"}
