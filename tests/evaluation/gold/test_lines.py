import pytest

from radnlp.errors import ReportError
from radnlp.evaluation.gold.lines import csv_rows, json_objects


def test_json_objects_know_their_line(write):
    path = write("a.jsonl", {"a": 1}, "", {"a": 2})
    assert list(json_objects(path)) == [(f"{path}:1", {"a": 1}), (f"{path}:3", {"a": 2})]


@pytest.mark.parametrize(
    ("line", "fault"), [("{", "not JSON"), ("[1]", "a JSON list"), ("[" * 100_000, "too deeply"), ('"x"', "a JSON str")]
)
def test_what_is_no_object_is_refused_with_its_line(write, line, fault):
    path = write("a.jsonl", {"a": 1}, line)
    with pytest.raises(ReportError, match=rf"a\.jsonl:2: .*{fault}"):
        list(json_objects(path))


def test_csv_rows_know_the_line_they_begin_on(write):
    path = write("a.csv", "id,text", '1,"two\nlines"', "", "2,form\x0cfeed")
    rows = [(place.rpartition(":")[2], row) for place, row in csv_rows(path, columns=["id"])]
    assert rows == [("2", {"id": "1", "text": "two\nlines"}), ("5", {"id": "2", "text": "form\x0cfeed"})]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["uid,text"], r"a\.csv:1: there is no column 'id'; did you mean 'uid'"),
        (["id,text,id"], r"a\.csv:1: there are several columns 'id'"),
        (["id,text", "1,a,b"], r"a\.csv:2: the row has 3 cells and the header 2"),
        (["id,text", '1,"a"b'], r"a\.csv:2: the row is not CSV"),
        ([], r"a\.csv:1: the file is empty"),
    ],
)
def test_a_table_that_is_not_one_is_refused(write, lines, fault):
    path = write("a.csv", *lines)
    with pytest.raises(ReportError, match=fault):
        list(csv_rows(path, columns=["id"]))


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path):
    with pytest.raises(ReportError, match="no such file"):
        list(json_objects(tmp_path / "a.jsonl"))
    (tmp_path / "b.jsonl").write_bytes("결절".encode("cp949"))
    with pytest.raises(ReportError, match="byte 0 is not utf-8"):
        list(json_objects(tmp_path / "b.jsonl"))
