"""What one sentence looks like by itself: pieces of its characters, as strings to be hashed."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Kanji, katakana, hiragana, Latin letters, the sign that stands for numbers, anything else: near to words.
_RUN = re.compile(r"[\u4e00-\u9fff々〆ヶ]+|[ァ-ヺー]+|[ぁ-ん]+|[a-z]+|0|[^\s]")
#: Runs that carry meaning by themselves.
_CONTENT = re.compile(r"[\u4e00-\u9fff々]{2,}|[ァ-ヺー]{2,}|[a-z]{2,}")
_CLAUSE = re.compile(r"[、,;]")
_LONGEST_GRAM = 4
_LONGEST_BEGINNING = 8
_LONGEST_END = 12
#: Of a sentence longer than this the beginning and the end are read: labels hang on neither more nor less.
LONGEST = 600


def clipped(folded: str) -> str:
    """A sentence of at most ``LONGEST`` characters: a very long one without its middle."""
    if len(folded) <= LONGEST:
        return folded
    half = LONGEST // 2
    return folded[:half] + folded[-half:]


def grams(folded: str) -> list[str]:
    """Character n-grams of one to four, from two on with signs for beginning and end.

    The signs never stand alone: every sentence would have them, and they would weigh more in a short one, so that all
    short sentences, of which synthetic reports have few but lines of history, would look like history.
    """
    text = f"^{folded}$"
    longer = [text[at : at + size] for size in range(2, _LONGEST_GRAM + 1) for at in range(len(text) - size + 1)]
    return [*folded, *longer]


def beginnings(folded: str) -> list[str]:
    """The first one to eight characters."""
    return [folded[:size] for size in range(1, min(_LONGEST_BEGINNING, len(folded)) + 1)]


def endings(folded: str) -> list[str]:
    """The last one to twelve characters: the predicate."""
    return [folded[-size:] for size in range(1, min(_LONGEST_END, len(folded)) + 1)]


def runs(folded: str) -> list[str]:
    """Runs of one script, in ones, twos and threes."""
    found = _RUN.findall(folded)
    row = ["^", *found, "$"]
    return [*found, *("|".join(row[at : at + size]) for size in (2, 3) for at in range(len(row) - size + 1))]


def clause_edges(folded: str) -> list[str]:
    """How each clause begins and ends, the last one apart from those before it."""
    return list(_edges([clause for clause in _CLAUSE.split(folded) if clause]))


def _edges(clauses: list[str]) -> Iterator[str]:
    for number, clause in enumerate(clauses, start=1):
        place = "last" if number == len(clauses) else "inner"
        yield from (f"{place}<{clause[:size]}" for size in range(1, 5))
        yield from (f"{place}>{clause[-size:]}" for size in range(1, 7))


def content(folded: str) -> list[str]:
    """Words as far as scripts show them, in order."""
    return _CONTENT.findall(folded)
