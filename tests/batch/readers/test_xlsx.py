"""Excel workbooks."""

from datetime import date, time

import openpyxl
import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


@pytest.fixture
def file(tmp_path):
    def make(*rows):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        path = tmp_path / "a.xlsx"
        workbook.save(path)
        return path

    return make


def test_rows_are_reports(file):
    path = file(["id", "text", "age"], [12, "No nodule.\nEnd.", 60], [None, "RUL nodule.", None])
    (first, second) = read_reports([path])
    assert (first.id, first.text, first.meta) == ("12", "No nodule.\nEnd.", {"age": 60})
    assert (second.id, second.meta) == ("a.xlsx:2", {"age": None})


def test_dates_and_times_are_iso(file):
    path = file(["text", "study_date", "at"], ["x", date(2024, 3, 1), time(8, 30)])
    (report,) = read_reports([path])
    assert (report.study_date, report.meta) == ("2024-03-01T00:00:00", {"at": "08:30:00"})


def test_an_empty_cell_is_an_empty_text_and_digits_are_text(file):
    path = file(["id", "text"], ["r1", None], ["r2", 7], [None, None], ["r3", "a_x000D_\nb"])
    assert [(r.id, r.text, r.issues) for r in read_reports([path])] == [
        ("r1", "", ()),
        ("r2", "7", ()),
        ("r3", "a\r\nb", ()),
    ]


def test_values_beyond_the_header_are_kept(file):
    (report,) = read_reports([file(["text"], ["x", "more"])])
    assert report.meta == {"column_2": "more"}


def test_other_columns_by_name(file):
    path = file(["uid", "a", "b"], [1, "x", "y"])
    (report,) = read_reports([path], options=ReadOptions(id_column="uid", text_columns=("b", "a")))
    assert (report.id, report.text) == ("1", "y\n\nx")


def test_a_missing_column_is_named(file):
    with pytest.raises(ReportError, match=r"a\.xlsx: no column 'text'; it has 'id', 'befund'"):
        read_reports([file(["id", "befund"], [1, "x"])])


def test_a_header_alone_has_no_reports(file):
    assert list(read_reports([file(["id", "text"])])) == []


def test_an_empty_sheet_and_an_empty_or_damaged_file_are_refused(file, tmp_path):
    with pytest.raises(ReportError, match="the first sheet is empty"):
        read_reports([file()])
    path = file(["text"], ["x"])
    for content in (b"", path.read_bytes()[:500], b"not a workbook"):
        path.write_bytes(content)
        with pytest.raises(ReportError, match=r"a\.xlsx: not a readable \.xlsx workbook"):
            read_reports([path])
