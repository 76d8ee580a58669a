"""Parquet files."""

import random
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


def codes(report):
    return [(issue.level, issue.code) for issue in report.issues]


def test_rows_are_reports(tmp_path):
    path = tmp_path / "a.parquet"
    table = {"id": [1.0, 2.0, None], "text": ["a\r\n", None, "c"], "age": [60, None, 70]}
    pq.write_table(pa.table(table), path)
    reports = list(read_reports([path]))
    assert [r.id for r in reports] == ["1", "2", "a.parquet:3"]
    assert [r.text for r in reports] == ["a\r\n", "", "c"]
    assert reports[2].meta == {"age": 70}


def test_sentences_may_stand_instead_of_the_text(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["r1"], "sentences": [["No nodule.", ""]]}), path)
    (report,) = read_reports([path])
    assert (report.text, report.sentences) == ("No nodule.\n", ((0, 10), (11, 11)))


def test_dates(tmp_path):
    path = tmp_path / "a.parquet"
    when = pa.array([datetime(2024, 3, 1, 8)], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["a"], "study_date": when}), path)
    assert next(read_reports([path])).study_date == "2024-03-01T08:00:00"


def test_a_text_that_is_not_utf8_costs_its_row_only(tmp_path):
    path = tmp_path / "a.parquet"
    texts = pa.array([b"a", b"\xb0\xe1", b"c"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"id": ["1", "2", "3"], "text": texts}), path)
    assert [(r.id, codes(r)) for r in read_reports([path])] == [
        ("1", []),
        ("a.parquet:2", [("error", "unreadable_row")]),
        ("3", []),
    ]


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["r1"], "Text": ["x"]}), path)
    with pytest.raises(ReportError, match=r"no column 'text' \(did you mean 'Text'\?\)"):
        read_reports([path])
    assert [r.text for r in read_reports([path], options=ReadOptions(text_columns=("Text",)))] == ["x"]


@pytest.mark.parametrize("size", [0, 3, 200])
def test_a_truncated_file_is_refused_before_the_first_report(tmp_path, size):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["r1"] * 100, "text": ["x"] * 100}), path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ReportError, match=r"a\.parquet: not a whole Parquet file"):
        read_reports([path])


def test_of_a_damaged_file_the_part_before_the_damage_is_read(tmp_path):
    path = tmp_path / "a.parquet"
    noise = random.Random(1)
    texts = ["".join(noise.choices("abcdefgh ", k=300)) for _ in range(60)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=20, compression="zstd", use_dictionary=False)
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 400] = b"\xff" * 400
    path.write_bytes(bytes(data))
    reports = read_reports([path])
    assert [next(reports).text for _ in range(20)] == texts[:20]
    with pytest.raises(ReportError, match=r"row group 2 of 3 is damaged .* the 20 rows before it were read"):
        next(reports)
