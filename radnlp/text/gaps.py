"""Terms with a gap: words that name a lesion only where other words are near, whatever stands between them.

``{pleura} ... thickened`` is "thickened" with "pleura" before it, as in "the pleura around it is thickened". The part
in braces is what must be near; the other one is the mention, so that a place between the two is still read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from radnlp.errors import SchemaError
from radnlp.records import Term

GAP = " ... "
#: How much may stand between the two parts.
MAX_CHARACTERS = 70
MAX_WORDS = 8
# What is behind a semicolon or a full stop is another statement; the stops of "Rt. lung" and "2.4 cm" are none.
_STATEMENT_END = re.compile(r"[^\W\d_]{4}[.]")


class Taken(NamedTuple):
    """A phrase that has taken its words; ``start`` and ``end`` are offsets in the folded text.

    Without entities it names nothing, nor in the sections of ``not_in``.
    """

    start: int
    end: int
    entities: tuple[str, ...]
    not_in: tuple[str, ...] = ()


class _Part(NamedTuple):
    start: int
    end: int
    number: int


class _Rule(NamedTuple):
    entities: tuple[str, ...]
    mention_first: bool


class GapTerms:
    """The terms with a gap of a lexicon.

    Such a term is read where no other term has taken its words and both parts lie in one statement. Where the same
    words could be the mention of several, the one with its parts nearest to each other counts.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms apart; their phrases are folded.

        Raises:
            SchemaError: A term has not two parts, or not one of them in braces.
        """
        self._split = [(term, _parts(term)) for term in terms]
        #: What has to be found in a text; ``number`` must have been told it before anything is read.
        self.parts = {_plain(part) for _, parts in self._split for part in parts}
        self._rules: dict[tuple[int, int], _Rule] = {}
        self._firsts: frozenset[int] = frozenset()
        self._lasts: frozenset[int] = frozenset()

    def number(self, numbers: Mapping[str, int]) -> None:
        """Compile the rules over the numbers that the parts have in an automaton."""
        for term, (first, last) in self._split:
            rule = _Rule(term.entities, not first.startswith("{"))
            self._rules[numbers[_plain(first)], numbers[_plain(last)]] = rule
        self._firsts = frozenset(first for first, _ in self._rules)
        self._lasts = frozenset(last for _, last in self._rules)

    def read(self, taken: Sequence[Taken], found: Sequence[tuple[int, int, int]], words: str) -> Sequence[Taken]:
        """What is taken in a sentence when the terms with a gap are read as well, in text order.

        Args:
            taken: The terms without a gap, in text order.
            found: Start, minus end and number of everything the automaton found.
            words: The folded sentence.
        """
        numbers = {number for _, _, number in found}
        if numbers.isdisjoint(self._firsts) or numbers.isdisjoint(self._lasts):
            return taken
        parts = [_Part(a, -b, number) for a, b, number in found if number in self._firsts or number in self._lasts]
        starts, ends = [term.start for term in taken], [term.end for term in taken]
        more: dict[tuple[int, int], Taken] = {}
        for first, last in self._pairs(parts, words):
            rule = self._rules[first.number, last.number]
            start, end, _ = first if rule.mention_first else last
            if bisect_right(ends, start) == bisect_left(starts, end):
                more.setdefault((start, end), Taken(start, end, rule.entities))
        return sorted([*taken, *more.values()]) if more else taken

    def _pairs(self, parts: Sequence[_Part], words: str) -> list[tuple[_Part, _Part]]:
        """Each last part with the nearest first part that it can follow; the smallest gap first."""
        firsts = sorted((part for part in parts if part.number in self._firsts), key=_end)
        pairs: list[tuple[_Part, _Part]] = []
        for last in parts:
            if last.number not in self._lasts:
                continue
            low = bisect_left(firsts, last.start - MAX_CHARACTERS, key=_end)
            for first in reversed(firsts[low : bisect_right(firsts, last.start, key=_end)]):
                if (first.number, last.number) in self._rules:
                    if _is_gap(words[first.end : last.start]):
                        pairs.append((first, last))
                    break
        return sorted(pairs, key=lambda pair: (pair[1].start - pair[0].end, pair[0]))


def _is_gap(between: str) -> bool:
    if ";" in between or between.count(" ") > MAX_WORDS + 1:
        return False
    return "." not in between or not _STATEMENT_END.search(between)


def _end(part: _Part) -> int:
    return part.end


def _plain(part: str) -> str:
    return part.strip("{}")


def _parts(term: Term) -> tuple[str, str]:
    first, *rest = term.phrase.split(GAP)
    if len(rest) != 1 or first.startswith("{") == rest[0].startswith("{"):
        raise SchemaError(
            f"{term.owner}: the phrase {term.phrase!r} must have one gap and one part in braces, as in "
            "'{pleura} ... thickened'"
        )
    return first, rest[0]
