"""Mentions: stretches of text that name an entity, and the cues that decide their status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["present", "uncertain", "historical", "absent"]

#: Several mentions of one key: the first of these that any of them has is the key's status.
STATUS_ORDER: tuple[Status, ...] = ("present", "uncertain", "historical", "absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSpan:
    """A stretch of the report text with its words: ``report.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """A term of the lexicon found in the text.

    Attributes:
        entities: Ids of the keys or values that the term names; one match may name several.
        sentence: Index of the sentence that holds it.
    """

    start: int
    end: int
    entities: tuple[str, ...]
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue that acts on a mention.

    Attributes:
        text: The cue's words in the report.
        category: What it says: negated, uncertain, historical, asserted, family, question or recommendation.
        direction: Where it looks: forward, backward or bidirectional.
        literal: The rule of the lexicon that matched.
        scope: The interval ``[start, end)`` in which the cue acts.
    """

    start: int
    end: int
    text: str
    category: str
    direction: str
    literal: str
    scope: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One entity named at one place.

    Attributes:
        entity: Id of the key or value.
        type: Entity type of it.
        status: Status of a key mention; None for a value mention.
        sentence: Index of its sentence.
        section: Section id of its sentence, or None.
        cues: The cues that act on it, in text order.
        excluded: Why the mention does not count (family, question, recommendation, ...), or None.
    """

    entity: str
    type: str
    status: Status | None
    start: int
    end: int
    sentence: int
    section: str | None = None
    cues: tuple[Cue, ...] = ()
    excluded: str | None = None
