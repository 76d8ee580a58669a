"""Misspelt words: one slip, two in long words, and never a word that may be meant as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.text.typos import LONG, TypoReader, slips

EFFUSION, NODULES, ATELECTASIS, FIBROSIS = ("pleural_effusion",), ("nodules",), ("atelectasis",), ("fibrosis",)
WORDS = {
    "pleural": {EFFUSION, ("pleural_thickening",)},
    "effusion": {EFFUSION},
    "empyema": {EFFUSION},
    "hemothorax": {EFFUSION},
    "nodule": {NODULES},
    "nodules": {NODULES},
    "atelectasis": {ATELECTASIS},
    "atelectases": {ATELECTASIS},
    "consolidation": {("consolidation",)},
    "bronchiectasis": {("bronchiectasis",)},
    "fibrotic": {FIBROSIS},
    "fibrosis": {FIBROSIS},
    "fibroses": {NODULES},
    "infiltrate": {NODULES},
}
READER = TypoReader(
    {word: frozenset(names) for word, names in WORDS.items()}, known=["emphysema", "hemithorax", "infusion"]
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("efusion", "effusion"),  # a letter too few
        ("efffusion", "effusion"),  # too many
        ("effuzion", "effusion"),  # wrong
        ("effuison", "effusion"),  # changed places
        ("noduls", "nodules"),
        ("atelctasis", "atelectasis"),
        ("atelectass", "atelectases"),  # as near to the singular: either means the same
        ("consoldaton", "consolidation"),  # two slips in a long word
        ("bronchectassis", "bronchiectasis"),
        ("effusion", None),  # spelt well
        ("ifusion", None),  # another first letter
        ("efuzion", None),  # two slips in a short word
        ("nodle", None),  # too short
        ("emphyema", None),  # emphysema or empyema
        ("hemithorax", None),  # a known word that names nothing
        ("infusion", None),
        ("fibross", None),  # fibrosis and fibroses name different things here
        ("infiltrated", None),  # only another ending
        ("effusive", None),
        ("consolidating", None),
        ("mediastinum", None),
    ],
)
def test_words(word, meant):
    assert READER.correction(word) == meant


def test_offsets_lead_back_to_the_words_of_the_text():
    text = "plueral efusion, noduls (atelecctasis)"
    read = READER.read(text)
    assert read.text == "pleural effusion, nodules (atelectasis)"
    for right, written in zip(read.text.split(), text.split(), strict=True):
        start = read.text.index(right)
        assert text[read.back(start) : read.back(start + len(right))] == written


def test_a_text_without_slips_is_handed_back_as_it_is():
    text = "pleural effusion and nodules"
    assert READER.read(text).text is text


def test_ever_new_words_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("radnlp.text.typos.MAX_REMEMBERED", 40)
    reader = TypoReader({"effusion": frozenset({EFFUSION})})
    for number in range(500):
        reader.read("effus" + "".join(chr(97 + int(digit)) for digit in str(number + 100)))
    assert reader.correction("efusion") == "effusion"
    assert max(len(reader._settled), len(reader._right)) <= 41
    reader.read("x" * 1_000_000)
    assert max(map(len, reader._right)) < 50


letters = st.text("abcd", max_size=7)


@given(letters, letters)
def test_slips_are_a_distance(left, right):
    assert slips(left, right) == slips(right, left)
    assert (slips(left, right) == 0) == (left == right)
    assert abs(len(left) - len(right)) <= slips(left, right) <= max(len(left), len(right))


@given(st.sampled_from(sorted(WORDS)), st.data())
def test_whatever_is_corrected_is_near(word, data):
    written = list(word)
    for _ in range(data.draw(st.integers(0, 3))):
        written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.sampled_from("aeinost"))
    meant = READER.correction("".join(written))
    if meant is not None:
        assert slips("".join(written), meant) <= (2 if len(written) >= LONG else 1)
        assert meant[0] == written[0]
