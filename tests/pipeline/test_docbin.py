"""Finished Docs in a file: what is read back is what ``nlp(text)`` gives."""

import pytest
from spacy.tokens import DocBin

import radnlp
from radnlp.errors import ConfigError
from radnlp.pipeline import doc_bin, stream
from radnlp.records import Issue, Report
from radnlp.records.wire import to_json

TEXTS = [
    "A nodule of 8 mm in the right upper lobe. No pleural effusion.",
    "Nodule 🫁 in the RUL.\r\nMass\x00 in\u3000the LLL.",
    "Half \ud83d: mass.",
    "",
    " \n",
]


@pytest.fixture(scope="module")
def nlp():
    return radnlp.load("chest_xray")


def read_back(content, nlp):
    return list(DocBin().from_bytes(content).get_docs(nlp.vocab))


def spans(doc):
    return [
        (span.start_char, span.end_char, span.label_, span.id_, span._.rad_key, span._.rad_status)
        for span in doc.spans["radnlp"]
    ]


def test_a_doc_comes_back_as_the_pipeline_left_it(nlp):
    made = [nlp(text) for text in TEXTS]
    content = doc_bin((Report(id="", text=text), doc._.rad) for text, doc in zip(TEXTS, made, strict=True))
    for doc, back in zip(made, read_back(content, nlp), strict=True):
        assert back.text == doc.text
        assert [token.text_with_ws for token in back] == [token.text_with_ws for token in doc]
        assert back._.rad == doc._.rad
        assert spans(back) == spans(doc)
        assert back.user_data == doc.user_data
        assert back.to_json() == doc.to_json()
    assert spans(made[0])


def test_id_patient_date_and_columns_are_on_the_doc(nlp):
    report = Report(id="r1", text="Mass.", patient_id="p1", study_date="2024-03-01", meta={"ward": ["A", 1]})
    (back,) = read_back(doc_bin(zip([report], stream(nlp, [report]), strict=True)), nlp)
    rad = back._.rad
    assert (rad.report_id, rad.patient_id, rad.study_date, rad.meta) == ("r1", "p1", "2024-03-01", {"ward": ["A", 1]})


def test_a_report_with_an_error_is_a_doc_that_says_so(nlp):
    issue = Issue(level="error", stage="read", code="bad_json", message="line 7 is not JSON")
    report = Report(id="reports.jsonl:7", text="", issues=(issue,))
    (back,) = read_back(doc_bin(zip([report], stream(nlp, [report]), strict=True)), nlp)
    assert (len(back), back._.rad.issues) == (0, (issue,))


def test_no_reports_are_an_empty_file(nlp):
    assert read_back(doc_bin([]), nlp) == []


def test_two_runs_give_the_same_bytes(nlp):
    read = [(Report(id="", text=text), nlp(text)._.rad) for text in TEXTS]
    assert doc_bin(read) == doc_bin(read)
    assert to_json(read[0][1]) in str(DocBin().from_bytes(doc_bin(read)).user_data[0].decode("utf-8", "replace"))


def test_more_than_a_file_holds_is_refused_in_one_sentence(monkeypatch):
    def full(self):
        raise ValueError("bytes object is too large")

    monkeypatch.setattr(DocBin, "to_bytes", full)
    with pytest.raises(ConfigError, match="docbin: 0 reports are more than one DocBin can hold; give fewer"):
        doc_bin([])
