"""Sizes of whole reports, for providers."""

from radnlp.records import Lexicon, MeasurementWord
from radnlp.text import SentenceSplitter, SizeReader

READER = SizeReader(
    Lexicon(
        languages=("en",),
        measurement_words=(
            MeasurementWord(phrase="previously", meaning="previous", owner=""),
            MeasurementWord(phrase="->", meaning="becomes", owner=""),
        ),
    )
)


def sizes(text):
    return {
        index: [(text[size.start : size.end], size.mm, size.previous) for size in found]
        for index, found in READER.read(text, SentenceSplitter([]).split(text)).items()
    }


def test_sizes_by_sentence_with_their_words():
    assert sizes("Clear. A 1.2 cm nodule, previously 9 mm.") == {
        1: [("1.2 cm", (12.0,), False), ("9 mm", (9.0,), True)]
    }


def test_an_arrow_tells_the_earlier_one():
    assert sizes("Mass, 12 -> 15 mm.") == {0: [("12", (12.0,), True), ("15 mm", (15.0,), False)]}


def test_a_text_without_sizes():
    assert sizes("Clear.") == {}
