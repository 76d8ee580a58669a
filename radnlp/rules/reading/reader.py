"""Reads a report sentence by sentence and says where each finding is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from radnlp.api import Lexicon, Mention, ReportView, Schema, Sentence
from radnlp.rules.reading import lending
from radnlp.rules.reading.bonds import Bond, Clause, bind
from radnlp.rules.reading.finder import ItemFinder
from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.groups import STRESS, GroupReader, Where, united
from radnlp.rules.reading.items import Head, Items, Place
from radnlp.rules.reading.landmarks import is_known, is_landmark
from radnlp.rules.reading.memory import Memory, is_heading
from radnlp.rules.reading.regions import NOWHERE, Regions, Values

#: "GGO (+)" is a sign of the finding above it.
_PLUS = re.compile(r" ?:? ?\(\+")
#: A preposition stands at most so many characters before its place.
_LEAD = 8
_WORD = re.compile(r"[^\W\d_]{4,}")


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


class Reader:
    """Finds for each mention of a key the values that the report gives it.

    Args:
        schema: Whose values are read.
        lexicon: Clause breaks and signposts.
        values: The values that are places; all of one type.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon, values: Collection[str]) -> None:
        self._values = frozenset(values)
        self._items = ItemFinder(lexicon, values)
        self._regions = Regions(schema, values)
        self._groups = GroupReader(self._regions)

    def projected(self, values: Values, allowed: Values) -> tuple[str, ...]:
        """Values in the words of a relation that knows only some of them (:meth:`Regions.projected`)."""
        return self._regions.projected(values, allowed)

    def naming(self, value: str, places: Sequence[Mention]) -> list[Mention]:
        """Those of some place mentions that speak of a value: of "RUL and on the right" both for ``rul``."""
        wanted = frozenset([value])
        return [place for place in places if self._regions.overlap(wanted, frozenset([place.entity]))]

    def read(self, view: ReportView) -> list[Reading]:
        """All readings of a report, in text order of the sentences."""
        found: list[Reading] = []
        if not any(mention.entity in self._values for mention in view.mentions):
            return found
        memory = Memory()
        text = view.report.text
        sentences = self._items.items(view)
        before = 0
        for sentence in view.sentences:
            if sentence.section != memory.section:
                memory = Memory(section=sentence.section)
            memory.begin(text, before, sentence)
            before = sentence.end
            if sentence.index in sentences and sentences[sentence.index].found:
                found += self._sentence(text, sentence, sentences[sentence.index], memory)
        return found

    def _sentence(self, report: str, sentence: Sentence, items: Items, memory: Memory) -> Iterator[Reading]:
        text = report[sentence.start : sentence.end]
        heads = [item for item in items.found if isinstance(item, Head)]
        if len(heads) == len(items.found) and all(head.denied for head in heads):
            memory.close(text, items, heads)  # "No effusion or pneumothorax."
            return
        if pairs := _respectively(text, items):
            memory.close(text, items, heads)
            for head, place in pairs:
                yield from _readings(head, Where(place.values, place.mentions, "respectively"))
            return
        self._resolve(heads, memory)
        frame = memory.frame
        if heads and not frame.values and "means" in items.marked(0, items.found[0].start):
            frame = memory.before._replace(way="what the finding before is taken for")
        speaks_of: Sequence[Head] = ()
        for number, (start, end) in enumerate(pairwise([0, *items.breaks, len(text)])):
            inside = items.between(start, end)
            if not inside:
                continue
            clause = bind(text, items, inside, end)
            if clause.stray:
                where = self._where(text, items, clause.stray, memory)
                self._named(memory, where)
                below = not speaks_of and memory.goes_on(text)
                meant = speaks_of or (memory.unplaced if below else memory.listed())
                if meant and (below or not _of_another(text, items, clause.stray, start, end)):
                    for head in meant:
                        if not head.denied and head.kind != "other":
                            yield from _readings(head, where._replace(way="goes on about the finding"))
                elif not speaks_of and (
                    clause.titled or is_heading(report, sentence, clause.stray[0].start, clause.stray[-1].end)
                ):
                    frame = memory.frame = where
                    memory.frame_alone = clause.titled
                elif not speaks_of and "in" in items.marked(clause.stray[0].start - _LEAD, clause.stray[0].start + 1):
                    frame = where._replace(way="what lies there")  # "an opacity in the RUL; nodule not excluded"
            elif clause.bonds:
                frame = self._framed(text, items, clause, frame, memory)
                yield from self._clause(text, items, clause, frame, memory)
                speaks_of = _spoken_of(clause)
                if number == 0 and not clause.titled:
                    frame = memory.frame
        if heads:
            memory.close(text, items, heads)

    def _resolve(self, heads: Sequence[Head], memory: Memory) -> None:
        """Give each head that speaks of one before the mentions of that one."""
        for number, head in enumerate(heads):
            if head.kind != "same":
                continue
            meant = heads[number - 1 : number] if number else memory.subject
            if number and heads[number - 1].kind == "other":
                meant = heads[:1]  # "a consolidation fits an infarct; another lies in the RML"
            head.mentions = tuple(dict.fromkeys(mention for other in meant for mention in other.mentions))

    def _framed(self, text: str, items: Items, clause: Clause, frame: Where, memory: Memory) -> Where:
        """The place that holds for the clause: its own opening, or the head of the list item."""
        if not clause.frame:
            return frame
        opening = self._where(text, items, clause.frame, memory)
        if frame.values and self._regions.overlap(frame.values, opening.values):
            opening = self._both(frame, opening)
        if clause.titled:
            memory.frame, memory.frame_alone = opening, False
        self._named(memory, opening)
        return Where(opening.values, opening.mentions, "the place that opens the clause")

    def _clause(self, text: str, items: Items, clause: Clause, frame: Where, memory: Memory) -> Iterator[Reading]:
        own: list[Where | None] = []
        for bond in clause.bonds:
            where = self._own(text, items, bond, memory)
            own.append(where)
            if where is not None:
                self._named(memory, where)
            elif is_landmark(text, items, bond.start) and (known := memory.last_of(bond.head)).values:
                own[-1] = known
                memory.near = memory.near or known.values  # "adjacent to the effusion, atelectasis in the lower lobe"
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
                fronted = bool(clause.frame) and behind[number] is not None
                apart = fronted or not self._regions.overlap(frame.values, where.values)
                if frame.values and not bond.beside and apart:
                    where = frame
                if not where.values and is_known(text, bond.head):
                    where = memory.last_of(bond.head)
                if not where.values and memory.under and bond.head.kind == "key":
                    signed = _PLUS.match(text, bond.head.end) is not None
                    item = memory.latest_item if signed and not memory.item.values else memory.item
                    where = item._replace(way="the item it stands under")
                own[number] = where if where.values else None
            elif where.stressed and self._regions.overlap(frame.values, where.values):
                where = frame
            elif frame.values and self._regions.hold(frame.values, where.values):
                where = Where(where.values, united(frame, where), where.way)
            elif self._narrows(frame, where, memory) and (
                narrowed := self._regions.narrowed(frame.values, where.values)
            ):
                where = Where(narrowed, united(frame, where), where.way)
            elif self._regions.alone(where.values):
                where = Where(frame.values | where.values, united(frame, where), where.way)
            if bond.also and where.values:
                there = self._where(text, items, bond.also, memory)
                where = Where(where.values | there.values, united(where, there), where.way)
            if not memory.place.values:
                self._named(memory, where)
            memory.found(bond.head, where)
            yield from _readings(bond.head, where)

    def _narrows(self, frame: Where, where: Where, memory: Memory) -> bool:
        """Whether a place is to be read within the frame: "Left lung: nodules in all lobes", not "RUL: both lungs"."""
        return not self._regions.hold(where.values, frame.values) or (
            frame.values == memory.frame.values and self._regions.is_side(frame.values)
        )

    def _where(self, text: str, items: Items, places: Sequence[Place], memory: Memory, near: Values = NOWHERE) -> Where:
        near = memory.near | near
        return self._groups.where(text, items, places, memory.place, near=near, line=memory.line, side=memory.side)

    def _named(self, memory: Memory, where: Where) -> None:
        memory.named(where, self._regions.one_side(where.values))

    def _own(self, text: str, items: Items, bond: Bond, memory: Memory) -> Where | None:
        """The place by its own words; None when it has none."""
        pieces: list[Where] = []
        for places, way in ((bond.before, "the place before it"), (bond.after, "the place behind it")):
            if places and not _is_cause(items, bond.head, places):
                near = NOWHERE.union(*(piece.values for piece in pieces))
                found = self._where(text, items, places, memory, near)
                stressed = "emphasis" in items.marked(bond.head.end, places[-1].end + STRESS)
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


