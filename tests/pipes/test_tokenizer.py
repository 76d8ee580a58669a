"""Tokens: words, numbers and signs, and each Han, kana and Hangul character for itself."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from radnlp.pipes import RadiologyTokenizer
from radnlp.pipes.tokenizer import split_tokens

TOKENIZER = RadiologyTokenizer(Vocab())
texts = st.text(max_size=40) | st.text(
    st.sampled_from("aB1.,()-_ \t\n\r\u00a0\u3000결절은結節うガｶＧ１İ\u0301\ud800\udfff\x00😀"), max_size=20
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("No nodule.", "No|nodule|."),
        ("1.2 cm", "1|.|2|cm"),
        ("S6", "S|6"),
        ("T2-weighted", "T|2|-|weighted"),
        ("s/p", "s|/|p"),
        ("#2-28", "#|2|-|28"),
        ("lesion은", "lesion|은"),
        ("결절 없음", "결|절|없|음"),
        ("結節なし。", "結|節|な|し|。"),
        ("ｶﾞﾗｽ", "ｶ|ﾞ|ﾗ|ｽ"),
        ("Ödem", "Ödem"),
        ("a_b", "a|_|b"),
        ("((?))", "(|(|?|)|)"),
    ],
)
def test_tokens(text, tokens):
    assert split_tokens(text)[0] == tokens.split("|")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (" a", [" ", "a"]),
        ("a b", ["a", "b"]),
        ("a  b", ["a", " ", "b"]),
        ("a \n b", ["a", "\n", "b"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("", []),
    ],
)
def test_white_space_beyond_one_space_is_a_token(text, tokens):
    assert split_tokens(text)[0] == tokens


@given(texts)
def test_tokens_put_together_are_the_text(text):
    words, spaces = split_tokens(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


@given(texts)
def test_a_doc_has_the_text_with_every_offset(text):
    doc = TOKENIZER(text)
    assert len(doc.text) == len(text)
    assert doc.text == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    for token in doc:
        assert doc.text[token.idx : token.idx + len(token)] == token.text


def test_nothing_of_it_is_kept_on_disk(tmp_path):
    assert TOKENIZER.to_bytes() == b""
    assert TOKENIZER.from_bytes(b"") is TOKENIZER
    TOKENIZER.to_disk(tmp_path / "tokenizer")
    assert TOKENIZER.from_disk(tmp_path / "tokenizer") is TOKENIZER
    assert not (tmp_path / "tokenizer").exists()


def test_a_pipeline_takes_it_by_name_and_long_texts_with_it():
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "radnlp.Tokenizer.v1"}}})
    assert isinstance(nlp.tokenizer, RadiologyTokenizer)
    assert nlp.max_length > 1_000_000
