"""A report as data: pieces of text, and who points to which of them."""

from dataclasses import replace

import pytest

from radnlp.evaluation.mistakes import mistakes
from radnlp.evaluation.page.lines import Case, report_line
from radnlp.records import EvidenceSpan, Extraction, Finding, Relation, Report, Sentence

TEXT = "Old scar.\r\nMass on the left."


def extraction(*findings, **fields):
    return Extraction(report_id="r1", schema="chest_ct", schema_version="", findings=findings, **fields)


def finding(key, start, end, **fields):
    span = EvidenceSpan(start=start, end=end, text=TEXT[start:end])
    return Finding(key=key, status="present", evidence=(span,), **fields)


@pytest.fixture
def line(result):
    def make(gold, said, *, with_text=True, findings=True):
        report = Report(id="r1", text=TEXT)
        wrong = tuple(mistakes(result.schema, gold, said, findings=findings))
        case = Case(split=0, report=report, gold=gold, said=(said,), raw=(said,), wrong=(wrong,), findings=findings)
        return report_line(result, case, ["rules"], with_text=with_text)

    return make


def test_the_text_is_cut_at_every_border(line):
    made = line(extraction(finding("fibrosis", 0, 8)), extraction(finding("fibrosis", 4, 8)))
    assert made["cuts"] == [0, 4, 8, len(TEXT)]
    assert made["text"] == ["Old ", "scar", ".\nMass on the left."]
    assert made["gold"][0][3] == [[0, 2]]
    assert made["said"][0][0][3] == [[1, 2]]
    assert made["raw"] == TEXT, "the eye gets another line end"
    assert made["altered"] == [[9, 10, 0]], "the carriage return, of which nothing is shown"


def test_words_that_give_a_value_are_told_with_their_key(line):
    span = EvidenceSpan(start=23, end=27, text="left")
    relation = Relation(key="mass", type="located_in", value="left_lung", value_evidence=(span,), source="rules")
    said = extraction(finding("mass", 11, 15, values={"located_in": ("left_lung",)}), relations=(relation,))
    made = line(extraction(), said)
    ((key, value, start, end),) = made["values"][0]
    assert (key, value) == (7, "left_lung")
    assert "".join(made["text"][start:end]) == "left"


def test_offsets_outside_of_the_text_point_nowhere(line):
    said = extraction(Finding(key="mass", status="present", evidence=(EvidenceSpan(start=20, end=999, text=""),)))
    made = line(extraction(), said)
    assert made["said"][0][0][3] == []
    assert made["cuts"] == [0, len(TEXT)]


def test_sentences_with_the_label_of_gold_and_of_each_system(line):
    sentences = tuple(
        Sentence(index=number, start=start, end=end, label="positive")
        for number, (start, end) in enumerate([(0, 9), (11, 28)])
    )
    said = extraction(finding("mass", 11, 15), sentences=(replace(sentences[0], label="negative"),))
    made = line(extraction(sentences=sentences), said, findings=False)
    assert made["sentences"] == [[0, 0, 1, "positive", ["negative"]], [1, 2, 3, "positive", [None]]]
    assert made["said"] == [[]], "gold does not label findings"


def test_without_text_there_are_offsets_alone(line):
    made = line(extraction(finding("mass", 11, 15)), extraction(), with_text=False)
    assert "text" not in made
    assert "raw" not in made
    assert made["cuts"] == [0, 11, 15, len(TEXT)]
    assert made["why"] == [{"mass": []}]
