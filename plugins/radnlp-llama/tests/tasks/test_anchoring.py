"""Where relations stand in a report: the mention of the key, and that of the value nearest to it."""

from functools import cache

import pytest
from radnlp_llama.tasks.anchoring import Anchors

from radnlp.api import EvidenceSpan, KeyPrediction, Relation, default_catalogue


@cache
def anchors_of(schema):
    return Anchors(*default_catalogue().schema(schema))


def anchored(request, key, relation, value, schema="chest_ct"):
    anchors = anchors_of(schema).on(request)
    found = next((k for k in request.keys if k.key == key), KeyPrediction(key=key, status="present"))
    return anchors.anchored(Relation(key=key, type=relation, value=value, source="llama"), found)


def words(relation):
    return (
        [span.text for span in relation.key_evidence],
        [span.text for span in relation.value_evidence],
    )


@pytest.mark.parametrize(
    ("text", "value", "key_words", "value_words"),
    [
        ("Nodule in the RUL.", "rul", ["Nodule"], ["RUL"]),
        ("RLL: scar. Nodule in the RUL, another nodule in the RLL.", "rll", ["nodule"], ["RLL"]),
        ("RUL is clear. There is a nodule. It lies in the LLL.", "lll", ["nodule"], ["LLL"]),
        ("No nodule in the RUL. Nodules in the LUL and RUL.", "rul", ["Nodules"], ["RUL"]),
        ("Nodules in both lungs.", "left_lung", ["Nodules"], ["both lungs"]),
        ("Nodules in the RLL and LLL.", "bll", ["Nodules"], ["RLL", "LLL"]),
        ("Nodules in both lower lobes.", "lll", ["Nodules"], ["both lower lobes"]),
        ("Perifissural nodule.", "pleural", ["nodule"], ["Perifissural"]),
    ],
)
def test_nearest_mentions(request_for, text, value, key_words, value_words):
    assert words(anchored(request_for(text), "nodules", "located_in", value)) == (key_words, value_words)


def test_the_evidence_is_the_text_at_its_offsets(request_for):
    text = "Findings:\n우상엽에 결절 (nodule)."
    relation = anchored(request_for(text), "nodules", "located_in", "rul")
    for span in (*relation.key_evidence, *relation.value_evidence):
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nodule in the RUL.", "lll"),
        ("Nodule in the RUL.", "bul"),  # one of its parts alone
        ("Nodule.", "rul"),
    ],
)
def test_a_value_that_nobody_names_has_no_anchor(request_for, text, value):
    assert anchored(request_for(text), "nodules", "located_in", value) is None


def test_a_key_that_nobody_names_has_none_either(request_for):
    assert anchored(request_for("Shadow in the RUL."), "mass", "located_in", "rul") is None


def test_a_key_without_mention_stands_where_stage_one_saw_it(request_for):
    text = "Clear. A rounded shadow in the RUL."
    seen = KeyPrediction(key="mass", status="present", evidence=(EvidenceSpan(start=9, end=23, text="rounded shadow"),))
    request = request_for(text)
    anchors = anchors_of("chest_ct").on(request)
    relation = anchors.anchored(Relation(key="mass", type="located_in", value="rul", source="llama"), seen)
    assert words(relation) == (["rounded shadow"], ["RUL"])


@pytest.mark.parametrize(
    ("text", "value", "value_words"),
    [
        ("Glioblastoma, larger than before.", "progression", ["larger than before"]),
        ("Glioblastoma. No interval change.", "stable", ["No interval change", "change", "interval change"]),
        ("Metastases. The glioma is smaller.", "improvement", ["smaller"]),
    ],
)
def test_a_change_is_anchored_at_its_words(request_for, text, value, value_words):
    relation = anchored(request_for(text, "brain_mri"), "glioma", "has_episode", value, "brain_mri")
    assert words(relation)[1][0] in value_words


def test_a_change_that_nobody_tells_has_no_anchor(request_for):
    assert anchored(request_for("Glioblastoma.", "brain_mri"), "glioma", "has_episode", "stable", "brain_mri") is None
