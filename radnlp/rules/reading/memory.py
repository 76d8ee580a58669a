"""What the sentences read so far leave behind for the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from radnlp.api import Sentence
from radnlp.rules.reading.groups import Where
from radnlp.rules.reading.items import Head, Items
from radnlp.rules.reading.regions import NOWHERE, Values

_SIGNS = "-*\u2022\u00b7\u25aa\u25cf\u25a0>"
_BULLET = re.compile(rf"\s*(?:[{_SIGNS}]|\d{{1,2}}\))")
#: What a line begins with that goes on about the finding above it: "- RUL, 4 mm", "(RUL, RLL)", ": RUL".
_BELOW = re.compile(rf"\s*(?:[{_SIGNS}:(]|\d{{1,2}}\))")
_TITLE = re.compile(rf"\s*(?:[{_SIGNS}]|[#(]?\d{{1,2}}[.)])?\s*[^\W\d_][\w /,-]{{0,40}}[:\uff1a]")
#: What may stand before a place that is alone on its line: "1. RUL".
_NUMBER = re.compile(rf"[{_SIGNS}\s\d.()#\[]*")
_COLONS = (":", "\uff1a")
#: "They" speaks of no longer list of findings.
_MOST = 20


@dataclass(slots=True)
class Memory:
    """The state of the reader between two sentences.

    Attributes:
        section: The section they stand in; another one forgets the rest.
        subject: The first heads of the last sentence that had one, with no place between: what "it" speaks of.
        latest: Its last head.
        unplaced: Its heads, where it named no place: lines below may say where they are.
        listing: Whether that sentence ended in a colon, so that what follows are its places.
        place: The place named last.
        before: The same where the sentence before named it.
        near: The values that this sentence named last: their side still holds.
        frame: The place that heads the list item.
        frame_alone: Whether it stands on a line of its own behind a colon, so that the lines below are its items.
    """

    section: str | None = None
    subject: tuple[Head, ...] = ()
    latest: Head | None = None
    unplaced: tuple[Head, ...] = ()
    listing: bool = False
    place: Where = field(default_factory=Where)
    before: Where = field(default_factory=Where)
    near: Values = NOWHERE
    frame: Where = field(default_factory=Where)
    frame_alone: bool = False

    def begin(self, text: str, end: int, sentence: Sentence) -> None:
        """Go on to a sentence; the one before ended at ``end``.

        The head of a list item is forgotten where the item ends: at a new line that is no bullet below it.
        """
        self.before = self.place if self.near else Where()
        self.near = NOWHERE
        if not self.frame.values:
            return
        between = text[end : sentence.start]
        new_line = "\n" in between or "\r" in between
        titled = _TITLE.match(text, sentence.start, sentence.end) is not None
        below = self.frame_alone or _BULLET.match(text, sentence.start, sentence.end) is not None
        if titled or (new_line and not below) or "\n\n" in between:
            self.frame = Where()

    def named(self, where: Where) -> None:
        """A place was named."""
        if where.values:
            self.place, self.near = where, where.values

    def close(self, text: str, sentence: Sentence, items: Items, heads: Sequence[Head]) -> None:
        """Remember what a sentence with heads spoke of."""
        self.subject, self.latest = _first_heads(items), heads[-1]
        placeless = len(heads) == len(items.found) and not self.frame.values
        self.unplaced = tuple(head for head in heads if not head.inside) if placeless else ()
        self.listing = text[sentence.end - 1 : sentence.end] in _COLONS

    def listed(self) -> tuple[Head, ...]:
        """What the places behind a colon belong to."""
        return (self.latest,) if self.listing and self.latest is not None else ()

    def goes_on(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence begins like a line below the finding above."""
        return bool(self.unplaced) and _BELOW.match(text, sentence.start, sentence.end) is not None


def is_heading(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place from ``start`` to ``end`` is all that its line holds, as the head of the items below."""
    before = text[max(0, sentence.start - 2) : sentence.start].strip(" \t")
    after = text[sentence.end : sentence.end + 2].strip(" \t")
    return (
        _NUMBER.fullmatch(text, sentence.start, start) is not None
        and not text[end : sentence.end].strip(" \t.)]")
        and (sentence.start == 0 or before.endswith(("\n", "\r")))
        and after.startswith(("\n", "\r"))
    )


def _first_heads(items: Items) -> tuple[Head, ...]:
    first: list[Head] = []
    for item in items.found:
        if isinstance(item, Head):
            first.append(item)
        elif first:
            break
    return tuple(first[:_MOST])
