"""What a spaCy user sees on Doc and Span."""

import pytest
from spacy.tokens import Doc, Span

from radnlp.pipes import EXTRACTION, SPAN_GROUP, StagePipe, finish_doc, register_extensions
from radnlp.records.wire import from_json


@pytest.fixture
def doc(nlp, make_stages):
    return StagePipe(make_stages(), finish_doc)(nlp.make_doc("No  nodule in RUL. Mass in both lungs."))


def test_the_extraction_is_on_the_doc_as_json_and_as_a_record(doc):
    assert isinstance(doc.user_data[EXTRACTION], str)
    assert doc._.rad == from_json(doc.user_data[EXTRACTION])
    assert [finding.key for finding in doc._.rad.findings] == ["nodules", "mass"]


def test_each_mention_is_a_span_with_key_and_status(doc):
    spans = [(span.text, span.label_, span._.rad_key, span._.rad_status) for span in doc.spans[SPAN_GROUP]]
    assert spans == [
        ("nodule", "nodules", "nodules", "absent"),
        ("RUL", "rul", "rul", None),
        ("Mass", "mass", "mass", "present"),
        ("both lungs", "both", "both", None),
    ]


def test_spans_cover_their_mentions_under_another_tokenizer(make_stages):
    import spacy

    doc = StagePipe(make_stages(), finish_doc)(spacy.blank("en")("Mass/nodule는 RUL에"))
    assert [(span.text, span.label_) for span in doc.spans[SPAN_GROUP]] == [
        ("Mass", "mass"),
        ("nodule는", "nodules"),
        ("RUL에", "rul"),
    ]
    assert [(m.start, m.end) for m in doc._.rad.mentions] == [(0, 4), (5, 11), (13, 16)]


def test_before_a_pipeline_has_finished_there_is_nothing(nlp):
    doc = nlp.make_doc("Nodule.")
    assert doc._.rad is None
    assert (doc[0:1]._.rad_key, doc[0:1]._.rad_status) == (None, None)


def test_spans_of_somebody_else_have_no_key(doc):
    assert doc[0:1]._.rad_key is None
    assert Span(doc, 0, 1, label="nodules")._.rad_status is None
    assert Span(doc, 0, 1, label="other", span_id="0")._.rad_key is None
    assert Span(doc, 0, 1, label="other", span_id="999")._.rad_key is None


def test_registering_again_changes_nothing(doc):
    before = Doc.get_extension("rad")
    register_extensions()
    assert Doc.get_extension("rad") == before
