"""Fixed phrases in a text: whole tokens, the longest first, exact offsets."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.text import PhraseMatcher, SentenceSplitter, all_spelled
from radnlp.text.phrases import PhraseAutomaton, longest, token_count
from radnlp.text.spelling import spell

PHRASES = ["same lobe", "lobe", "it", "변화 없", "없음", "S6", "(-)", "ground-glass", "5 6"]
MATCHER = PhraseMatcher(PHRASES)


def found(text):
    return [text[start:end] for start, end, _ in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("It is in the same lobe.", ["It", "same lobe"]),
        # spellings
        ("SAME\r\n  Lobe", ["SAME\r\n  Lobe"]),
        ("same\u00a0lobe", ["same\u00a0lobe"]),
        ("ground glass, Ground\u2011Glass", ["ground glass", "Ground\u2011Glass"]),
        ("ＩＴ", ["ＩＴ"]),
        ("İ  it", ["it"]),
        ("\ud800 it \udfff", ["it"]),
        # white space parts words and numbers, and nothing else
        ("변화없다, 변화 없다", ["변화없", "변화 없"]),
        ("( - ) (-)", ["( - )", "(-)"]),
        ("S 6", ["S 6"]),
        ("samelobe", []),
        ("56", []),
        # whole tokens
        ("item, bit", []),
        ("lobes", []),
        ("S60", []),
        ("XS6", []),
        ("S6에 없음", ["S6", "없음"]),
        ("it/it", ["it", "it"]),
        # of overlapping ones the one with more tokens, of equal ones the first
        ("변화없음", ["변화없"]),
        ("the same lobe lobe", ["same lobe", "lobe"]),
        ("", []),
        ("nothing", []),
    ],
)
def test_phrases_in_a_text(text, phrases):
    assert found(text) == phrases


def test_a_match_says_which_phrase_it_is():
    assert [PHRASES[number] for _, _, number in MATCHER.find("Ground glass in S 6, same lobe")] == [
        "ground-glass",
        "S6",
        "same lobe",
    ]


def test_of_phrases_that_fold_to_the_same_the_later_one_counts():
    assert PhraseMatcher(["ground-glass", "it", "Ground Glass"]).find("ground glass") == [(0, 12, 2)]


def test_sentences_are_searched_one_by_one_and_offsets_are_those_of_the_text():
    text = "It. Clear. The same\nlobe,  it."
    first, _, _, fourth = sentences = SentenceSplitter([]).split(text)
    found = {
        sentence: [(a, text[a:b]) for a, b, _ in phrases] for sentence, phrases in MATCHER.by_sentence(text, sentences)
    }
    assert found == {first: [(0, "It")], fourth: [(20, "lobe"), (27, "it")]}, "no phrase goes over a sentence's end"


def test_without_phrases_nothing_is_found():
    assert PhraseMatcher([]).find("it") == []
    assert PhraseAutomaton([]).matches(spell("it")) == []


def test_it_goes_to_another_process_as_its_phrases():
    again = pickle.loads(pickle.dumps(MATCHER))  # noqa: S301  our own bytes
    assert again.find("in the same lobe") == MATCHER.find("in the same lobe") != []


def spelled(phrase):
    (words,) = all_spelled([phrase])
    return words


@pytest.mark.parametrize(
    ("phrase", "same", "tokens"),
    [
        ("변화 없", "변화없", 3),
        ("No  change", "no change", 2),
        ("( - )", "(-)", 3),
        ("x-ray", "X ray", 2),
        ("S 6", "s6", 2),
        ("1 . 5", "1.5", 3),
        ("", " ", 0),
    ],
)
def test_white_space_and_letter_case_are_no_part_of_a_phrase(phrase, same, tokens):
    assert spelled(phrase) == spelled(same)
    assert token_count(spelled(phrase)) == tokens


@pytest.mark.parametrize(
    ("phrase", "other"), [("no change", "nochange"), ("5 6", "56"), ("변화", "변 호"), ("(-)", "-"), ("no", "now")]
)
def test_other_tokens_are_another_phrase(phrase, other):
    assert spelled(phrase) != spelled(other)


def test_many_phrases_at_once_come_out_as_each_alone():
    assert all_spelled(PHRASES) == [spelled(phrase) for phrase in PHRASES]
    assert all_spelled([]) == []


def test_the_automaton_gives_overlapping_phrases_as_well():
    automaton = PhraseAutomaton(all_spelled(["same lobe", "lobe"]))
    assert automaton.matches(spell("Same  lobe, lobes, lobe")) == [(0, 9, 0), (5, 9, 1), (18, 22, 1)]


@pytest.mark.parametrize(
    ("candidates", "kept"),
    [
        ([], []),
        ([(0, -4, 1, 1), (5, -9, 2, 1)], [(0, 4, 1), (5, 9, 2)]),
        ([(0, -4, 1, 1), (4, -9, 2, 1)], [(0, 4, 1), (4, 9, 2)]),  # side by side
        ([(0, -6, 1, 1), (4, -9, 2, 2)], [(4, 9, 2)]),  # the heavier
        ([(4, -9, 2, 1), (0, -6, 1, 1)], [(0, 6, 1)]),  # the first of equal ones
        ([(0, -3, 1, 1), (2, -8, 2, 3), (7, -12, 3, 1), (9, -12, 4, 1)], [(2, 8, 2), (9, 12, 4)]),
        ([(0, -3, 1, 2), (2, -5, 2, 1), (4, -8, 3, 2)], [(0, 3, 1), (4, 8, 3)]),  # two that share a neighbour
    ],
)
def test_of_overlapping_candidates_the_heaviest_stay(candidates, kept):
    assert longest(candidates) == kept


snippets = st.lists(
    st.sampled_from(
        [
            *PHRASES,
            "IT",
            "Same",
            "lobe",
            "변화",
            "없",
            "음",
            "S",
            "6",
            "은",
            *" .,\n-",
            "  ",
            "\u3000",
            "İ",
            "\ud800",
            "\u0301",
        ]
    ),
    max_size=25,
).map("".join)


@given(snippets)
def test_offsets_are_exact_and_in_order_whatever_stands_between(text):
    matches = MATCHER.find(text)
    for start, end, number in matches:
        assert spelled(text[start:end]) == spelled(PHRASES[number])
    assert all(one[1] <= other[0] for one, other in pairwise(matches))


@pytest.mark.parametrize("unit", ["it ", "same lobe ", "없음", "same  ", "x", "( - ) ", "5 "])
def test_a_text_of_nothing_else_is_read_in_linear_time(growth, unit):
    assert growth(lambda count: MATCHER.find(unit * count), 4_000) < 10


def test_one_chain_of_overlapping_phrases_is_read_in_linear_time(growth):
    matcher = PhraseMatcher(["a b", "b a"])  # every match touches the next: "a b a b a b"
    assert growth(lambda count: matcher.find("a b " * count), 5_000) < 10
