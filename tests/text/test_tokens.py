"""Tokens: what a word is for the tokenizer, for the reach of cues and for the edges of a match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.text import LETTER, split_tokens
from radnlp.text.tokens import some_tokens, token_starts


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("8 mm nodule", "8|mm|nodule"),
        ("nodule.", "nodule|."),
        ("S6, RUL/RML", "S|6|,|RUL|/|RML"),
        ("1.5cm", "1|.|5|cm"),
        ("ground-glass", "ground|-|glass"),
        ("(-)", "(|-|)"),
        # Han, kana and Hangul have no spaces to part words: each character is a token, also beside Latin letters
        ("결절 없음", "결|절|없|음"),
        ("結節を認める", "結|節|を|認|め|る"),
        ("RUL에 GGO", "RUL|에|GGO"),
        ("ﾅｼ", "ﾅ|ｼ"),
        # full-width and accented letters are letters
        ("ＧＧＯ", "ＧＧＯ"),
        ("Ödem", "Ödem"),
        # one space after a word belongs to it, all other white space is a token
        ("a  b", "a| |b"),
        ("a\nb", "a|\n|b"),
        ("a\r\n\tb", "a|\r\n\t|b"),
        ("  a", "  |a"),
        ("x_y", "x|_|y"),
        ("", ""),
    ],
)
def test_tokens_of_a_text(text, tokens):
    assert "|".join(split_tokens(text)[0]) == tokens


def test_a_token_knows_whether_a_space_follows_it():
    assert split_tokens("no GGO, no  mass") == (
        ["no", "GGO", ",", "no", " ", "mass"],
        [True, False, True, True, False, False],
    )


@given(st.text() | st.text(alphabet="ab1 .\n결結ｱ\ud800\u0301"))
def test_put_together_again_tokens_are_the_text(text):
    words, spaces = split_tokens(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


@pytest.mark.parametrize(
    ("folded", "tokens", "starts"),
    [
        ("no ggo, 결절.", "no|ggo|,|결|절|.", [0, 3, 6, 8, 9, 10]),
        (" s6 ", "s|6", [1, 2]),
        (" ", "", []),
        ("", "", []),
    ],
)
def test_tokens_of_a_folded_text_and_where_they_start(folded, tokens, starts):
    words, places = token_starts(folded)
    assert "|".join(words) == tokens
    assert places == starts


@pytest.mark.parametrize(("letter", "is_letter"), [("a", True), ("é", True), ("1", False), ("_", False), ("결", False)])
def test_a_letter_is_one_of_a_script_that_writes_words_in_one_piece(letter, is_letter):
    assert bool(re.fullmatch(LETTER, letter)) == is_letter


@pytest.mark.parametrize(
    ("text", "count", "matched"),
    [
        ("in both lungs", 2, "in both"),
        (" nodule, mass", 2, " nodule,"),
        ("결절은 없음", 3, "결절은"),
        ("one", 5, "one"),
        ("", 3, ""),
    ],
)
def test_so_many_tokens_with_the_spaces_before_them(text, count, matched):
    assert some_tokens(count).match(text)[0] == matched


@given(st.text(alphabet="ab1 .,결", max_size=30), st.integers(1, 8))
def test_read_from_behind_it_is_as_many_tokens(text, count):
    single = " ".join(text.split())
    behind = some_tokens(count).match(single[::-1])[0][::-1]
    assert split_tokens(single)[0][-count:] == split_tokens(behind.lstrip(" "))[0]
