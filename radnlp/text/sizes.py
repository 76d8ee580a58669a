"""Sizes in a text: numbers with a unit, in millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from radnlp.records import Qualifier
from radnlp.text.size_words import SizeWords

_UNIT = (
    r"(?:(?P<mm>mms?|㎜|millimet(?:er|re)s?|밀리(?:미터)?|미리|ミリ(?:メートル)?)"
    r"|(?P<cm>cms?|㎝|centimet(?:er|re)s?|센티(?:미터)?|センチ(?:メートル)?))"
    # No word, power, speed or pressure; the x of "12mmx8mm" may touch.
    r"(?![a-wyz0-9^²³]|x(?! ?[.0-9])| ?(?:hg|h2o|/ ?(?:s|sec|h|hr|min)\b))"
)
# A number, with its unit where it has one ("2.4 (AP) cm"). No part of a word, a date or a fraction; the x of "12x8"
# may touch.
_NUMBER = re.compile(
    r"(?<![0-9/])(?<![0-9][.,])(?:(?<![a-z])|(?<=[0-9m ]x))"
    rf"(?P<value>[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?|(?<![^ (])\.[0-9]{{1,3}})(?![0-9])"
    rf"(?:(?: ?\([a-z]{{1,12}}\))? ?{_UNIT})?"
)
_LIKELY = re.compile(r"[0-9０-９][\W_]{0,3}(?:[a-z]{1,12}\) ?)?(?:[mcｍｃ㎜㎝ミセ밀미센])", re.IGNORECASE)
#: Half a metre; what is larger is no lesion.
_LARGEST_MM = 500.0
_MOST_DIMENSIONS = 3
_BY_WEIGHT: tuple[Qualifier, ...] = ("previous", "largest", "up_to", "at_least", "about")
assert set(_BY_WEIGHT) == set(get_args(Qualifier))


def likely_places(text: str) -> Iterator[int]:
    """Where a text, folded or not, is worth a closer look; cheap. What is no such place begins no unit."""
    return (found.end() - 1 for found in _LIKELY.finditer(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A size; offsets are those of the folded text.

    Attributes:
        start: Where its first number begins.
        end: Where its unit ends.
        mm: One number a dimension, or the ends of a range.
        range: Whether they are the ends of a range.
        joint: What joins it to the number before it: ``list`` ("5 and 8 mm") or another joint, or None.
        first: Where the words about it begin ("a diameter of about 8 mm in size").
        last: Where they end.
        before: What those before it say, the nearest first.
        after: What those behind it say.
    """

    start: int
    end: int
    mm: tuple[float, ...]
    range: bool = False
    joint: str | None = None
    first: int = 0
    last: int = 0
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def qualifier(self) -> Qualifier | None:
        """The weightiest of what is said of it."""
        return next((word for word in _BY_WEIGHT if word in self.before or word in self.after), None)


@dataclass(slots=True)
class _Part:
    """The numbers of one size ("12 x 8 mm"), and what joins it to the part before it."""

    start: int
    end: int
    joint: str | None
    values: list[float]
    factors: list[float | None]
    comma: bool = False
    previous: bool = False

    def mm(self) -> tuple[float, ...]:
        return tuple(round(value * (factor or 0), 2) for value, factor in zip(self.values, self.factors, strict=True))


class SizeFinder:
    """Finds sizes by the measurement words of a lexicon."""

    def __init__(self, words: SizeWords) -> None:
        self._words = words

    def find(self, text: str, start: int, end: int) -> list[Size]:
        """The sizes in an interval of a folded text, a sentence say, in text order.

        >>> [size.mm for size in SizeFinder(SizeWords(())).find("nodule of 8 mm, mass of 1.2 cm", 0, 30)]
        [(8.0,), (12.0,)]
        """
        found: list[Size] = []
        for run in self._runs(text, start, end):
            for size in self._sizes(text, run):
                if min(size.mm) > 0 and max(size.mm) <= _LARGEST_MM and len(size.mm) <= _MOST_DIMENSIONS:
                    free = size.start if size.joint else found[-1].last if found else start
                    before, first = self._words.before(text, free, size.start)
                    after, last = self._words.after(text, size.end, end)
                    found.append(
                        replace(size, first=first, last=last, before=(*size.before, *before), after=tuple(after))
                    )
        return found

    def _runs(self, text: str, start: int, end: int) -> Iterator[list[_Part]]:
        """Numbers that words like "x", "to" and "and" join."""
        run: list[_Part] = []
        for match in _NUMBER.finditer(text, start, end):
            value = float(match["value"].replace(",", "."))
            factor = 1.0 if match["mm"] else 10.0 if match["cm"] else None
            joint = self._words.joint(text, run[-1].end, match.start()) if run else None
            if joint == "times":
                part = run[-1]
                part.end = match.end()
                part.values.append(value)
                part.factors.append(factor)
                continue
            if run and joint is None:
                yield run
                run = []
            comma = bool(run) and text[run[-1].end : match.start()].strip() == ","
            run.append(_Part(match.start(), match.end(), joint, [value], [factor], comma))
        if run:
            yield run

    def _sizes(self, text: str, run: list[_Part]) -> Iterator[Size]:
        _give_units(run)
        at = 0
        while at < len(run):
            part, at = run[at], at + 1
            following = run[at] if at < len(run) else None
            joint = following.joint if following else None
            if following and None not in part.factors and None not in following.factors:
                if joint == "becomes" or (joint == "from_to" and self._changed(text, part, following)):
                    part.previous = True
                elif joint == "came_from":
                    following.previous = True
                elif len(part.values) == len(following.values) == 1 and (
                    joint in ("range", "from_to") or (joint == "list" and self._is_between(text, part))
                ):
                    low, high = sorted((*part.mm(), *following.mm()))
                    yield Size(start=part.start, end=following.end, mm=(low, high), range=True, joint=part.joint)
                    at += 1
                    continue
            if None not in part.factors:
                said = ("previous",) if part.previous else ()
                yield Size(start=part.start, end=part.end, mm=part.mm(), joint=part.joint, before=said)

    def _changed(self, text: str, part: _Part, following: _Part) -> bool:
        """Whether "from 3 to 5 mm" means an earlier size and today's; a range never falls."""
        return part.mm() > following.mm() or self._words.speaks_of_change(text, part.start, following.end)

    def _is_between(self, text: str, part: _Part) -> bool:
        return "between" in self._words.before(text, 0, part.start)[0]


def _give_units(run: list[_Part]) -> None:
    """Give the numbers without a unit that of the next one ("5, 8 and 12 mm"); none to "3" in "image 3, 8 mm"."""
    listed = any(part.joint == "list" and not part.comma for part in run)
    factor: float | None = None
    for part in reversed(run):
        for place in reversed(range(len(part.factors))):
            factor = part.factors[place] = part.factors[place] or factor
        if part.comma and not listed:
            factor = None
