"""Sections and sentences, and what is odd about the text itself."""

import pytest

from radnlp.pipes import TextStage
from radnlp.pipes.draft import Draft
from radnlp.records import Issue, Report


@pytest.fixture
def read_text(lexicon):
    def run(text, **more):
        draft = Draft(report=Report(id="r1", text=text, **more))
        TextStage(lexicon).work([draft])
        return draft

    return run


def test_sections_and_sentences_are_found(read_text):
    draft = read_text("Technique: CT. Findings: nodule. Mass.")
    assert [section.id for section in draft.sections] == ["technique", "findings"]
    assert [sentence.section for sentence in draft.sentences] == ["technique", "findings", "findings"]
    assert draft.issues == []


@pytest.mark.parametrize("text", ["", " \n\t", "\u3000"])
def test_a_report_without_text_is_a_warning(read_text, text):
    draft = read_text(text)
    assert [(issue.level, issue.code) for issue in draft.issues] == [("warning", "empty_text")]
    assert draft.sentences == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Nodule\x00.", "nul_character"), ("Nodule \ud800.", "lone_surrogate"), ("a\udfffb", "lone_surrog")],
)
def test_odd_characters_are_a_warning_without_the_text(read_text, text, code):
    (issue,) = read_text(text).issues
    assert issue.level == "warning" and issue.code.startswith(code)
    assert "Nodule" not in issue.message


def test_sentences_that_the_input_fixes_are_kept_exactly(read_text):
    text = "Findings: nodule. Mass\n\nline one\nline two"
    spans = ((0, 22), (23, 23), (24, 41))
    draft = read_text(text, sentences=spans)
    assert [(sentence.start, sentence.end) for sentence in draft.sentences] == list(spans)
    assert [sentence.index for sentence in draft.sentences] == [0, 1, 2]
    assert draft.sentences[2].section == "findings"


def test_no_fixed_sentences_are_no_sentences(read_text):
    assert read_text("Nodule.", sentences=()).sentences == ()


def test_a_report_that_could_not_be_read_is_not_processed(read):
    fault = Issue(level="error", stage="read", code="invalid_json", message="not JSON")
    (extraction,) = read(Report(id="f:7", text="Nodule in RUL.\x00", issues=(fault,)))
    assert (extraction.findings, extraction.mentions, extraction.sentences) == ((), (), ())
    assert extraction.issues == (fault,)


def test_a_warning_of_the_reader_stops_nothing(read):
    warning = Issue(level="warning", stage="read", code="duplicate_id", message="twice")
    (extraction,) = read(Report(id="r1", text="Nodule.", issues=(warning,)))
    assert len(extraction.findings) == 1
    assert extraction.issues == (warning,)
