"""NOTE_NLP as a file."""

import csv
import json

import pytest

from radnlp.batch import create_format, run
from radnlp.batch.formats.omop import NOTE_NLP
from radnlp.errors import ConfigError


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "notes.jsonl"
    rows = [{"id": 5, "text": "A nodule."}, {"id": 6, "text": "Clear."}, {"id": 7, "text": 'nodule, "RUL"'}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "not json\n")
    return path


def test_a_file_with_the_columns_of_the_model_numbered_from_one(source, tmp_path, make_job):
    out = tmp_path / "note_nlp.csv"
    summary = run(make_job(source, out, "note-nlp"))
    assert (summary.reports, summary.failed) == (4, 1)  # the line that is no JSON has no number and no finding
    with out.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == [column.name for column in NOTE_NLP]
    assert [row[:2] for row in rows] == [["1", "5"], ["2", "7"]]
    assert [dict(zip(header, row, strict=True))["snippet"] for row in rows] == ["A nodule.", 'nodule, "RUL"']


def test_no_findings_are_a_header(tmp_path, make_job):
    (tmp_path / "notes.csv").write_text("id,text\n1,Clear.\n")
    run(make_job(tmp_path / "notes.csv", tmp_path / "out.csv", "note-nlp"))
    assert (tmp_path / "out.csv").read_text().splitlines() == [",".join(column.name for column in NOTE_NLP)]


def test_without_words_there_is_no_note_nlp(schema):
    with pytest.raises(ConfigError, match="--no-text: note-nlp cannot be written without the words"):
        create_format("note-nlp", schema, with_text=False)
