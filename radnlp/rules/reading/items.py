"""What a sentence holds, in order: heads (what places belong to) and places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import Literal

from radnlp.api import Lexicon, Mention, PhraseMatcher, ReportView
from radnlp.rules.reading.regions import NOWHERE, Values

_HEADS: Mapping[str, Literal["other", "same"]] = {"other_finding": "other", "same_finding": "same", "placed": "same"}
_PLACES: Mapping[str, Literal["elsewhere", "same", "beside"]] = {
    "other_place": "elsewhere",
    "same_place": "same",
    "beside": "beside",
}
#: A few words and no sign between two items.
_BARE = re.compile(r"[\w\s-]{0,40}")


@dataclass(slots=True)
class Place:
    """A place in the text.

    Attributes:
        kind: ``named``: values of the schema; ``elsewhere``: none of them; ``same``: the place before; ``beside``: the
            place before, for the head behind.
        mentions: The value mentions it comes from.
        led: Whether its own first word ties it to the finding before it ("[throughout] the lungs").
        level: Whether its words name a part of a lung ("lobe", "segment").
        both: Whether they say that it is that of both sides, or of several ("both", "lobes").
    """

    start: int
    end: int
    kind: Literal["named", "elsewhere", "same", "beside"]
    values: Values = NOWHERE
    mentions: tuple[Mention, ...] = ()
    led: bool = False
    level: bool = False
    both: bool = False

    @property
    def open(self) -> bool:
        """Whether its side is still to be said: "lower lobe", but not "both lower lobes"."""
        return self.level and not self.both


@dataclass(slots=True)
class Head:
    """What places belong to.

    Attributes:
        kind: ``key``: mentions of keys; ``other``: a finding without a key; ``same``: a finding named before.
        mentions: The key mentions; of a ``same`` head those it turned out to mean.
        inside: The places in its own words ("pleural nodule").
    """

    start: int
    end: int
    kind: Literal["key", "other", "same"]
    mentions: tuple[Mention, ...] = ()
    inside: list[Place] = field(default_factory=list)

    @property
    def denied(self) -> bool:
        """Whether it is said not to be there."""
        return bool(self.mentions) and all(mention.status == "absent" for mention in self.mentions)


@dataclass(slots=True)
class Items:
    """The heads and places of one sentence in text order, and the words that say how to read them.

    Attributes:
        marks: Start, end and kind of the other signposts, in text order.
        breaks: Where its clauses begin after the first.
    """

    found: list[Head | Place] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def mark(self, kind: str) -> int | None:
        """Where the first mark of a kind ("respectively") stands, or None."""
        return next((at for at, _, found in self.marks if found == kind), None)

    def between(self, start: int, end: int) -> list[Head | Place]:
        """The heads and places that start between two offsets."""
        first = bisect_left(self.found, start, key=lambda item: item.start)
        return self.found[first : bisect_left(self.found, end, lo=first, key=lambda item: item.start)]

    def marked(self, start: int, end: int) -> list[str]:
        """The kinds of the marks between two offsets, in text order."""
        first, last = bisect_left(self.marks, (start,)), bisect_left(self.marks, (end,))
        return [kind for _, _, kind in self.marks[first:last]]


class ItemFinder:
    """Finds the items of every sentence of a report.

    Args:
        lexicon: Its signposts and clause breaks.
        values: The values that count as places.
    """

    def __init__(self, lexicon: Lexicon, values: Collection[str]) -> None:
        self._values = frozenset(values)
        kinds = dict.fromkeys(lexicon.clause_breaks, "break")
        kinds.update((signpost.phrase, signpost.kind) for signpost in lexicon.signposts)
        self._kinds = list(kinds.values())
        self._signposts = PhraseMatcher(kinds)

    def items(self, view: ReportView) -> dict[int, Items]:
        """By index of the sentence; sentences with nothing of interest are left out."""
        spans: dict[tuple[int, int, int], list[Mention]] = defaultdict(list)
        for mention in view.mentions:
            if mention.status is not None or mention.entity in self._values:
                spans[mention.start, mention.end, mention.sentence].append(mention)
        if not any(mention.status is not None for mention in view.mentions) or not spans:
            return {}
        sentences: dict[int, Items] = defaultdict(Items)
        for (start, end, number), mentions in spans.items():
            sentences[number].found.append(_named(start, end, mentions))
        self._add_signposts(view, sorted(spans), sentences)
        for items in sentences.values():
            items.found = _without_adjectives(view.report.text, items)
        return sentences

    def _add_signposts(
        self, view: ReportView, taken: Sequence[tuple[int, int, int]], sentences: dict[int, Items]
    ) -> None:
        ends = [sentence.end for sentence in view.sentences]
        first_head = {
            number: min((item.start for item in items.found if isinstance(item, Head)), default=None)
            for number, items in sentences.items()
        }
        at_start = {item.start: item for items in sentences.values() for item in items.found}
        reached = list(accumulate((end for _, end, _ in taken), max))
        for start, end, number in self._signposts.find(view.report.text):
            kind = self._kinds[number]
            row = bisect_right(ends, start)
            if kind == "nothing" or row == len(ends) or start < view.sentences[row].start:
                continue
            at = bisect_left(taken, (end,))
            if at and reached[at - 1] > start:  # the schema's own words say more
                _own_word(kind, start, at_start.get(taken[at - 1][0]))
                continue
            index = view.sentences[row].index
            items = sentences[index]
            if kind == "break":
                items.breaks.append(start)
            elif kind in _HEADS:
                first = first_head.get(index)
                if kind == "placed" and first is not None and first < start:
                    continue
                items.found.append(Head(start, end, _HEADS[kind]))
                first_head[index] = start if first is None else min(first, start)
            elif kind in _PLACES:
                items.found.append(Place(start, end, _PLACES[kind]))
            else:
                items.marks.append((start, end, kind))


def _own_word(kind: str, start: int, item: Head | Place | None) -> None:
    """What a word inside the words of a place says of it."""
    if isinstance(item, Place):
        item.led |= kind == "in" and start == item.start
        item.level |= kind == "level"
        item.both |= kind == "both"


def _named(start: int, end: int, mentions: Sequence[Mention]) -> Head | Place:
    keys = tuple(mention for mention in mentions if mention.status is not None)
    values = tuple(mention for mention in mentions if mention.status is None)
    place = Place(start, end, "named", frozenset(mention.entity for mention in values), values)
    if not keys:
        return place
    return Head(start, end, "key", keys, [place] if values else [])


def _without_adjectives(text: str, items: Items) -> list[Head | Place]:
    """Without words for a finding before that stand at a finding's own name: "the largest nodule"."""
    found = sorted(items.found, key=lambda item: item.start)
    return [
        item
        for item, behind in zip_longest(found, found[1:])
        if not (
            isinstance(item, Head)
            and item.kind == "same"
            and isinstance(behind, Head)
            and behind.kind != "same"
            and _BARE.fullmatch(text, item.end, behind.start)
            and not {"is", "means"}.intersection(items.marked(item.end, behind.start))
        )
    ]
