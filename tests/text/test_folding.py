"""Folded text and the way back to the offsets of the report as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.text.folding import fold

# Signs that folding treats specially, among ordinary ones.
odd = st.text(
    st.sampled_from("aBz1.-\u2010\u2013\u2212\uff0d \t\r\n\u3000\u00a0ＧｇＡ１İıßΣ\u0301é결節う\ud800\x00'’“(_")
)
texts = st.text(max_size=40) | odd


@st.composite
def texts_with_interval(draw):
    """A text and a non-empty interval of its folded form."""
    text = draw(texts.filter(bool))
    length = len(fold(text).text)
    start = draw(st.integers(0, length - 1))
    return text, start, draw(st.integers(start + 1, length))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ground-Glass OPACITY", "ground glass opacity"),
        ("ground\u2010glass", "ground glass"),
        ("ground\u2013glass", "ground glass"),
        ("tree-in-bud", "tree in bud"),
        ("pleural  effusion", "pleural effusion"),
        ("pleural\r\neffusion", "pleural effusion"),
        ("pleural\u00a0effusion", "pleural effusion"),
        ("ＧＧＯ　１２ｍｍ", "ggo 12mm"),
        ("nodule (-)", "nodule (-)"),
        ("- nodule", "- nodule"),
        ("T-2", "t-2"),
        ("2-28", "2-28"),
        ("can’t exclude", "can't exclude"),
        ("결절", "결절"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_become_equal(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("no  pleural   effusion", "effusion", "effusion"),
        ("pleural   effusion", "pleural effusion", "pleural   effusion"),
        ("\r\n\r\npleural\r\neffusion", "pleural effusion", "pleural\r\neffusion"),
        ("   nodule", "nodule", "nodule"),
        ("ＲＵＬ　　の結節", "結節", "結節"),
        ("ground\u2014glass  opacity", "ground glass opacity", "ground\u2014glass  opacity"),
        ("İ  İ  nodule", "nodule", "nodule"),
        ("\ud800  nodule", "nodule", "nodule"),
        ("e\u0301  nodule", "nodule", "nodule"),
    ],
)
def test_a_word_of_the_folded_text_is_found_in_the_report(text, word, original):
    folded = fold(text)
    start = folded.text.index(word)
    first, last = folded.original(start, start + len(word))
    assert text[first:last] == original
    assert folded.folded(first, last) == (start, start + len(word))


@given(texts)
def test_without_doubled_spaces_every_character_stays_where_it_was(text):
    folded = fold(text)
    assert len(folded.text) <= len(text)
    if folded.starts == (0,):
        assert len(folded.text) == len(text)
    assert len(text) - len(folded.text) == folded.origins[-1] - folded.starts[-1]


@given(texts)
def test_folding_leaves_no_doubled_space_and_folds_no_further(text):
    folded = fold(text).text
    assert "  " not in folded
    # Equal but for hyphens and letters whose neighbours decide; a text with a Turkish I is folded letter by letter.
    assert len(fold(folded).text) == len(folded)


@given(texts_with_interval())
def test_every_folded_interval_comes_from_one_that_folds_to_it(case):
    text, start, end = case
    folded = fold(text)
    first, last = folded.original(start, end)
    assert 0 <= first < last <= len(text)
    assert _loose(fold(text[first:last]).text) == _loose(folded.text[start:end])


@given(texts_with_interval())
def test_there_and_back_is_the_same_interval(case):
    text, start, end = case
    folded = fold(text)
    assert folded.folded(*folded.original(start, end)) == (start, end)


@given(texts.filter(bool), st.data())
def test_every_interval_of_the_report_has_a_folded_one(text, data):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    folded = fold(text)
    start, end = folded.folded(first, last)
    assert 0 <= start < end <= len(folded.text)
    assert _loose(fold(text[first:last]).text).strip() == _loose(folded.text[start:end]).strip()


def _loose(folded: str) -> str:
    """Without what only the neighbours outside an interval decide: inner hyphens, the final sigma."""
    return folded.replace("-", " ").replace("ς", "σ")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ｽﾘｶﾞﾗｽ影", "スリガラス影"),
        ("ﾌﾟﾗｰｸ、ﾌﾞﾗ", "プラーク、ブラ"),
        ("⻑径１２ｍｍ", "長径12mm"),
        ("ﾞ", "\uff9e"),
    ],
)
def test_half_width_kana_become_full_width(text, folded):
    assert fold(text).text == folded


def test_a_voice_mark_is_drawn_into_its_kana_and_found_again():
    text = "右下葉  ｽﾘｶﾞﾗｽ影、胸膜ﾌﾟﾗｰｸ"
    folded = fold(text)
    for words in ("ｽﾘｶﾞﾗｽ影", "ﾌﾟﾗｰｸ", "胸膜"):
        start = text.index(words)
        assert folded.original(*folded.folded(start, start + len(words))) == (start, start + len(words))
