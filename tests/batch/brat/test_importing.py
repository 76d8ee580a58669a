"""Projects that other people annotated."""

import pytest

from radnlp.batch.brat import read_project
from radnlp.errors import ReportError
from radnlp.schema import Labels


@pytest.fixture
def read(schema, lexicon, tmp_path):
    def read(**files):
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return list(read_project(tmp_path, schema=schema, lexicon=lexicon, labels=Labels(schema)))

    return read


def test_reports_are_called_by_their_path_and_texts_without_annotations_are_left_out(read):
    rows = read(b_txt="No mass.", b_ann="", sub__a_txt="A mass.", sub__a_ann="T1\tmass 2 6\tmass\n", c_txt="A nodule.")
    assert [(row.report.id, [f.key for f in row.gold.findings]) for row in rows] == [
        ("b.txt", []),
        ("sub/a.txt", ["mass"]),
    ]
    assert rows[1].gold.schema == "tiny"
    assert [sentence.end for sentence in rows[1].gold.sentences] == [7]


def test_offsets_count_code_points_and_both_characters_of_a_line_break_of_windows(read):
    (row,) = read(a_txt="\U0001f9e0\r\nA mass.", a_ann="T1\tmass 5 9\tmass\n")
    assert row.faults == ()
    assert row.gold.findings[0].evidence[0].text == "mass"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no .txt file with an .ann file beside it"),
        ({"a_txt": "A mass."}, "no .txt file with an .ann file beside it"),
        ({"a_txt": b"\xff", "a_ann": ""}, "a.txt: byte 0 is not UTF-8, which brat writes"),
        ({"a_txt": "\ufeffA mass.", "a_ann": ""}, "a.txt: begins with a byte-order mark, which brat counts"),
    ],
)
def test_folders_that_cannot_be_read(read, files, message):
    with pytest.raises(ReportError) as caught:
        read(**files)
    assert message in str(caught.value)


def test_a_folder_that_is_not_there(schema, lexicon, tmp_path):
    with pytest.raises(ReportError, match="there is no such folder"):
        list(read_project(tmp_path / "none", schema=schema, lexicon=lexicon, labels=Labels(schema)))


def test_damaged_ids(read, tmp_path):
    (tmp_path / "report_ids.jsonl").write_text('{"file": "a.txt"}\n', "utf-8")
    with pytest.raises(ReportError, match=r"report_ids\.jsonl:1: not a line"):
        read(a_txt="A mass.", a_ann="")
