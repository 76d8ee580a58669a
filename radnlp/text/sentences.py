"""Sentences of radiology writing: narrative, numbered, itemised, telegraphic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from radnlp.records import Section, Sentence
from radnlp.text.recurring import Remembering

# A full stop inside a number ("1.2 cm") has no space after it; Japanese stops and a lost space ("apex.There") need
# none. The signs stand first in the pattern, so that the search jumps from one to the next.
_WIDE_STOP = r"[\u3002\uff01\uff1f\uff61]|\uff0e(?!\d)"
_STOP = re.compile(
    r"[.!?\u3002\uff01\uff1f\uff61\uff0e]"
    r"(?:(?<=[.!?])(?<![.!?(].)[.!?]*[\"')\]]*(?=\s|$)"
    # An image reference behind a Japanese stop ("あります。[#1]") belongs to the sentence before it.
    r"|(?:(?<=[\u3002\uff01\uff1f\uff61])|(?<=\uff0e)(?!\d))"
    rf"(?:{_WIDE_STOP})*[\u300d\u300f\uff09)]*(?:[ \u3000]?\[#[\d, \-]{{1,12}}\])*"
    r"|(?<=[a-z]{2}\.)(?=[A-Z][a-z]))"
)
_LIST_NUMBER = re.compile(r"[#(]?\d{1,2}$")
_FINAL_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})$")
_LONGEST_NUMBER = 3
_BEFORE_WORD = re.compile(r"[\s(\[,]")
# A list begins a line, or stands behind a colon, an abbreviation or "r/o": "DDx. 1. Abscess 2. Metastasis".
_OPENS_LIST = re.compile(r"(?:^|[:.)]|\b[A-Za-z]{1,2}/[A-Za-z]{1,2})\s*$")
_INLINE_NUMBER = re.compile(r"[\d#](?<=\s.)(?:(?<=\d)\d?\)|(?<=#)\d{1,2}[.)])\s+(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*\u2022\u00b7\u25aa\u25cf\u25a0\u30fb>]|[#(]?\d{1,2}[.)]|#\d)")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Below this many characters a line is too short to have been broken by a margin.
_MARGIN = 60
#: No abbreviation is longer; to look further back would make a text of nothing but abbreviations quadratic.
_LOOK_BACK = 60


class SentenceSplitter:
    """Splits a report into sentences.

    Boundaries are stops, line breaks that are no mere wrapping, list numbers and section starts. A stop after a number
    that opens an item ("1."), after a single letter or after an abbreviation of the lexicon ("Rt.") is none.
    """

    def __init__(self, abbreviations: Iterable[str]) -> None:
        self._abbreviations = frozenset(word.casefold() for word in abbreviations)
        self._longest = 2 * max(map(len, self._abbreviations), default=0) + 1  # two of them with a slash between
        # One character more is enough to know that a word is none, and that a number is not all there is.
        self._seen = max(self._longest, _LONGEST_NUMBER) + 1
        self._no_end = Remembering(self._is_no_end)

    def split(self, text: str, sections: Sequence[Section] = ()) -> tuple[Sentence, ...]:
        """The sentences in text order, without the white space around them.

        Args:
            text: The report text.
            sections: Its sections; a section's start always begins a sentence, and each sentence is told its section.
        """
        bounds = {0, len(text)}
        bounds.update(section.start for section in sections)
        bounds.update(_line_bounds(text))
        bounds.update(self._stop_bounds(text, bounds))
        bounds.update(_inline_number_bounds(text))
        ordered = sorted(bounds)
        spans = [_trimmed(text, start, end) for start, end in pairwise(ordered)]
        return with_sections([(start, end) for start, end in spans if start < end], sections)

    def _stop_bounds(self, text: str, bounds: set[int]) -> list[int]:
        found: list[int] = []
        line_starts = sorted(bounds)
        row, last, item = 0, 0, 0
        for stop in _STOP.finditer(text):
            while row < len(line_starts) and line_starts[row] <= stop.start():
                last, row = max(last, line_starts[row]), row + 1
            at, sign = stop.start(), stop[0]
            before = text[max(last, at - _LOOK_BACK) : at].strip()
            number = _FINAL_NUMBER.search(before) if sign == "." and before[-1:].isdigit() else None
            if number and int(number[1]) == item + 1 and (item or _OPENS_LIST.search(before, 0, number.start())):
                # The next item of a list, also of one written in one line: "1. Nodule 2. Effusion".
                item += 1
                last = at - len(number[1])
                found.append(last)
                continue
            if sign[0] in ".\uff0e" and self._no_end(before[-self._seen :]):
                continue
            found.append(stop.end())
            last = stop.end()
        return found

    def _is_no_end(self, before: str) -> bool:
        """Whether a full stop after the last words of the sentence so far ends nothing."""
        if len(before) <= _LONGEST_NUMBER and _LIST_NUMBER.fullmatch(before):
            return True
        word = _BEFORE_WORD.split(before)[-1]
        if len(word) > self._longest:
            return False
        if word[:1] == "#" and _LIST_NUMBER.fullmatch(word):
            return True
        word = word.casefold()
        if word in self._abbreviations or ("/" in word and word.rpartition("/")[2] in self._abbreviations):
            return True
        return len(word) == 1 and word.isalpha() and word.isascii()


def with_sections(spans: Iterable[tuple[int, int]], sections: Sequence[Section]) -> tuple[Sentence, ...]:
    """Sentences of these intervals, numbered, each in the section in which it starts."""
    sentences: list[Sentence] = []
    row = -1
    for index, (start, end) in enumerate(spans):
        while row + 1 < len(sections) and sections[row + 1].start <= start:
            row += 1
        section = sections[row].id if row >= 0 and start < sections[row].end else None
        sentences.append(Sentence(index=index, start=start, end=end, section=section))
    return tuple(sentences)


def _line_bounds(text: str) -> list[int]:
    """Line breaks that end an item. A break is mere wrapping when the next line goes on in small letters and its first
    word would not have fitted within the report's longest line.
    """
    breaks = [(found.start(), found.end()) for found in _LINE_BREAK.finditer(text)]
    if not breaks:
        return []
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    width = max(end - start for start, end in zip(starts, ends, strict=True))
    bounds = []
    for number, (_, after) in enumerate(breaks):
        line = text[starts[number] : ends[number]].rstrip()
        following = text[after : ends[number + 1]]
        first_word = following.split(None, 1)[0] if following.strip() else ""
        wrapped = (
            width >= _MARGIN
            and first_word[:1].islower()
            and not _ITEM.match(following)
            and not line.endswith((".", ":", ";", "?", "!"))
            and len(line) + 1 + len(first_word) > width
        )
        if not wrapped:
            bounds.append(after)
    return bounds


def _inline_number_bounds(text: str) -> list[int]:
    """Starts of items in a list written in one line: "1) nodule in RUL 2) effusion"."""
    return [
        match.start()
        for match in _INLINE_NUMBER.finditer(text)
        if text.count("(", max(0, match.start() - 80), match.start())
        <= text.count(")", max(0, match.start() - 80), match.start())
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, max(start + left, start + len(piece.rstrip()))
