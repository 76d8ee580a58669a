"""Inside one clause: which group of places belongs to which head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.items import Head, Items, Place
from radnlp.rules.reading.landmarks import is_landmark

#: A preposition stands at most so many characters before its place.
_LEAD = 8


@dataclass(slots=True)
class Bond:
    """A head and the places next to it in its clause.

    Attributes:
        before: The places in front of it that are its own ("RUL nodule").
        after: The places behind it ("nodule in the RUL").
        joined: Whether a word such as "with" ties it to the head before it.
        beside: Whether it is said to lie next to what was named before ("adjacent").
        also: The places of a finding behind it that it has there as well ("in both lungs [GGO], in the LLL with ...").
    """

    head: Head
    before: list[Place] = field(default_factory=list)
    after: list[Place] = field(default_factory=list)
    joined: bool = False
    beside: bool = False
    also: list[Place] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its words begin, with the places before them."""
        return min([self.head.start, *(place.start for place in self.before)])


@dataclass(slots=True)
class Clause:
    """The bonds of a clause in text order, and the places that belong to no single one of them.

    Attributes:
        frame: Places that open the clause and hold for all of it ("Right lung: ...", "In the RUL there is ...").
        titled: Whether a colon stands behind the frame, as in a list item that goes on after the clause.
        stray: Places of a clause without any head.
    """

    bonds: list[Bond] = field(default_factory=list)
    frame: list[Place] = field(default_factory=list)
    titled: bool = False
    stray: list[Place] = field(default_factory=list)


def bind(text: str, items: Items, inside: Sequence[Head | Place], end: int) -> Clause:
    """The clause that some items of a sentence make; ``end`` is where it ends in the text.

    English puts the place behind the lesion with a preposition or right before it as an adjective, Korean puts it
    before. A group of places between two heads goes to the one behind when nothing but adjectives, a verb or a
    particle is between them ("RUL [is] clear"), and no preposition ties it to the head before it; when both want it,
    its last place goes to the head behind ("nodule in the RUL and LLL consolidation").
    """
    clause = Clause()
    waiting: list[Place] = []
    beside = False
    for item in inside:
        if isinstance(item, Place):
            if item.kind == "beside":
                beside = True
            else:
                waiting.append(item)
            continue
        bond = Bond(item, beside=beside)
        if clause.bonds:
            bond.joined = read_gap(text, items, clause.bonds[-1].head.end, item.start).joins
        if waiting and not clause.bonds and is_landmark(text, items, item.start):
            clause.bonds.append(bond)  # "the lower lobe distal to the [mass] is collapsed"
            continue
        if waiting:
            _between(text, items, clause, waiting, bond)
        waiting, beside = [], False
        clause.bonds.append(bond)
    if clause.bonds:
        owner = _subject(text, items, clause, waiting) if waiting else clause.bonds[-1]
        owner.after = waiting
        clause.bonds[-1].beside |= beside
    elif waiting:
        clause.stray = waiting
        clause.titled = _has_colon(text[waiting[-1].end : end].lstrip()[:1])
    return clause


def _between(text: str, items: Items, clause: Clause, places: list[Place], behind: Bond) -> None:
    """Places in front of a head: its own, those of the head before, or of the whole clause."""
    gap = read_gap(text, items, places[-1].end, behind.head.start)
    if not clause.bonds:
        for at in range(len(places) - 1, 0, -1):
            if _has_colon(text[places[at - 1].end : places[at].start]):  # "Left lung: upper lobe nodule"
                clause.frame, clause.titled, behind.before = places[:at], True, places[at:]
                return
        title = _has_colon(text[places[-1].end : behind.head.start].lstrip()[:1])
        if gap.bare and not title:
            behind.before = places
        else:
            clause.frame, clause.titled = places, title
        return
    for at in range(1, len(places)):
        if read_gap(text, items, places[at - 1].end, places[at].start).joins:  # "both lungs with right effusion"
            clause.bonds[-1].after, behind.before = places[:at], places[at:]
            return
    before = clause.bonds[-1]
    for at in range(len(places) - 1, 0, -1):
        if read_gap(text, items, places[at - 1].end, places[at].start).closes:  # "結節は右上葉に認め、左下葉に嚢胞"
            before.after, places = [*before.after, *places[:at]], places[at:]
            break
    wanted = gap.bare or gap.claims
    tied = read_gap(text, items, before.head.end, places[0].start)
    if tied.leads and tied.parts and gap.joins and not gap.parts and _opens_both(items, clause):
        before.also = behind.before = places  # "in both lungs GGO, in the LLL with consolidation"
    elif tied.restarts and (clause.frame or before.before):  # "in the RUL a nodule and in the LLL a mass"
        behind.before = places
    elif not wanted:
        owner = _subject(text, items, clause, places)
        owner.after = [*owner.after, *places]
    elif not (tied.leads or places[0].led) or tied.parts or tied.closes or before.head.kind == "same":
        behind.before = places
    elif len(places) > 1:
        at = _last_part(text, items, places, whole_list=gap.tells or behind.head.kind == "other")
        before.after, behind.before = places[:at], places[at:]
    else:
        before.after = places


def _opens_both(items: Items, clause: Clause) -> bool:
    """Whether a clause opens with a place on both sides: "in both lungs"."""
    opening = clause.frame or clause.bonds[0].before
    led = bool(clause.frame or (opening and "in" in items.marked(opening[0].start - _LEAD, opening[0].start)))
    return led and any(place.both for place in opening)


def _subject(text: str, items: Items, clause: Clause, places: list[Place]) -> Bond:
    """Whose the places at the end of a clause are: "a mass, narrowing the bronchus, was seen in the RUL"."""
    last = clause.bonds[-1]
    gap = read_gap(text, items, last.head.end, places[0].start)
    first = clause.bonds[0]
    resumed = last.head.kind == "other" and gap.parts and gap.tells and first.head.kind == "key" and not first.after
    return first if resumed else last


def _last_part(text: str, items: Items, places: list[Place], *, whole_list: bool) -> int:
    """Where the places of the head behind begin: with a verb behind them at the last comma, else the last one."""
    if whole_list:
        for at in range(len(places) - 1, 0, -1):
            if read_gap(text, items, places[at - 1].end, places[at].start).parts:
                return at
    return len(places) - 1


def _has_colon(words: str) -> bool:
    return ":" in words or "\uff1a" in words or "\u3011" in words
