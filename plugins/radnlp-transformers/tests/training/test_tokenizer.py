"""Byte-level BPE: no text is unknown, and no token spans two scripts."""

import pytest

pytest.importorskip("torch")

from radnlp_transformers.keys.windows import Cutter
from radnlp_transformers.training.tokenizer import train_tokenizer

TEXTS = ["RUL에 12mm 크기의 nodule은 변화 없음."] * 20 + ["右肺上葉に結節を認めます。CTで12mm大です。"] * 20


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer(TEXTS, size=600, lowercase=False, max_length=64)


@pytest.mark.parametrize("text", [*TEXTS[::20], "unseen \U0001f600 žluť\x00", "a" * 300])
def test_what_it_reads_it_can_write(tokenizer, text):
    assert tokenizer.decode(tokenizer(text, add_special_tokens=False)["input_ids"]) == text


@pytest.mark.parametrize(
    ("text", "borders"),
    [("nodule은", {6}), ("RUL에 결절", {3}), ("12mm", {1, 2}), ("結節を", {2}), ("CTで", {2}), ("을12", {1, 2})],
)
def test_scripts_and_digits_are_kept_apart(tokenizer, text, borders):
    (tokens,) = Cutter(tokenizer, max_length=64).tokens([text])
    assert borders <= {end for _, end in tokens.places}


def test_the_same_texts_give_the_same_tokenizer(tokenizer):
    again = train_tokenizer(TEXTS, size=600, lowercase=False, max_length=64)
    assert again.backend_tokenizer.to_str() == tokenizer.backend_tokenizer.to_str()


def test_small_letters_on_request():
    small = train_tokenizer(TEXTS, size=600, lowercase=True, max_length=64)
    assert small("NODULE")["input_ids"] == small("nodule")["input_ids"]
