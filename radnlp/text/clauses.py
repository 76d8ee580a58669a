"""Clauses of a sentence: how far a relation reaches by default."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from radnlp.text.phrases import PhraseMatcher


class ClauseSplitter:
    """Splits sentences at the lexicon's clause breaks ("but", "however", ";").

    Commas are no boundaries: they part the members of lists ("nodules in RUL, RML and LLL").
    """

    def __init__(self, breaks: Iterable[str]) -> None:
        self._breaks = PhraseMatcher(sorted(set(breaks)))

    def split(self, text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The clauses of a sentence as intervals of the report text; together they cover the sentence.

        Args:
            text: The report text.
            start: Where the sentence starts.
            end: Where it ends.

        >>> text = "Nodules in RUL, but effusion on the left."
        >>> [text[a:b] for a, b in ClauseSplitter(["but"]).split(text, 0, len(text))]
        ['Nodules in RUL, ', 'but effusion on the left.']
        """
        bounds = [start, *(at for at, _, _ in self._breaks.find(text, start, end)), end]
        return tuple((a, b) for a, b in pairwise(bounds) if a < b)
