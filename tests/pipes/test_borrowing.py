"""Spans of others become matches, beside the terms of the lexicon."""

from dataclasses import replace

import pytest

from radnlp.pipes import MentionStage, StatusStage, TextStage
from radnlp.pipes.borrowing import Borrowing
from radnlp.pipes.draft import BorrowedSpan, Draft
from radnlp.records import Cue, Report

TEXT = "No nodule in RUL. A spot and a mass in LLL."


@pytest.fixture
def borrow(lexicon, schema):
    """The draft of a text after text and mentions, with spans given as (words, entity)."""

    def borrow(*spans, add="values", text=TEXT, said=None, report=None):
        draft = Draft(report=report or Report(id="r1", text=text))
        places = [(text.index(words), text.index(words) + len(words), entity) for words, entity in spans]
        draft.borrowed = tuple(BorrowedSpan(start=a, end=b, entity=entity, said=said) for a, b, entity in places)
        for stage in (TextStage(lexicon), MentionStage(lexicon, Borrowing(schema=schema, add=add))):
            stage.work([draft])
        return draft

    return borrow


def matches(draft):
    text = draft.report.text
    return [(text[match.start : match.end], match.entities, match.sentence) for match in draft.matches]


def test_the_lexicon_still_names_places_and_no_more_keys(borrow):
    assert matches(borrow(("spot", "nodules"))) == [
        ("RUL", ("rul",), 0),
        ("spot", ("nodules",), 1),
        ("LLL", ("lll",), 1),
    ]


def test_nothing_but_the_spans(borrow):
    assert matches(borrow(("spot", "nodules"), add="none")) == [("spot", ("nodules",), 1)]


def test_all_terms_that_stand_in_no_span_of_their_kind(borrow):
    assert matches(borrow(("No nodule", "mass"), ("A spot", "rul"), add="all")) == [
        ("No nodule", ("mass",), 0),
        ("RUL", ("rul",), 0),
        ("A spot", ("rul",), 1),
        ("mass", ("mass",), 1),
        ("LLL", ("lll",), 1),
    ]


def test_a_place_inside_a_finding_is_still_found(borrow):
    assert matches(borrow(("nodule in RUL", "nodules")))[:2] == [
        ("nodule in RUL", ("nodules",), 0),
        ("RUL", ("rul",), 0),
    ]


def test_one_place_in_the_text_may_name_several_entities(borrow):
    assert matches(borrow(("spot", "mass"), ("spot", "nodules"), add="none")) == [("spot", ("nodules", "mass"), 1)]


def test_what_reaches_into_the_next_sentence_is_cut_and_said(borrow):
    draft = borrow(("nodule in RUL. A spot", "nodules"), add="none")
    assert matches(draft) == [("nodule in RUL.", ("nodules",), 0)]
    assert [(issue.code, issue.message[:27]) for issue in draft.issues] == [("span_cut", "1 spans reach over the end ")]


def test_what_starts_in_no_sentence_is_left_out_and_said(borrow):
    report = Report(id="r1", text=TEXT, sentences=((0, 17),))
    draft = borrow(("spot", "nodules"), add="none", report=report)
    assert matches(draft) == []
    assert [issue.code for issue in draft.issues] == ["span_cut"]


def test_without_spans_asked_for_the_lexicon_finds_all(borrow, lexicon):
    draft = borrow()
    draft.borrowed = None
    MentionStage(lexicon).work([draft])
    assert [words for words, _, _ in matches(draft)] == ["nodule", "RUL", "mass", "LLL"]


# Status


class Silent:
    """A status engine without cues."""

    def cues(self, text, start, end, targets):
        return [() for _ in targets]


class Never:
    """A status engine that must not be asked."""

    def cues(self, text, start, end, targets):
        raise AssertionError("the engine was asked")


def test_what_their_component_says_decides_the_status(borrow, schema):
    cue = Cue(start=3, end=9, text="nodule", category="negated", direction="bidirectional", literal="x", scope=(3, 9))
    for said, status in ((cue,), "absent"), ((), "present"):
        draft = borrow(("nodule", "nodules"), said=said)
        StatusStage(schema, Never()).work([draft])
        assert not draft.issues
        (mention,) = [mention for mention in draft.mentions if mention.entity == "nodules"]
        assert (mention.status, mention.cues) == (status, said)


class Overruling:
    """Stands for what reads openings and remnants: it calls everything historical."""

    def read(self, draft, mentions, carried=None):
        return tuple(replace(mention, status="historical") for mention in mentions)


def test_nothing_overrules_what_their_component_says(borrow, schema):
    for said, status in ((), "present"), (None, "historical"):
        draft = borrow(("spot", "nodules"), add="none", said=said)
        engine = Never() if said is not None else Silent()
        StatusStage(schema, engine, openings=Overruling(), remnants=Overruling()).work([draft])
        assert [mention.status for mention in draft.mentions] == [status]


def test_of_a_place_nothing_is_said(borrow):
    assert borrow(("RUL", "rul"), add="none", said=()).said == {}
