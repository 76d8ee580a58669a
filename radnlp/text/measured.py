"""Sizes of whole reports for providers: where they stand, how large, of today or of an earlier examination."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from radnlp.records import Lexicon, Sentence
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

    def read(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[MeasuredSize]]:
        """By index of the sentence, in text order; sentences without a size are left out."""
        ends = [sentence.end for sentence in sentences]
        rows = sorted({bisect_right(ends, at) for at in likely_places(text)})
        if not rows:
            return {}
        folded = spell(text).folded
        found: dict[int, list[MeasuredSize]] = defaultdict(list)
        for sentence in (sentences[row] for row in rows if row < len(sentences)):
            for size in self._sizes.find(folded.text, *folded.folded(sentence.start, sentence.end)):
                start, end = folded.original(size.start, size.end)
                found[sentence.index].append(MeasuredSize(start, end, size.mm, size.qualifier == "previous"))
        return dict(found)
