"""Text folded for matching, with the way back to the original offsets.

Folding makes the spellings of one word equal: case, dashes, full-width forms, half-width kana, runs of white space and
line breaks.
Nothing is ever matched on the original text, and no folded text ever leaves this room.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_KANA = (
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
)
_TABLE = {
    **{ord(dash): "-" for dash in _DASHES},
    **{ord(space): " " for space in _SPACES},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0D},  # full-width ASCII
    **{0xFF66 + number: kana for number, kana in enumerate(_KANA)},  # half-width kana
    0xFF61: "。",
    0xFF64: "、",
    0xFF65: "・",
    0x2ED1: "長",  # a radical that stands for the character it is part of
    ord("\u2018"): "'",
    ord("\u2019"): "'",
    ord("\u201c"): '"',
    ord("\u201d"): '"',
}
# "ground-glass" is "ground glass", but the hyphens of "(-)" and "- nodule" are signs of their own.
# The hyphen comes first in the pattern, so that the search jumps from one to the next.
_INNER_HYPHEN = re.compile(r"-(?<=[^\W_]-)(?=[^\W\d_])")
_SPACE_RUN = re.compile(r" {2,}")
# The voice mark of half-width kana is a character of its own: it is drawn into the one before.
_VOICED = {
    **{kana + "\uff9e": chr(ord(kana) + 1) for kana in "カキクケコサシスセソタチツテトハヒフヘホ"},
    **{kana + "\uff9f": chr(ord(kana) + 2) for kana in "ハヒフヘホ"},
    "ウ\uff9e": "ヴ",
}
_VOICE_MARK = re.compile("[カキクケコサシスセソタチツテトハヒフヘホウ]\uff9e|[ハヒフヘホ]\uff9f")
_SPACE_OR_VOICE = re.compile(" {2,}|(?<=[\u30ac-\u30dd\u30f4])[\uff9e\uff9f]")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded text and where its characters come from.

    Attributes:
        text: Lower case, single spaces; at most as long as the original.
        starts: Folded offsets at which the distance to the original grows, ascending, beginning with 0.
        origins: The original offsets they came from.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The interval of the original text that a non-empty folded interval came from."""
        return self._back(start), self._back(end - 1) + 1

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """The folded interval that a non-empty interval of the original became."""
        return self._forth(start), self._forth(end - 1) + 1

    def _back(self, at: int) -> int:
        row = bisect_right(self.starts, at) - 1
        return at - self.starts[row] + self.origins[row]

    def _forth(self, at: int) -> int:
        row = bisect_right(self.origins, at) - 1
        end = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        return min(at - self.origins[row] + self.starts[row], end)


def fold(text: str) -> FoldedText:
    """Fold a text for matching.

    >>> folded = fold("Ground\u2010Glass  opacity")
    >>> folded.text
    'ground glass opacity'
    >>> folded.original(13, 20)
    (14, 21)
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters (\u0130) have longer lower-case forms: they stay as they are
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    even = _INNER_HYPHEN.sub(" ", lowered.translate(_TABLE))
    runs = _SPACE_RUN
    if not even.isascii() and _VOICE_MARK.search(even):
        even, runs = _VOICE_MARK.sub(lambda found: _VOICED[found[0]] + found[0][1], even), _SPACE_OR_VOICE
    elif "  " not in even:
        return FoldedText(even)
    starts, origins, removed = [0], [0], 0
    for run in runs.finditer(even):
        removed += len(run[0]) - (run[0][0] == " ")
        starts.append(run.end() - removed)
        origins.append(run.end())
    return FoldedText(runs.sub(_single, even), tuple(starts), tuple(origins))


def _single(run: re.Match[str]) -> str:
    return " " if run[0][0] == " " else ""
