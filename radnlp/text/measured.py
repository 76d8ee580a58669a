"""Sizes of whole reports for providers: where they stand, how large, of today or of an earlier examination."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from radnlp.records import Lexicon, Sentence
from radnlp.text.recurring import Remembering
from radnlp.text.size_words import SizeWords
from radnlp.text.sizes import SizeFinder, likely_places
from radnlp.text.spelling import spell


@dataclass(frozen=True, slots=True)
class MeasuredSize:
    """A size in a report.

    Offsets: of the report text. Units: millimetres.

    Attributes:
        mm: One number a dimension, or the ends of a range.
        previous: Whether it is told of an earlier examination.
    """

    start: int
    end: int
    mm: tuple[float, ...]
    previous: bool


class SizeReader:
    """Reads the sizes of reports by the measurement words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sizes = SizeFinder(SizeWords(lexicon.measurement_words))
        self._in_sentence = Remembering(self._find)

    def read(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[MeasuredSize]]:
        """By index of the sentence, in text order; sentences without a size are left out."""
        ends = [sentence.end for sentence in sentences]
        found: dict[int, list[MeasuredSize]] = {}
        for row in sorted({bisect_right(ends, at) for at in likely_places(text)}):
            if row < len(sentences):
                sentence = sentences[row]
                at = sentence.start
                sizes = self._in_sentence(text[at : sentence.end])
                if sizes:
                    found[sentence.index] = [replace(size, start=at + size.start, end=at + size.end) for size in sizes]
        return found

    def _find(self, sentence: str) -> list[MeasuredSize]:
        """The sizes of a sentence, with offsets from its start."""
        folded = spell(sentence).folded
        return [
            MeasuredSize(*folded.original(size.start, size.end), size.mm, size.qualifier == "previous")
            for size in self._sizes.find(folded.text, 0, len(folded.text))
        ]
