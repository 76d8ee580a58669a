"""Terms in a report: longest match, whole words, inside one sentence, exact offsets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.records import Sentence, Term
from radnlp.text import SentenceSplitter, TermMatcher


def term(phrase, *entities):
    return Term(phrase=phrase, entities=entities, owner="terms.toml")


MATCHER = TermMatcher(
    [
        term("nodule", "nodules"),
        term("nodules", "nodules"),
        term("ground-glass nodule", "nodules", "ggo"),
        term("ground glass opacity", "ggo"),
        term("ggo", "ggo"),
        term("effusion", "pleural_effusion"),
        term("pleural effusion", "pleural_effusion"),
        term("pericardial effusion"),
        term("thyroid nodule"),
        term("s6", "s6"),
        term("rul", "rul"),
        term("결절", "nodules"),
        term("結節", "nodules"),
        term("both lungs", "right_lung", "left_lung"),
    ]
)


def found(text, sentences=None):
    if sentences is None:
        sentences = [Sentence(index=0, start=0, end=len(text))]
    return [(text[m.start : m.end], *m.entities) for m in MATCHER.find(text, sentences)]


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        # the longest of those that start first
        ("pleural effusion", [("pleural effusion", "pleural_effusion")]),
        ("effusion", [("effusion", "pleural_effusion")]),
        ("ground-glass nodule", [("ground-glass nodule", "nodules", "ggo")]),
        ("nodules in both lungs", [("nodules", "nodules"), ("both lungs", "right_lung", "left_lung")]),
        # case, hyphens, spaces, line breaks, full width
        ("Ground Glass Opacity", [("Ground Glass Opacity", "ggo")]),
        ("ground\u2011glass opacity", [("ground\u2011glass opacity", "ggo")]),
        ("ground-\nglass opacity", []),
        ("pleural  effusion", [("pleural  effusion", "pleural_effusion")]),
        ("pleural\r\neffusion", [("pleural\r\neffusion", "pleural_effusion")]),
        ("ＧＧＯ", [("ＧＧＯ", "ggo")]),
        # whole words where the script has words
        ("micronodule", []),
        ("nodulexyz", []),
        ("S60", []),
        ("2rul", []),
        ("nodule,effusion", [("nodule", "nodules"), ("effusion", "pleural_effusion")]),
        ("(GGO)", [("GGO", "ggo")]),
        ("GGO/nodule", [("GGO", "ggo"), ("nodule", "nodules")]),
        # particles and endings may touch
        ("RUL에 결절이 있음", [("RUL", "rul"), ("결절", "nodules")]),
        ("nodule은", [("nodule", "nodules")]),
        ("S6に結節を認める", [("S6", "s6"), ("結節", "nodules")]),
        # ignored terms take their words
        ("thyroid nodule", []),
        ("pericardial effusion, pleural effusion", [("pleural effusion", "pleural_effusion")]),
        ("Thyroid-nodule and nodule", [("nodule", "nodules")]),
        # nothing at all
        ("", []),
        ("Clear lungs.", []),
        # what UTF-8 cannot hold, and NUL
        ("\ud800 nodule \udfff", [("nodule", "nodules")]),
        ("nodule\x00nodule", [("nodule", "nodules"), ("nodule", "nodules")]),
        ("İİ  nodule", [("nodule", "nodules")]),
    ],
)
def test_terms_in_a_sentence(text, matches):
    assert found(text) == matches


def test_a_match_lies_in_one_sentence_and_names_it():
    text = "Pleural\neffusion. Nodule."
    sentences = SentenceSplitter([]).split(text)
    assert [(m.start, m.end, m.sentence) for m in MATCHER.find(text, sentences)] == [(8, 16, 1), (18, 24, 2)]


def test_where_the_longest_would_cross_a_sentence_a_shorter_one_is_taken():
    text = "ground glass nodule"
    cut = [Sentence(index=0, start=0, end=12), Sentence(index=1, start=13, end=19)]
    assert found(text, cut) == [("nodule", "nodules")]


def test_text_outside_every_sentence_is_not_read_and_empty_sentences_do_no_harm():
    text = "nodule nodule nodule"
    sentences = [
        Sentence(index=0, start=7, end=7),
        Sentence(index=1, start=7, end=13),
        Sentence(index=2, start=13, end=13),
    ]
    assert [(m.start, m.sentence) for m in MATCHER.find(text, sentences)] == [(7, 1)]


def test_of_spellings_that_fold_to_one_the_last_term_counts():
    matcher = TermMatcher([term("ground-glass opacity", "old"), term("Ground Glass Opacity", "new")])
    text = "ground glass opacity"
    assert matcher.find(text, [Sentence(index=0, start=0, end=len(text))])[0].entities == ("new",)


def test_a_lexicon_without_terms_finds_nothing():
    assert TermMatcher([]).find("nodule", [Sentence(index=0, start=0, end=6)]) == ()


snippets = st.lists(
    st.sampled_from(
        [
            *(
                "nodule",
                "ground-glass nodule",
                "pleural effusion",
                "Effusion",
                "결절",
                "은",
                "結節",
                "ＧＧＯ",
                "S6",
                "İ",
            ),
            *(" ", "  ", "\r\n", "\n", ". ", "-", ", ", "x", "\ud800", "\u0301", "thyroid "),
        ]
    ),
    max_size=25,
).map("".join)


@given(snippets)
def test_offsets_are_exact_and_in_order_whatever_stands_between(text):
    sentences = SentenceSplitter([]).split(text)
    matches = MATCHER.find(text, sentences)
    for match in matches:
        sentence = sentences[match.sentence]
        assert sentence.start <= match.start < match.end <= sentence.end
        # The words alone give the same match: nothing around them is part of it.
        alone = text[match.start : match.end]
        (again,) = MATCHER.find(alone, [Sentence(index=0, start=0, end=len(alone))])
        assert (again.start, again.end, again.entities) == (0, len(alone), match.entities)
        assert alone == alone.strip()
    assert all(one.end <= other.start for one, other in pairwise(matches))
