"""JSON lines."""

import io
import json
import resource

import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def codes(report):
    return [(issue.level, issue.code) for issue in report.issues]


def test_a_line_is_a_report_and_blank_lines_are_none(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "r1", "text": "No nodule."}\n\n  \r\n{"text": "RUL nodule."}\r\n')
    assert [(r.id, r.text) for r in read_reports([path])] == [("r1", "No nodule."), ("a.jsonl:4", "RUL nodule.")]


def test_invalid_json_on_line_7_costs_line_7_only(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": str(n), "text": "x"}) for n in range(1, 10)]
    lines[6] = '{"id": "7", "text": "SECRET'
    path.write_text("\n".join(lines))
    reports = list(read_reports([path]))
    assert [r.id for r in reports] == ["1", "2", "3", "4", "5", "6", "a.jsonl:7", "8", "9"]
    assert codes(reports[6]) == [("error", "invalid_json")]
    assert "SECRET" not in reports[6].issues[0].message


@pytest.mark.parametrize("line", ["[1]", '"text"', "7", "null"])
def test_a_line_that_is_no_object_is_an_error(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line)
    assert [codes(r) for r in read_reports([path])] == [[("error", "not_an_object")]]


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"text": "", "a": ' + "[" * 600 + "]" * 600 + "}", '{"a": ' + "9" * 5000 + "}"]
)
def test_absurd_json_is_an_error(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text(line)
    (report,) = read_reports([path])
    assert codes(report) == [("error", "invalid_json")]


def test_nan_in_another_column_is_null(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "age": NaN, "dose": 1e999}')
    (report,) = read_reports([path])
    assert report.meta == {"age": None, "dose": None}


def test_only_a_leading_byte_order_mark_goes(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('\ufeff{"text": "a"}\n{"text": "\ufeffb"}\n'.encode())
    assert [r.text for r in read_reports([path])] == ["a", "\ufeffb"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp949", "우상엽 결절"), ("shift_jis", "右上葉に結節ソ"), ("utf-16", "결절"), ("utf-8-sig", "결절")],
)
def test_encodings(tmp_path, encoding, text):
    path = tmp_path / "a.jsonl"
    path.write_bytes(f'{{"text": "{text}"}}\n{{"text": "{text}"}}\n'.encode(encoding))
    assert [r.text for r in read_reports([path], options=ReadOptions(encoding=encoding))] == [text, text]


def test_the_wrong_encoding_is_refused_before_the_first_report(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "a"}\n{"text": "결절"}\n'.encode("cp949"))
    with pytest.raises(
        ReportError, match=r"a\.jsonl: byte 24 is not utf-8; .*--encoding cp949 or --encoding shift_jis"
    ):
        read_reports([path])


def test_a_bad_byte_far_down_costs_its_line_only(tmp_path):
    path = tmp_path / "a.jsonl"
    filler = b'{"text": "' + b"x" * 5_000_000 + b'"}\n'
    path.write_bytes(filler + b'{"text": "\xb0\xe1"}\n{"id": "last", "text": "y"}\n')
    reports = list(read_reports([path]))
    assert len(reports[0].text) == 5_000_000
    assert (reports[1].id, codes(reports[1])) == ("a.jsonl:2", [("error", "invalid_encoding")])
    assert reports[2].id == "last"


def test_an_empty_file_has_no_reports(tmp_path):
    (tmp_path / "a.jsonl").touch()
    assert list(read_reports([tmp_path / "a.jsonl"])) == []


def test_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"id": "r1", "text": "a"}\n{"text": "b"}\nnonsense'))
    monkeypatch.setattr("sys.stdin", stdin)
    assert [r.id for r in read_reports(["-"])] == ["r1", "-:2", "-:3"]


def test_standard_input_in_another_encoding(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('{"text": "결절"}'.encode("cp949"))))
    with pytest.raises(ReportError, match="-: byte 10 is not utf-8"):
        list(read_reports(["-"]))


def test_lone_surrogates_come_through(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "nodule \\ud800"}')
    (report,) = read_reports([path])
    assert report.text == "nodule \ud800"


def test_a_line_of_100_mb_costs_only_itself_and_no_memory(tmp_path):
    path = tmp_path / "r.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "a", "text": "Nodule."}\n{"id": "long", "text": "')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"id": "b", "text": "Effusion."}\n')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reports = list(read_reports([path]))
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert [(report.id, report.readable) for report in reports] == [("a", True), ("r.jsonl:2", False), ("b", True)]
    (issue,) = reports[1].issues
    assert (issue.code, issue.message) == ("line_too_long", "the line is longer than 64 MiB; a line holds one report")
    assert used < 200, "two pieces of the line at a time, in MB"


def test_a_text_of_eleven_million_characters_is_no_report(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"id": "long", "text": "x" * 11_000_000}))
    (report,) = read_reports([path])
    assert (report.id, report.text, [issue.code for issue in report.issues]) == ("long", "", ["text_too_long"])
    assert "11,000,000 characters" in report.issues[0].message


def test_one_bad_byte_near_the_beginning_costs_its_own_line(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": str(n), "text": "Clear."}).encode() for n in range(90)]
    lines[4] = b'{"id": "4", "text": "Nodule \xff"}'
    path.write_bytes(b"\n".join(lines))
    reports = list(read_reports([path]))
    assert len(reports) == 90
    assert [(n, r.issues[0].code) for n, r in enumerate(reports) if r.issues] == [(4, "invalid_encoding")]
