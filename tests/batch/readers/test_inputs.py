"""Several inputs as one stream."""

import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "r1", "text": "a"}\n{"id": "r1", "text": "b"}\n{"text": "c"}\n')
    return path


def test_inputs_follow_each_other_and_ids_are_unique_among_all_of_them(lines, tmp_path):
    (tmp_path / "b.csv").write_text("id,text\nr2,d\na.jsonl:3,e\n")
    reports = list(read_reports([lines, tmp_path / "b.csv"]))
    assert [r.text for r in reports] == ["a", "b", "c", "d", "e"]
    twice = [r.text for r in reports if any(i.code == "duplicate_id" and i.level == "warning" for i in r.issues)]
    assert twice == ["b", "e"]


def test_every_input_is_checked_before_the_first_report(lines, tmp_path):
    (tmp_path / "b.csv").write_text("id,befund\n")
    with pytest.raises(ReportError, match="no column 'text'"):
        read_reports([lines, tmp_path / "b.csv"])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReportError, match="there is no such file"):
        read_reports([tmp_path / "a.csv"])


def test_an_unknown_suffix_names_near_ones(tmp_path):
    (tmp_path / "a.json").touch()
    with pytest.raises(ReportError, match=r"unknown suffix '\.json'; did you mean '\.jsonl'\?"):
        read_reports([tmp_path / "a.json"])


def test_an_unknown_encoding_names_near_ones(lines):
    with pytest.raises(ReportError, match="unknown encoding 'cp94'; did you mean 'cp949'"):
        read_reports([lines], options=ReadOptions(encoding="cp94"))
    for name in ("base64", "no\0name", ""):
        with pytest.raises(ReportError, match="unknown encoding"):
            read_reports([lines], options=ReadOptions(encoding=name))


def test_standard_input_can_be_named_once():
    with pytest.raises(ReportError, match="named twice"):
        read_reports(["-", "-"])


def test_reading_is_lazy(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\nbroken\n')
    reports = read_reports([path])
    assert next(reports).text == "a"
