"""The format docbin: a file that spaCy reads in a process of its own."""

import json
import subprocess
import sys
from io import BytesIO

import pytest

from radnlp.batch import create_format, format_for_path
from radnlp.errors import ConfigError
from radnlp.records import Issue, Report

FRESH = """
import json, sys
import spacy
from spacy.tokens import DocBin
from spacy.training import Corpus

nlp = spacy.blank("xx")
docs = list(DocBin().from_disk(sys.argv[1]).get_docs(nlp.vocab))
rows = [[doc.text, doc._.rad.report_id, [f.key for f in doc._.rad.findings], list(doc.spans)] for doc in docs]
corpus = [example.reference._.rad.report_id for example in Corpus(sys.argv[1])(nlp)]
print(json.dumps([rows, corpus]))
"""


def write(form, reports, engine, path):
    lines = [form.part(report, engine.extract(report), with_text=True) for report in reports]
    assert all("\n" not in line for line in lines)
    with path.open("wb") as out:
        form.finish(iter(lines), out)


def test_spacy_reads_the_file_in_a_fresh_process(schema, word_engine, tmp_path):
    issue = Issue(level="error", stage="read", code="bad_json", message="not JSON")
    reports = [
        Report(id="r1", text="A nodule in the RUL.\r\nClear 🫁."),
        Report(id="r2", text="결절 없음."),
        Report(id="f:3", text="", issues=(issue,)),
    ]
    path = tmp_path / "findings.spacy"
    write(create_format("docbin", schema), reports, word_engine(), path)
    done = subprocess.run([sys.executable, "-c", FRESH, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows, corpus = json.loads(done.stdout)
    assert rows == [
        ["A nodule in the RUL.\r\nClear 🫁.", "r1", ["nodules"], ["radnlp"]],
        ["결절 없음.", "r2", [], ["radnlp"]],
        ["", "f:3", [], ["radnlp"]],
    ]
    assert corpus == ["r1", "r2"]  # spaCy's Corpus passes over empty Docs


def test_the_suffix_chooses_it():
    assert format_for_path("findings.spacy") == "docbin"


def test_a_doc_without_its_text_is_refused_in_one_sentence(schema):
    with pytest.raises(ConfigError, match=r"^--no-text: docbin cannot be written without the words: a Doc is its text"):
        create_format("docbin", schema, with_text=False)


def test_no_reports_are_a_file_too(schema):
    out = BytesIO()
    create_format("docbin", schema).finish(iter(()), out)
    assert out.getvalue()
