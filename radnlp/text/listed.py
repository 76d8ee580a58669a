"""Lists as reports write them: what begins an item, and which lines below another one are one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from radnlp.records import Sentence

#: No list of readings has more lines, and no line is indented deeper; both bound the work.
_LONGEST_LIST, _DEEPEST = 20, 80
#: Items without a marker have at most so many words, else they are lines of their own.
_BARE_WORDS = 3
MARK = re.compile(
    r"(?:(?P<bullet>-(?![->])|[*\u2022\u00b7\u25aa\u25cf\u25a0\u25cb\u25e6\u30fb]|>(?=\s))"
    r"|[#(\[]?(?P<number>\d{1,2})[.)\]:](?!\d)|#(?P<hash>\d{1,2})"
    r"|\(?(?P<letter>[a-hA-H])[.)](?=\s)|(?P<ring>[\u2460-\u2473]))\s*"
)
#: Lines that are meant to begin below each other may miss it by so many columns.
SLIP = 3
ARROW = re.compile(r"(?:[-=]+>|[\u2192\u21d2])\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """What begins a line: its kind, its number in a list (None for bullets), its column (None inside a line)."""

    kind: str
    number: int | None
    column: int | None


def items_below(
    text: str, sentences: Sequence[Sentence], row: int, *, whole: bool = False, first: Marker | None = None
) -> list[Sentence]:
    """The items of the list below the sentence of a row; ``first`` is the item that stands in that sentence."""
    head = sentences[row]
    last = first
    items: list[Sentence] = []
    for at in range(row + 1, min(row + 1 + _LONGEST_LIST, len(sentences))):
        sentence = sentences[at]
        gap = text[sentences[at - 1].end : sentence.start]
        if sentence.section != head.section or gap.count("\n") > 1:
            break
        marker = marker_of(text, sentence)
        if first is None or last is None:
            if not _may_open(marker, marker_of(text, head), whole=whole):
                break
            first = last = marker
        elif "\n" not in gap and (marker.kind != first.kind or not marker.kind):
            continue  # goes on in the line of an item
        elif _is_next(marker, first, last):
            if not marker.kind and len(text[sentence.start : sentence.end].split()) > _BARE_WORDS:
                break
            last = marker
        elif not first.kind or not _is_deeper(marker, first):
            break
        items.append(sentence)
    return items


def _may_open(marker: Marker, head: Marker, *, whole: bool) -> bool:
    """Whether a line below a head begins the head's list."""
    if marker.number is not None:
        return marker.number == 1
    if marker.kind and (marker.kind != head.kind or _is_deeper(marker, head)):
        return True
    return whole


def _is_next(marker: Marker, first: Marker, last: Marker) -> bool:
    if marker.kind != first.kind or _is_deeper(marker, first) or _is_deeper(first, marker):
        return False
    return marker.number is None or last.number is None or marker.number == last.number + 1


def _is_deeper(marker: Marker, than: Marker) -> bool:
    """Whether a line is indented more than another, by more than a slip."""
    return marker.column is not None and than.column is not None and marker.column > than.column + 1


def marker_of(text: str, sentence: Sentence) -> Marker:
    before = text[max(0, sentence.start - _DEEPEST) : sentence.start].rpartition("\n")[2]
    column = len(before.expandtabs(4)) if not before.strip() else None
    start = sentence.start
    arrow = ARROW.match(text, start, sentence.end)
    found = MARK.match(text, start, sentence.end) if arrow is None else None
    if found is None:
        return Marker("", None, column)
    number = found["number"] or found["hash"]
    if number is not None:
        return Marker(found[0].strip().replace(number, "0"), int(number), column)
    if found["letter"]:
        return Marker("a" + found[0].strip()[-1], ord(found["letter"].lower()) - ord("a") + 1, column)
    if found["ring"]:
        return Marker("ring", ord(found["ring"]) - 0x245F, column)
    return Marker(found["bullet"], None, column)
