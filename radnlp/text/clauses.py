"""Clauses of a sentence: how far a relation reaches by default."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise


class ClauseSplitter:
    """Splits sentences at the lexicon's clause breaks ("but", "however", ";").

    Commas are no boundaries: they part the members of lists ("nodules in RUL, RML and LLL").
    """

    def __init__(self, breaks: Iterable[str]) -> None:
        words = sorted(set(breaks), key=lambda word: (-len(word), word))
        edged = [
            (r"\b" if word[0].isascii() and word[0].isalnum() else "")
            + re.escape(word).replace(r"\ ", r"\s+")
            + (r"\b" if word[-1].isascii() and word[-1].isalnum() else "")
            for word in words
        ]
        self._pattern = re.compile("|".join(edged), re.IGNORECASE) if edged else None

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
        found = self._pattern.finditer(text, start, end) if self._pattern else ()
        bounds = [start, *(match.start() for match in found), end]
        return tuple((a, b) for a, b in pairwise(bounds) if a < b)
