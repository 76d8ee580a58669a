"""Two sizes of one finding compared: what was measured before, and now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from radnlp.api import Change, Lexicon, MeasuredSize, Sentence, SizeReader

#: Sizes nearer to each other than this are the same. Our choice: the thresholds of RECIST (a fifth of the diameter,
#: Eisenhauer et al., Eur J Cancer 2009;45:228) and RANO (a quarter of the area, Wen et al., J Clin Oncol 2010;28:1963)
#: class responses in trials; a report that gives two numbers means them to differ, unless by no more than a tenth.
TOLERANCE = 0.1


#: "6 mm (12/04: 11 mm)": a size behind a date is of that day.
_DATED = re.compile(r"(?:\d{2,4} ?[-./] ?)?\d{1,2} ?[-./] ?\d{1,2}\.?\)? ?[:=,]? ?$")
#: "It was 9 mm six months ago", "was 9 mm, now 6 mm".
_WAS = re.compile(r"\b(?:was|were|had been|measured)\b[^.;]{0,20}$", re.IGNORECASE)
_THEN = re.compile(
    r"[^.;]{0,30}\b(?:ago|before|previous(?:ly)?|prior|last|earlier|old)\b|[^.;]{0,12}\(?\d{4}"
    r"|,? (?:but |and )?(?:now|currently|at present|현재|지금)\b",
    re.IGNORECASE,
)
_LOOK_BACK = 30


class SizeComparer:
    """Reads a change from an earlier size beside today's ("12 -> 15 mm", "was 9 mm, now 6 mm")."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sizes = SizeReader(lexicon)

    def changes(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[Change]]:
        """By index of the sentence; the words are those of both sizes and what is between.

        An earlier size alone ("It was 12 mm on the last MR") is compared with the size of the sentence before.
        """
        found: dict[int, list[Change]] = {}
        last: tuple[int, MeasuredSize] | None = None
        for index, measured in sorted(self._sizes.read(text, sentences).items()):
            sizes = [_dated(text, size) for size in measured]
            now = [size for size in sizes if not size.previous]
            for size in sizes:
                if not size.previous:
                    continue
                if now:
                    after = min(now, key=lambda other, size=size: abs(other.start - size.start))  # type: ignore[misc]
                    start, end = min(size.start, after.start), max(size.end, after.end)
                    found.setdefault(index, []).append(Change(start, end, compared(size, after), sized=True))
                elif last is not None and last[0] == index - 1:
                    change = Change(size.start, size.end, compared(size, last[1]), sized=True)
                    found.setdefault(index, []).append(change)
            last = (index, now[-1]) if now else None
        return found


def compared(before: MeasuredSize, after: MeasuredSize) -> str:
    """``more``, ``less`` or ``same``, by the largest dimension.

    >>> compared(MeasuredSize(0, 5, (12.0, 8.0), True), MeasuredSize(9, 14, (15.0, 9.0), False))
    'more'
    """
    old, new = max(before.mm), max(after.mm)
    if abs(new - old) <= TOLERANCE * old:
        return "same"
    return "more" if new > old else "less"


def _dated(text: str, size: MeasuredSize) -> MeasuredSize:
    before = text[max(0, size.start - _LOOK_BACK) : size.start]
    earlier = _DATED.search(before) or (_WAS.search(before) and _THEN.match(text, size.end))
    return replace(size, previous=True) if earlier else size
