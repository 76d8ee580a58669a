"""CSV files."""

import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


@pytest.fixture
def file(tmp_path):
    def make(content, encoding="utf-8"):
        path = tmp_path / "a.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def read(path, **options):
    return list(read_reports([path], options=ReadOptions(**options)))


def codes(report):
    return [(issue.level, issue.code) for issue in report.issues]


def test_rows_are_reports_and_other_columns_meta(file):
    (report, second) = read(file("id,text,site\r\nr1,No nodule.,A\r\n,RUL nodule.,\r\n"))
    assert (report.id, report.text, report.meta) == ("r1", "No nodule.", {"site": "A"})
    assert (second.id, second.meta) == ("a.csv:2", {"site": ""})


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb\n", 'the "old" nodule, RUL', " \t"])
def test_quoted_text_is_taken_as_given(file, text):
    quoted = text.replace('"', '""')
    assert read(file(f'id,text\nr1,"{quoted}"\nr2,x\n'))[0].text == text


def test_a_byte_order_mark_goes(file):
    assert read(file("\ufeffid,text\nr1,\ufeffa\n"))[0].text == "\ufeffa"


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp949", "우상엽 결절"), ("shift_jis", "表示 ソ 結節"), ("utf-16", "결절")]
)
def test_encodings(file, encoding, text):
    path = file(f"id,text\nr1,{text}\n", encoding)
    assert [r.text for r in read(path, encoding=encoding)] == [text]


def test_the_wrong_encoding_is_refused_with_the_byte_and_a_suggestion(file):
    with pytest.raises(ReportError, match=r"a\.csv: byte 11 is not utf-8; .*--encoding cp949"):
        read_reports([file("id,text\nr1,결절\n", "cp949")])


def test_a_bad_byte_far_down_costs_its_row_only(file):
    path = file(b"id,text\nr1," + b"x" * 2_000_000 + b"\nr2,\xb0\xe1\nr3,y\n")
    reports = read(path)
    assert [r.id for r in reports] == ["r1", "r2", "r3"]
    assert [codes(r) for r in reports] == [[], [("error", "invalid_encoding")], []]


def test_a_missing_text_column_names_what_there_is(file):
    with pytest.raises(ReportError) as caught:
        read_reports([file("id,Report_Text,site\n")])
    message = str(caught.value)
    assert "a.csv: no column 'text' (did you mean 'Report_Text'?); it has 'id', 'Report_Text', 'site'" in message
    assert message.endswith("name the right one with --text-column")


def test_a_missing_id_column_names_its_option(file):
    with pytest.raises(ReportError, match=r"no column 'uid' \(did you mean 'id'\?\).*--id-column"):
        read_reports([file("id,text\n")], options=ReadOptions(id_column="uid"))


def test_another_separator_is_pointed_out(file):
    with pytest.raises(ReportError, match="separated by commas"):
        read_reports([file("id;text\n1;a\n")])


def test_other_columns_by_name(file):
    path = file('uid,findings,impression\n7,"8 mm nodule.",\n8,"No nodule.","Normal."\n')
    options = {"id_column": "uid", "text_columns": ("impression", "findings")}
    assert [(r.id, r.text) for r in read(path, **options)] == [("7", "8 mm nodule."), ("8", "Normal.\n\nNo nodule.")]


def test_fields_beyond_the_header_are_kept_with_a_warning(file):
    (report,) = read(file("id,text\nr1,RUL nodule, LLL,again\n"))
    assert report.meta == {"extra_fields": [" LLL", "again"]}
    assert codes(report) == [("warning", "extra_fields")]


def test_a_row_too_short_for_its_text_is_an_error(file):
    assert codes(read(file("id,text\nr1\n"))[0]) == [("error", "missing_text")]


def test_an_empty_text_is_no_reading_error(file):
    assert codes(read(file("id,text\nr1,\n"))[0]) == []


def test_a_stray_quotation_mark_costs_its_row_only(file):
    reports = read(file('id,text\nr1,"a "bad" one"\nr2,b\n'))
    assert [(r.id, codes(r)) for r in reports] == [("a.csv:1", [("error", "invalid_csv")]), ("r2", [])]
    assert "line 2" in reports[0].issues[0].message


def test_a_quotation_mark_never_closed_is_an_error_not_a_report(file):
    reports = read(file('id,text\nr1,a\nr2,"b\nr3,c\n'))
    assert [(r.id, codes(r)) for r in reports] == [("r1", []), ("a.csv:2", [("error", "invalid_csv")]), ("r3", [])]


def test_columns_named_twice_are_all_kept(file):
    (report,) = read(file("id,text,text,\nr1,a,b,c\n"))
    assert (report.text, report.meta) == ("a", {"text.2": "b", "column_4": "c"})


def test_a_column_called_sentences_is_a_column_like_any_other(file):
    (report,) = read(file("id,text,sentences\nr1,a,3\n"))
    assert (report.text, report.sentences, report.meta) == ("a", None, {"sentences": "3"})


def test_a_header_alone_has_no_reports_and_an_empty_file_no_header(file):
    assert read(file("id,text\n")) == []
    with pytest.raises(ReportError, match="the file is empty"):
        read_reports([file("")])


def test_long_fields_and_nul_characters(file):
    (report,) = read(file("id,text\nr1,\0" + "x" * 3_000_000))
    assert len(report.text) == 3_000_001


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\na,Clear.\nb,"A nodule.\n' + "".join(f"r{n},Clear.\n" for n in range(1000)))
    first, bad, *others = read_reports([path])
    assert (first.id, [r.id for r in others]) == ("a", [f"r{n}" for n in range(1000)])
    assert "line 3 is not CSV: a quotation mark is not closed" in bad.issues[0].message


def test_lines_that_a_broken_row_takes_with_it_are_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\nb,"A nodule.\nc,Clear.\nd,"Clear."\ne,Clear.\n')
    bad, last = read_reports([path])
    assert "begins on line 2 is not CSV" in bad.issues[0].message and "on line 4" in bad.issues[0].message
    assert last.id == "e"


def test_a_row_of_endless_lines_is_given_up_before_it_fills_the_memory(tmp_path, monkeypatch):
    from radnlp.batch.readers import csv

    monkeypatch.setattr(csv, "LONGEST_ROW", 10_000)
    path = tmp_path / "a.csv"
    path.write_text('id,text\nb,"A nodule.\n' + "".join(f"r{n},Clear.\n" for n in range(5000)))
    bad, *others = read_reports([path])
    assert len(others) == 5000 and not bad.readable


def test_a_file_without_a_header_shows_no_report(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('r1,"Jane Doe has an 8 mm nodule in the right upper lobe."\nr2,No effusion.\n')
    with pytest.raises(
        ReportError, match=r"it has 'r1', one of 52 characters \(is the first row a header\?\)"
    ) as caught:
        read_reports([path])
    assert "Doe" not in str(caught.value)
