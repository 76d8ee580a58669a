"""A text as phrases are looked up in it: token by token, with the way back to its offsets."""

from hypothesis import given
from hypothesis import strategies as st

from radnlp.text.spelling import CLOSE, OPEN, joined, spell


def test_a_text_by_its_tokens():
    text = spell("No  GGO,\n결절")
    assert text.folded.text == "no ggo, 결절"
    assert text.tokens == ["no", "ggo", ",", "결", "절"]
    assert text.starts == [0, 3, 6, 8, 9]
    assert text.spelled == joined(text.tokens)


def test_each_token_knows_its_place_among_the_signs():
    text = spell("no GGO")
    assert text.places == [0, 4, 9]
    assert [text.spelled[a + 1 : b - 1] for a, b in zip(text.places, text.places[1:], strict=False)] == ["no", "ggo"]


def test_a_text_of_nothing():
    for empty in ("", " \n\t"):
        text = spell(empty)
        assert (text.tokens, text.spelled, text.places) == ([], "", [0])
    assert joined([]) == ""


def test_a_very_long_text_is_spelled_as_a_short_one():
    assert spell("no GGO " * 10_000).tokens == spell("no GGO").tokens * 10_000


@given(st.text() | st.text(alphabet=f"ab1 .\n결ｱ\ud800\u0301{OPEN}{CLOSE}\x1c\x1d"))
def test_the_signs_between_tokens_are_in_no_report(text):
    spelled = spell(text)
    assert not any(sign in token for token in spelled.tokens for sign in (OPEN, CLOSE))
    assert spelled.spelled.count(OPEN) == len(spelled.tokens) == len(spelled.starts)
    folded = spelled.folded.text
    for token, start in zip(spelled.tokens, spelled.starts, strict=True):
        assert folded.startswith(token, start)
