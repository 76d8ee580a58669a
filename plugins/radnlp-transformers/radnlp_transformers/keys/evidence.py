"""The words that made a model assert a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radnlp.api import EvidenceSpan

#: A word belongs to the evidence when it speaks for the key at least this much, as a share of the strongest word.
_STRONG = 0.5
#: From here on (CJK radicals, kana, Han, Hangul syllables) scripts that write no spaces, or none inside a word.
_FIRST_OF_HAN = "\u2e80"


class Words:
    """The words of a report, put together from a model's tokens: runs of letters and digits; signs alone are none.

    Han, kana and Hangul have no spaces between words: there a token is a word.

    Args:
        text: The report.
        places: Its tokens, half-open, in code points, in text order.
    """

    def __init__(self, text: str, places: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._spans: list[tuple[int, int]] = []
        owner: list[int] = []
        for start, end in places:
            while start < end and not text[start].isalnum():
                start += 1
            while end > start and not text[end - 1].isalnum():
                end -= 1
            if start == end:
                owner.append(-1)
                continue
            last = self._spans[-1][1] if self._spans else -1
            if start < last or (start == last and max(text[start - 1], text[start]) < _FIRST_OF_HAN):
                self._spans[-1] = (self._spans[-1][0], max(last, end))
            else:
                self._spans.append((start, end))
            owner.append(len(self._spans) - 1)
        self._owner = np.array(owner, dtype=np.int64)

    def evidence(
        self, shares: NDArray[np.floating[Any]], *, within: Sequence[tuple[int, int]]
    ) -> tuple[EvidenceSpan, ...]:
        """The strongest word for a key, with strong neighbours in its sentence.

        Args:
            shares: Shape (tokens,): how much each token speaks for the key.
            within: Sentences; the evidence does not reach beyond one.

        Returns:
            One span, or none where no word speaks for the key.
        """
        if not self._spans:
            return ()
        kept = self._owner >= 0
        strength = np.bincount(self._owner[kept], weights=shares[kept], minlength=len(self._spans))
        first = last = int(strength.argmax())
        if strength[first] <= 0:
            return ()
        least, middle = _STRONG * strength[first], self._spans[first][0]
        start, end = next((row for row in within if row[0] <= middle < row[1]), (0, len(self._text)))
        while first and strength[first - 1] >= least and self._spans[first - 1][0] >= start:
            first -= 1
        while last + 1 < len(self._spans) and strength[last + 1] >= least and self._spans[last + 1][1] <= end:
            last += 1
        at, to = self._spans[first][0], self._spans[last][1]
        return (EvidenceSpan(start=at, end=to, text=self._text[at:to]),)
