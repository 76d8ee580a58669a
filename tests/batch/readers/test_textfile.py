"""Text files and folders of them."""

import pytest

from radnlp.batch import ReadOptions, read_reports
from radnlp.errors import ReportError


def codes(report):
    return [(issue.level, issue.code) for issue in report.issues]


def test_a_file_is_a_report_called_by_its_name(tmp_path):
    path = tmp_path / "case 1.txt"
    path.write_bytes(b"\xef\xbb\xbf FINDINGS\r\nnodule\r\n")
    (report,) = read_reports([path])
    assert (report.id, report.text) == ("case 1.txt", " FINDINGS\r\nnodule\r\n")


def test_a_folder_is_walked_sorted(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "b/1.TXT", "c.txt", "a.txt", "notes.md"):
        (tmp_path / name).write_text(name)
    assert [(r.id, r.text) for r in read_reports([tmp_path])] == [
        (name, name) for name in ("a.txt", "b/1.TXT", "b/2.txt", "c.txt")
    ]


@pytest.mark.parametrize(("encoding", "text"), [("cp949", "우상엽 결절"), ("shift_jis", "右上葉に結節")])
def test_encodings(tmp_path, encoding, text):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert next(read_reports([tmp_path], options=ReadOptions(encoding=encoding))).text == text
    with pytest.raises(ReportError, match=r"a\.txt: byte 0 is not utf-8; .*--encoding cp949"):
        read_reports([tmp_path / "a.txt"])


def test_in_a_folder_a_file_in_another_encoding_costs_itself_only(tmp_path):
    (tmp_path / "a.txt").write_bytes("결절".encode("cp949"))
    (tmp_path / "b.txt").write_text("nodule")
    reports = list(read_reports([tmp_path]))
    assert [(r.id, codes(r)) for r in reports] == [("a.txt", [("error", "invalid_encoding")]), ("b.txt", [])]


def test_an_empty_file_is_an_empty_report(tmp_path):
    (tmp_path / "a.txt").touch()
    (report,) = read_reports([tmp_path / "a.txt"])
    assert (report.text, report.issues) == ("", ())


def test_a_folder_without_text_is_refused(tmp_path):
    with pytest.raises(ReportError, match=r"no \.txt file in this folder"):
        read_reports([tmp_path])


def test_a_folder_that_cannot_be_read_is_not_passed_over(tmp_path, monkeypatch):
    import os

    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("A nodule.")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):  # root may read everything
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(ReportError, match="closed: cannot be read: Permission denied"):
        read_reports([tmp_path])
