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
#: How a line begins: its indent, then the number or sign of an item.
_LINE = re.compile(rf"(?P<indent>[ \t\u3000]*)(?:[#(\[]?(?P<number>\d{{1,2}})[.)\]]|(?P<sign>[{_SIGNS}]))?")
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
        line: The values named on this line, in earlier sentences and this one.
        item: The place of the finding in the list item that the line stands under.
        latest_item: The place of the finding before in the same item: "- fibrosis, both bases", then "- GGO (+)".
        under: Whether the line stands under an item: "1. RUL mass", below it "- GGO (+)".
        side: The last side that was spoken of alone.
        known: Where each key was last said to be: what "around the mass" means.
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
    line: Values = NOWHERE
    item: Where = field(default_factory=Where)
    latest_item: Where = field(default_factory=Where)
    under: bool = False
    side: Values = NOWHERE
    known: dict[str, Where] = field(default_factory=dict)
    frame: Where = field(default_factory=Where)
    frame_alone: bool = False
    _item_line: tuple[int, bool] | None = None
    _inner: int | None = None
    _sibling: bool = False

    def begin(self, text: str, end: int, sentence: Sentence) -> None:
        """Go on to a sentence; the one before ended at ``end``.

        The head of a list item is forgotten where the item ends: at a new line that is no bullet below it.
        """
        self.before = self.place if self.near else Where()
        self.near = NOWHERE
        between = text[end : sentence.start]
        new_line = "\n" in between or "\r" in between
        if new_line:
            self.line = NOWHERE
        if new_line or not end:
            self._begin_line(text, sentence)
        if not self.frame.values:
            return
        titled = _TITLE.match(text, sentence.start, sentence.end) is not None
        below = self.frame_alone or _BULLET.match(text, sentence.start, sentence.end) is not None
        if titled or (new_line and not below) or "\n\n" in between:
            self.frame = Where()

    def named(self, where: Where, side: Values) -> None:
        """A place was named; ``side`` where it lies on one."""
        if where.values:
            self.place, self.near = where, where.values
            self.line |= where.values
            self.side = side or self.side

    def found(self, head: Head, where: Where) -> None:
        """A finding was given its place."""
        if where.values and not head.denied:
            if head.kind == "key" and not (self.under and (self._sibling or self.item.values)):
                self.item = where
            self.latest_item = where
            self.known.update((mention.entity, where) for mention in head.mentions)

    def last_of(self, head: Head) -> Where:
        """Where a finding lies that was named before."""
        known = (self.known.get(mention.entity) for mention in head.mentions)
        return next((where._replace(way="where it was said to be") for where in known if where), Where())

    def _begin_line(self, text: str, sentence: Sentence) -> None:
        """Tell whether a new line is an item, stands under one, or is neither."""
        first = max(text.rfind("\n", 0, sentence.start), text.rfind("\r", 0, sentence.start)) + 1
        found = _LINE.match(text, first)
        indent, numbered = (len(found["indent"]), found["number"] is not None) if found else (0, False)
        signed = found is not None and found["sign"] is not None
        above = self._item_line
        deeper = above is not None and indent > above[0]
        if numbered and found is not None:  # a list within the item starts anew; the next number may stand askew
            deeper = deeper and (found["number"] == "1" or self._inner == indent)
            self._inner = indent if deeper else None
        self.under = deeper or (signed and above is not None and above[1])
        self._sibling = signed or numbered
        if not self.under:
            self.item = self.latest_item = Where()
            self._inner = None
            self._item_line = (indent, numbered) if numbered or signed else None

    def close(self, text: str, items: Items, heads: Sequence[Head]) -> None:
        """Remember what a sentence with heads spoke of."""
        self.subject, self.latest = _first_heads(items), heads[-1]
        placeless = len(heads) == len(items.found) and not self.frame.values
        self.unplaced = tuple(head for head in heads if not head.inside) if placeless else ()
        self.listing = text[-1:] in _COLONS

    def listed(self) -> tuple[Head, ...]:
        """What the places behind a colon belong to."""
        return (self.latest,) if self.listing and self.latest is not None else ()

    def goes_on(self, text: str) -> bool:
        """Whether a sentence begins like a line below the finding above."""
        return bool(self.unplaced) and _BELOW.match(text) is not None


def is_heading(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place is all that its line holds, as the head of the items below.

    Args:
        text: The report text.
        sentence: The sentence.
        start: Where the place begins in it.
        end: Where it ends in it.
    """
    start, end = sentence.start + start, sentence.start + end
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
