"""The row formats: JSON lines, CSV and Parquet, long and wide."""

import csv
import io
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from radnlp.batch import create_format
from radnlp.records import EvidenceSpan, Extraction, Finding, Issue, Measurement, Report

LONG = ["report_id", "key", "status", "score", "relation", "value", "start", "end", "text"]
WIDE = [
    "report_id",
    "patient_id",
    "study_date",
    "nodules",
    "nodules.located_in",
    "nodules.largest_mm",
    "pleural_effusion",
    "pleural_effusion.largest_mm",
    "issues",
]


def extraction(report_id="r1", **changes):
    span = EvidenceSpan(start=5, end=11, text="nodule")
    findings = (
        Finding(
            key="nodules", status="present", score=0.5, values={"located_in": ("rul", "rll")}, evidence=(span, span)
        ),
        Finding(key="pleural_effusion", status="absent"),
    )
    made = Extraction(report_id=report_id, patient_id="p1", schema="small", schema_version="1.0.0", findings=findings)
    return replace(made, **changes)


@pytest.fixture
def write(schema):
    def written(name, *extractions, with_text=True):
        made = create_format(name, schema)
        lines = [made.part(Report(id=e.report_id, text=""), e, with_text=with_text) for e in extractions]
        assert not any("\n" in line for line in lines)
        out = io.BytesIO()
        made.finish(iter(lines), out)
        assert not out.closed
        return out.getvalue()

    return written


def test_json_lines_hold_the_whole_extraction(write):
    lines = write("jsonl", extraction(), extraction("r\u2028two")).decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["report_id"] for line in lines] == ["r1", "r\u2028two"]


def test_csv_has_a_row_per_finding_and_value(write):
    rows = list(csv.reader(io.StringIO(write("csv", extraction()).decode(), newline="")))
    assert rows == [
        LONG,
        ["r1", "nodules", "present", "0.5", "located_in", "rul", "5", "11", "nodule"],
        ["r1", "nodules", "present", "0.5", "located_in", "rll", "5", "11", "nodule"],
        ["r1", "pleural_effusion", "absent", "", "", "", "", "", ""],
    ]


def test_parquet_has_the_same_rows_with_types(write):
    table = pq.read_table(io.BytesIO(write("parquet", extraction())))
    assert table.column_names == LONG
    assert [str(field.type) for field in table.schema] == ["string"] * 3 + ["double"] + ["string"] * 2 + [
        "int64"
    ] * 2 + ["string"]
    assert table.to_pylist()[1]["value"] == "rll"
    assert table.to_pylist()[2]["start"] is None


@pytest.mark.parametrize("name", ["csv-wide", "parquet-wide"])
def test_wide_has_a_row_per_report_in_schema_order(write, name):
    failed = extraction(
        "r2", findings=(), issues=(Issue(level="error", stage="read", code="missing_text", message="m"),)
    )
    data = write(name, extraction(), failed)
    if name == "csv-wide":
        rows = list(csv.reader(io.StringIO(data.decode())))
    else:
        table = pq.read_table(io.BytesIO(data))
        rows = [table.column_names, *[[cell or "" for cell in row.values()] for row in table.to_pylist()]]
    assert rows == [
        WIDE,
        ["r1", "p1", "", "present", "rul|rll", "", "absent", "", ""],
        ["r2", "p1", "", "", "", "", "", "", "missing_text"],
    ]


def sized():
    """Nodules of 12 x 8 mm, formerly 20 mm, others up to 5 mm."""
    sizes = tuple(
        Measurement(mm=mm, qualifier=qualifier, evidence=EvidenceSpan(start=at, end=at + len(text), text=text))
        for mm, qualifier, at, text in (
            ((12.0, 8.0), None, 0, "1.2 x 0.8 cm"),
            ((20.0,), "previous", 30, "2 cm"),
            ((5.0,), "up_to", 40, "5 mm"),
        )
    )
    values = {"located_in": ("rul",)}
    return extraction(findings=(Finding(key="nodules", status="present", values=values, measurements=sizes),))


def test_a_size_is_a_row_behind_the_values_and_says_where_it_stands(write):
    _, *rows = csv.reader(io.StringIO(write("csv", sized()).decode(), newline=""))
    assert [row[4:] for row in rows] == [
        ["located_in", "rul", "", "", ""],
        ["measures", "12 x 8 mm", "0", "12", "1.2 x 0.8 cm"],
        ["measured", "20 mm", "30", "34", "2 cm"],
        ["measures", "5 mm (up_to)", "40", "44", "5 mm"],
    ]
    assert b"1.2 x" not in write("csv", sized(), with_text=False)


def test_wide_has_the_largest_dimension_of_today(write):
    (row,) = csv.DictReader(io.StringIO(write("csv-wide", sized()).decode(), newline=""))
    assert row["nodules.largest_mm"] == "12.0"
    table = pq.read_table(io.BytesIO(write("parquet-wide", sized(), extraction())))
    assert table.column("nodules.largest_mm").to_pylist() == [12.0, None]


@pytest.mark.parametrize("name", ["csv", "parquet", "csv-wide", "parquet-wide", "jsonl"])
def test_no_report_at_all_still_gives_a_file(write, name):
    data = write(name)
    if name.startswith("parquet"):
        assert pq.read_table(io.BytesIO(data)).num_rows == 0
    else:
        assert data.count(b"\n") == (0 if name == "jsonl" else 1)


def test_line_breaks_and_quotes_survive_csv(write):
    text = 'a "b",\r\nc\rd\n=1+1'
    span = EvidenceSpan(start=0, end=len(text), text=text)
    finding = Finding(key="nodules", status="present", evidence=(span,))
    data = write("csv", extraction(findings=(finding,))).decode()
    assert list(csv.reader(io.StringIO(data, newline="")))[1][-1] == text


@pytest.mark.parametrize("name", ["csv", "parquet", "csv-wide", "parquet-wide", "jsonl"])
def test_half_a_character_breaks_nothing(write, name):
    span = EvidenceSpan(start=0, end=1, text="\ud800")
    data = write(name, extraction("r\ud800", findings=(Finding(key="nodules", status="present", evidence=(span,)),)))
    if name == "parquet":
        assert pq.read_table(io.BytesIO(data)).to_pylist()[0]["text"] == "\\ud800"
    if name == "csv":
        assert data.decode().endswith(",\\ud800\r\n")


@pytest.mark.parametrize("name", ["csv", "parquet", "csv-wide", "parquet-wide", "jsonl"])
def test_without_text_no_word_is_written(write, name):
    assert b'nodule"' not in write(name, extraction(), with_text=False).replace(b",nodule\r", b'nodule"')


def test_many_rows_are_written_in_groups(write):
    data = write("parquet", *[extraction(f"r{n}") for n in range(4000)])
    file = pq.ParquetFile(io.BytesIO(data))
    assert (file.metadata.num_rows, file.num_row_groups) == (12_000, 2)
