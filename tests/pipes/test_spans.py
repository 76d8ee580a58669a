"""Spans that other components left on a Doc, read for the stage of mentions."""

import pytest
from spacy.tokens import Doc, Span

from radnlp.pipes.draft import Draft
from radnlp.pipes.spans import QUALIFIERS, SpanReader
from radnlp.records import Report
from radnlp.schema import Labels


@pytest.fixture
def extensions():
    """Gives spans attributes as edsnlp does (``None`` until they are set), and takes those away that were not there."""
    added = [name for name in QUALIFIERS if not Span.has_extension(name)]

    def add(*names, default=None):
        for name in names:
            Span.set_extension(name, default=default, force=True)

    before = {name: Span.get_extension(name) for name in QUALIFIERS if Span.has_extension(name)}
    for name in before:
        Span.remove_extension(name)
    yield add
    for name in QUALIFIERS:
        if Span.has_extension(name):
            Span.remove_extension(name)
        if name not in added:
            default, method, getter, setter = before[name]
            Span.set_extension(name, default=default, method=method, getter=getter, setter=setter, force=True)


@pytest.fixture
def doc(nlp):
    words = ["No", "coin", "lesion", "in", "the", "RUL", ".", "\n", "Smith", "."]
    spaces = [True, True, True, True, True, False, False, False, False, False]
    return Doc(nlp.vocab, words=words, spaces=spaces)


@pytest.fixture
def read(schema, doc):
    def read(spans, labels=None, **options):
        doc.spans["sc"] = spans
        draft = Draft(report=Report(id="r1", text=doc.text))
        SpanReader(labels=Labels(schema, labels or {}), **{"group": "sc", **options})(doc, draft)
        return draft

    return read


def found(draft):
    text = draft.report.text
    return [(text[span.start : span.end], span.entity) for span in draft.borrowed]


def codes(draft):
    return [(issue.level, issue.code) for issue in draft.issues]


def test_spans_of_a_group_by_their_label(read, doc):
    draft = read([Span(doc, 5, 6, "RUL"), Span(doc, 1, 3, "SPOT")], {"SPOT": "nodules"})
    assert found(draft) == [("coin lesion", "nodules"), ("RUL", "rul")]
    assert draft.providers["mentions"] == {"name": "doc.spans['sc']"}
    assert codes(draft) == []


def test_entities_of_the_doc(read, doc):
    doc.ents = [Span(doc, 1, 3, "nodules")]
    draft = read([], group=None)
    assert found(draft) == [("coin lesion", "nodules")]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("coin lesion", "nodules")]


def test_of_overlapping_spans_of_one_entity_the_longest_and_of_equal_ones_the_first(read, doc):
    spans = [Span(doc, 2, 3, "nodules"), Span(doc, 1, 3, "nodules"), Span(doc, 2, 4, "nodules"), Span(doc, 1, 3, "X")]
    assert found(read(spans, {"X": "nodules"})) == [("coin lesion", "nodules")]


def test_spans_of_different_entities_may_lie_in_each_other(read, doc):
    spans = [Span(doc, 1, 6, "nodules"), Span(doc, 5, 6, "rul"), Span(doc, 1, 6, "mass")]
    assert sorted(found(read(spans))) == [
        ("RUL", "rul"),
        ("coin lesion in the RUL", "mass"),
        ("coin lesion in the RUL", "nodules"),
    ]


def test_white_space_at_the_ends_is_no_part_of_a_mention(read, doc):
    assert found(read([Span(doc, 5, 8, "rul"), Span(doc, 7, 8, "mass"), Span(doc, 3, 3, "mass")])) == [("RUL.", "rul")]


def test_labels_without_a_meaning_are_one_warning(read, doc):
    spans = [Span(doc, 8, 9, "PERSON"), Span(doc, 1, 2, "PERSON"), Span(doc, 1, 3, "SIZE"), Span(doc, 5, 6, "rul")]
    draft = read(spans)
    assert found(draft) == [("RUL", "rul")]
    assert codes(draft) == [("warning", "unknown_label")]
    assert "3 spans were left out for want of a meaning of the label: 'PERSON' (2), 'SIZE' (1);" in (
        draft.issues[0].message
    )
    assert "Smith" not in draft.issues[0].message


def test_a_label_that_is_to_be_passed_over_is_no_warning(read, doc):
    draft = read([Span(doc, 8, 9, "PERSON")], {"PERSON": ""})
    assert (found(draft), codes(draft)) == ([], [])


def test_a_group_that_is_not_there_is_a_warning_that_names_those_that_are(read):
    draft = read([], group="ents")
    assert draft.borrowed == ()
    assert codes(draft) == [("warning", "no_span_group")]
    assert "no span group 'ents' (mentions.span_key); it has: sc" in draft.issues[0].message


# Qualifiers


def qualified(doc, **values):
    span = Span(doc, 1, 3, "nodules")
    for name, value in values.items():
        setattr(span._, name, value)
    return span


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("negation", "negated"),
        ("hypothesis", "uncertain"),
        ("history", "historical"),
        ("family", "family"),
        ("is_negated", "negated"),
        ("is_uncertain", "uncertain"),
        ("is_historical", "historical"),
        ("is_hypothetical", "question"),
        ("is_family", "family"),
        ("negex", "negated"),
    ],
)
def test_an_attribute_that_is_true_becomes_a_cue(read, doc, extensions, name, category):
    extensions(name)
    (span,) = read([qualified(doc, **{name: True})], qualifiers=True).borrowed
    (cue,) = span.said
    assert (cue.category, cue.literal, cue.text) == (category, f"span._.{name}", "coin lesion")
    assert doc.text[cue.start : cue.end] == cue.text


def test_attributes_that_are_false_say_that_nothing_acts_on_the_span(read, doc, extensions):
    extensions("negation", "family")
    (span,) = read([qualified(doc, negation=False)], qualifiers=True).borrowed
    assert span.said == ()


def test_without_attributes_the_cues_decide_and_that_is_said_once(read, doc, extensions):
    extensions("negation")
    draft = read([qualified(doc), Span(doc, 5, 6, "rul")], qualifiers=True)
    assert {span.said for span in draft.borrowed} == {None}
    assert codes(draft) == [("warning", "no_qualifiers")]


def test_attributes_are_not_looked_at_unasked(read, doc, extensions):
    extensions("negation")
    (span,) = read([qualified(doc, negation=True)]).borrowed
    assert span.said is None
