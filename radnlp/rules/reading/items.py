"""What a sentence holds, in order: heads (what places belong to) and places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from radnlp.api import Mention
from radnlp.rules.reading.regions import NOWHERE, Values

if TYPE_CHECKING:
    from radnlp.rules.reading.gaps import Gap

PlaceKind = Literal["named", "elsewhere", "same", "beside", "opposite", "same_side"]


@dataclass(slots=True)
class Place:
    """A place in the text.

    Attributes:
        kind: ``named``: values of the schema; ``elsewhere``: none of them; ``same``: the place before; ``beside``: the
            place before, for the head behind; ``opposite``, ``same_side``: the other side or that of the place before.
        mentions: The value mentions it comes from.
        led: Whether its own first word ties it to the finding before it ("[throughout] the lungs").
        level: Whether its words name a part of a lung ("lobe", "segment").
        both: Whether they say that it is that of both sides, or of several ("both", "lobes").
        row: Which of the sentence's named words they are; None for signposts.
    """

    start: int
    end: int
    kind: PlaceKind
    values: Values = NOWHERE
    mentions: tuple[Mention, ...] = ()
    led: bool = False
    level: bool = False
    both: bool = False
    row: int | None = None

    def with_mentions(self, named: Sequence[Sequence[Mention]]) -> Place:
        """The same with the mentions of an occurrence of its sentence."""
        if self.row is None:
            return self
        values = tuple(mention for mention in named[self.row] if mention.status is None)
        return Place(self.start, self.end, self.kind, self.values, values, self.led, self.level, self.both)

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
        row: Which of the sentence's named words it is; None for signposts.
    """

    start: int
    end: int
    kind: Literal["key", "other", "same"]
    mentions: tuple[Mention, ...] = ()
    inside: list[Place] = field(default_factory=list)
    row: int | None = None

    def with_mentions(self, named: Sequence[Sequence[Mention]]) -> Head:
        """The same with the mentions of an occurrence of its sentence."""
        if self.row is None:
            return Head(self.start, self.end, self.kind)
        keys = tuple(mention for mention in named[self.row] if mention.status is not None)
        return Head(self.start, self.end, self.kind, keys, [place.with_mentions(named) for place in self.inside])

    @property
    def denied(self) -> bool:
        """Whether it is said not to be there."""
        return bool(self.mentions) and all(mention.status == "absent" for mention in self.mentions)


@dataclass(slots=True)
class Items:
    """The heads and places of one sentence in text order, and the words that say how to read them.

    All offsets count from the sentence's start.

    Attributes:
        marks: Start, end and kind of the other signposts, in text order.
        breaks: Where its clauses begin after the first.
        gaps: The gaps read so far (radnlp.rules.reading.gaps).
    """

    found: list[Head | Place] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    gaps: dict[tuple[int, int], Gap] = field(default_factory=dict)

    def with_mentions(self, named: Sequence[Sequence[Mention]]) -> Items:
        """The same with the mentions of an occurrence of the sentence."""
        return Items([item.with_mentions(named) for item in self.found], self.marks, self.breaks, self.gaps)

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