def _spoken_of(clause: Clause) -> tuple[Head, ...]:
    """What a place in the next clause belongs to: the last finding, with those before it that have no place either.

    What a finding is taken for is not spoken of: "nodules suspicious for metastasis; in the RLL 8 mm".
    """
    bonds = [bond for bond in clause.bonds if not (bond.joined and bond.head.kind == "other")] or clause.bonds
    first = len(bonds) - 1
    if not (clause.frame or _is_placed(bonds[first])):
        while first and not _is_placed(bonds[first - 1]):
            first -= 1
    return tuple(bond.head for bond in bonds[first:])


def _is_cause(items: Items, head: Head, places: Sequence[Place]) -> bool:
    """Whether an organ behind a finding is what has caused it: "atelectasis due to the intrathoracic stomach"."""
    elsewhere = all(place.kind == "elsewhere" for place in places)
    return elsewhere and "cause" in items.marked(head.end, places[0].start)


def _is_placed(bond: Bond) -> bool:
    return bool(bond.before or bond.after or bond.head.inside)


def _of_another(text: str, items: Items, places: Sequence[Place], start: int, end: int) -> bool:
    """Whether the places of a clause without a finding say something of their own: "the LLL looks fine"."""
    first = next((place for place in places if place.kind == "named"), places[0])
    last = places[-1].end
    if "emphasis" in items.marked(last, last + STRESS):
        return False
    return read_gap(text, items, start, first.start).tells or _WORD.search(text, last, end) is not None


def _readings(head: Head, where: Where) -> Iterator[Reading]:
    if where.values:
        for mention in head.mentions:
            yield Reading(mention, where.values, where.mentions, where.way)
