"""Reads a report sentence by sentence and says where each finding is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from radnlp.api import Lexicon, Mention, ReportView, Schema, Sentence
from radnlp.rules.reading import lending
from radnlp.rules.reading.bonds import Bond, Clause, bind
from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.groups import GroupReader, Where, united
from radnlp.rules.reading.items import Head, ItemFinder, Items, Place
from radnlp.rules.reading.regions import Regions, Values

_WORD = re.compile(r"[^\W\d_]{4,}")
_BULLET = re.compile(r"\s*(?:[-*\u2022\u00b7\u25aa\u25cf\u25a0>]|\d{1,2}\))")
_TITLE = re.compile(r"\s*(?:[-*\u2022\u00b7\u25aa\u25cf\u25a0>]|[#(]?\d{1,2}[.)])?\s*[^\W\d_][\w /,-]{0,40}[:\uff1a]")
#: How far behind a place the words that stress it may stand ("우측에 더 심함").
_STRESS = 12
#: "They" speaks of no longer list of findings.
_MOST = 20


class Reading(NamedTuple):
    """One mention of a key and where it is.

    Attributes:
        values: The values, as few and as narrow as the text says.
        places: The mentions of values that this rests on.
        way: How the reader got there, in a few words.
    """

    key: Mention
    values: Values
    places: tuple[Mention, ...]
    way: str


@dataclass(slots=True)
class _Memory:
    """What the sentences so far leave behind for the next.

    Attributes:
        section: The section they stand in; another one forgets the rest.
        subject: The first heads of the last sentence that had one, with no place between: what "it" speaks of.
        latest: Its last head.
        listing: Whether that sentence ended in a colon, so that what follows are its places.
        place: The place named last.
        frame: The place that heads the list item.
        frame_alone: Whether it stands on a line of its own, so that the lines below are its items.
    """

    section: str | None = None
    subject: tuple[Head, ...] = ()
    latest: Head | None = None
    listing: bool = False
    place: Where = field(default_factory=Where)
    frame: Where = field(default_factory=Where)
    frame_alone: bool = False


class Reader:
    """Finds for each mention of a key the values that the report gives it.

    Args:
        schema: Whose values are read.
        lexicon: Clause breaks and signposts.
        values: The values that are places; all of one type.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon, values: Collection[str]) -> None:
        self._items = ItemFinder(lexicon, values)
        self._regions = Regions(schema, values)
        self._groups = GroupReader(self._regions)

    def projected(self, values: Values, allowed: Collection[str]) -> list[str]:
        """Values in the words of a relation that knows only some of them: ``lll`` is ``left_lung`` for a side."""
        given = values.intersection(allowed)
        return sorted(given.union(*(self._regions.around(value, allowed) for value in values - given)))

    def naming(self, value: str, places: Sequence[Mention]) -> list[Mention]:
        """Those of some place mentions that speak of a value: of "RUL and on the right" both for ``rul``."""
        wanted = frozenset([value])
        return [place for place in places if self._regions.overlap(wanted, frozenset([place.entity]))]

    def read(self, view: ReportView) -> list[Reading]:
        """All readings of a report, in text order of the sentences."""
        found: list[Reading] = []
        memory = _Memory()
        text = view.report.text
        sentences = self._items.items(view)
        before = 0
        for sentence in view.sentences:
            if sentence.section != memory.section:
                memory = _Memory(section=sentence.section)
            self._next_item(text, before, sentence, memory)
            before = sentence.end
            if sentence.index in sentences and sentences[sentence.index].found:
                found += self._sentence(text, sentence, sentences[sentence.index], memory)
        return found

    def _next_item(self, text: str, before: int, sentence: Sentence, memory: _Memory) -> None:
        """Forget the head of a list item where the item ends: at a new line that is no bullet below it."""
        if not memory.frame.values:
            return
        new_line = "\n" in text[before : sentence.start] or "\r" in text[before : sentence.start]
        titled = _TITLE.match(text, sentence.start, sentence.end) is not None
        below = memory.frame_alone or _BULLET.match(text, sentence.start, sentence.end) is not None
        if titled or (new_line and not below) or "\n\n" in text[before : sentence.start]:
            memory.frame = Where()

    def _sentence(self, text: str, sentence: Sentence, items: Items, memory: _Memory) -> Iterator[Reading]:
        heads = [item for item in items.found if isinstance(item, Head)]
        if pairs := _respectively(text, items):
            memory.subject, memory.latest = _first_heads(items), heads[-1]
            for head, place in pairs:
                yield from _readings(head, Where(place.values, place.mentions, "respectively"))
            return
        self._resolve(heads, memory)
        frame = memory.frame
        in_sentence: Head | None = None
        for number, (start, end) in enumerate(pairwise([sentence.start, *items.breaks, sentence.end])):
            inside = items.between(start, end)
            if not inside:
                continue
            clause = bind(text, items, inside, end)
            if clause.stray:
                where = self._groups.where(text, items, clause.stray, memory.place)
                speaks_of = in_sentence or (memory.latest if memory.listing else None)
                first = next((place for place in clause.stray if place.kind == "named"), clause.stray[0])
                of_another = read_gap(text, items, start, first.start).tells or _speaks(text, clause.stray, end)
                if speaks_of is not None and not of_another and not speaks_of.denied and speaks_of.kind != "other":
                    yield from _readings(speaks_of, Where(where.values, where.mentions, "goes on about the finding"))
                elif clause.titled and in_sentence is None:
                    frame = memory.frame = where
                    memory.frame_alone = True
                memory.place = where if where.values else memory.place
                continue
            if not clause.bonds:
                continue
            frame = self._framed(text, items, clause, frame, memory)
            yield from self._clause(text, items, clause, frame, memory)
            in_sentence = clause.bonds[-1].head
            if number == 0 and not clause.titled:
                frame = memory.frame
        if heads:
            memory.subject, memory.latest = _first_heads(items), heads[-1]
            memory.listing = text[sentence.end - 1 : sentence.end] in (":", "\uff1a")

    def _resolve(self, heads: Sequence[Head], memory: _Memory) -> None:
        """Give each head that speaks of one before the mentions of that one."""
        for number, head in enumerate(heads):
            if head.kind != "same":
                continue
            meant = heads[number - 1 : number] if number else memory.subject
            if number and heads[number - 1].kind == "other":
                meant = heads[:1]  # "a consolidation fits an infarct; another lies in the RML"
            head.mentions = tuple(dict.fromkeys(mention for other in meant for mention in other.mentions))

    def _framed(self, text: str, items: Items, clause: Clause, frame: Where, memory: _Memory) -> Where:
        """The place that holds for the clause: its own opening, or the head of the list item."""
        if not clause.frame:
            return frame
        opening = self._groups.where(text, items, clause.frame, memory.place)
        if frame.values and self._regions.overlap(frame.values, opening.values):
            opening = self._both(frame, opening)
        if clause.titled:
            memory.frame, memory.frame_alone = opening, False
        memory.place = opening if opening.values else memory.place
        return Where(opening.values, opening.mentions, "the place that opens the clause")

    def _clause(self, text: str, items: Items, clause: Clause, frame: Where, memory: _Memory) -> Iterator[Reading]:
        own: list[Where | None] = []
        for bond in clause.bonds:
            where = self._own(text, items, bond, memory)
            own.append(where)
            if where is not None and where.values:
                memory.place = where
        behind = lending.behind(text, items, clause.bonds, own)
        for number, bond in enumerate(clause.bonds):
            where = own[number]
            if where is None:
                where = behind[number]
                if where is None and bond.beside:
                    neighbour = own[number - 1] if number else None
                    where = (neighbour or memory.place)._replace(way="next to what stands there")
                elif where is None:
                    where = lending.before(text, items, clause.bonds, own, number, memory.place)
                if frame.values and not bond.beside and not self._regions.overlap(frame.values, where.values):
                    where = frame
                own[number] = where if where.values else None
            elif where.stressed and self._regions.overlap(frame.values, where.values):
                where = frame
            elif not self._regions.hold(where.values, frame.values) and (
                narrowed := self._regions.narrowed(frame.values, where.values)
            ):
                where = Where(narrowed, united(frame, where), where.way)
            if where.values and not memory.place.values:
                memory.place = where
            yield from _readings(bond.head, where)

    def _own(self, text: str, items: Items, bond: Bond, memory: _Memory) -> Where | None:
        """The place by its own words; None when it has none."""
        pieces: list[Where] = []
        for places, way in ((bond.before, "the place before it"), (bond.after, "the place behind it")):
            if places:
                found = self._groups.where(text, items, places, memory.place)
                stressed = "emphasis" in items.marked(bond.head.end, places[-1].end + _STRESS)
                if pieces and stressed and self._regions.overlap(pieces[0].values, found.values):
                    continue  # "bilateral nodules, more on the left" adds nothing
                pieces.append(Where(found.values, found.mentions, found.way or way, stressed))
        for place in bond.head.inside:
            pieces.append(Where(place.values, place.mentions, "the place in its own words"))
        if not pieces:
            return None
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = self._both(whole, piece)
        return whole

    def _both(self, left: Where, right: Where) -> Where:
        way = right.way if not left.way or left.way == right.way else f"{left.way} and {right.way}"
        return Where(self._regions.merge(left.values, right.values), united(left, right), way)


def _respectively(text: str, items: Items) -> list[tuple[Head, Place]]:
    """First to first, second to second; nothing when their numbers differ or when it is said of sizes."""
    at = items.mark("respectively")
    if at is None:
        return []
    behind = max((item.end for item in items.found if item.end <= at), default=at)
    if any(char.isdigit() for char in text[behind:at]):
        return []
    heads = [item for item in items.found if isinstance(item, Head) and item.kind == "key"]
    places = [item for item in items.found if isinstance(item, Place) and item.kind == "named"]
    return list(zip(heads, places, strict=True)) if len(heads) == len(places) > 1 else []


def _first_heads(items: Items) -> tuple[Head, ...]:
    first: list[Head] = []
    for item in items.found:
        if isinstance(item, Head):
            first.append(item)
        elif first:
            break
    return tuple(first[:_MOST])


def _speaks(text: str, places: Sequence[Place], end: int) -> bool:
    """Whether more than a size stands behind the places: "the LLL looks fine" says something of the lobe itself."""
    return _WORD.search(text, places[-1].end, end) is not None


def _readings(head: Head, where: Where) -> Iterator[Reading]:
    if where.values:
        for mention in head.mentions:
            yield Reading(mention, where.values, where.mentions, where.way)
