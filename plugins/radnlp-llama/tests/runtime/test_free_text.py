"""Free words are always text that can stand in JSON, whatever a model prefers."""

import json
import random

import pytest
from radnlp_llama.runtime.free_text import FreeTokens, after

BYTES = [bytes([number]) for number in range(256)]
WORDS = [b"no", "右".encode(), "右".encode()[:2], "結節".encode()[2:4], b'."', b"a\nb", b"", "é".encode()[1:] + b"t"]


@pytest.mark.parametrize("text", ["right lung", "右上葉", "결절", "é", "\U0001f600", "\u00a0"])
def test_text_may_stand(text):
    assert after(0, text.encode()) == 0


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b'"', id="quotation mark"),
        pytest.param(b"\\", id="backslash"),
        pytest.param(b"a\n", id="line break"),
        pytest.param(b"\x7f", id="delete"),
        pytest.param("\u0085".encode(), id="control character beyond ASCII"),
        pytest.param(b"\xc0\xaf", id="a slash in two bytes"),
        pytest.param(b"\xed\xa0\x80", id="half of a surrogate pair"),
        pytest.param(b"\xf5", id="beyond Unicode"),
        pytest.param(b"\x80", id="the end of a character that was not begun"),
    ],
)
def test_what_may_not_stand(piece):
    assert after(0, piece) == -1


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_chosen_can_be_read_back(seed):
    pieces = BYTES + WORDS
    tokens, lot = FreeTokens(pieces, '"'), random.Random(seed)
    state, written = 0, b""
    for left in range(12, 0, -1):
        allowed = tokens.allowed(state, left).tolist()
        assert allowed == sorted(allowed) and allowed
        token = lot.choice([number for number in allowed if pieces[number][0] >= 0x80 or lot.random() < 0.1] or allowed)
        state, written = tokens.state_after(state, token), written + tokens.bytes_of(token)
    assert state == 0, "a character was begun that could not be ended"
    assert json.loads(f'"{written.decode("utf-8")}"') == written.decode("utf-8")


def test_the_end_cannot_be_part_of_the_words():
    brackets = FreeTokens([b"a", b"]", b"a]", b"\x80"], "]")
    assert brackets.allowed(0, 5).tolist() == [0]


def test_a_vocabulary_that_cannot_end_a_character_begins_none():
    whole = FreeTokens([b"a", b"\xe5", "右".encode()], '"')
    assert whole.allowed(0, 9).tolist() == [0, 2]


def test_the_end_is_one_plain_character():
    with pytest.raises(ValueError, match="one ASCII character"):
        FreeTokens(BYTES, "。")
