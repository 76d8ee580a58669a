"""The words of a pipeline: terms, cues, headings and abbreviations of all its languages, as plain records.

Phrases are stored expanded: every alternative that a TOML file writes as ``(a|b)`` is a phrase of its own here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CueDirection = Literal["forward", "backward", "bidirectional", "terminate", "pseudo"]
CueCategory = Literal[
    "negated", "uncertain", "historical", "asserted", "family", "question", "recommendation", "boundary"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that name entities of the schema.

    Attributes:
        entities: The ids it names; empty for words that must *not* be read as an entity ("thyroid nodule").
        owner: The file the term comes from, for messages.
    """

    phrase: str
    entities: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRule:
    """A cue after ConText (Harkema et al., J Biomed Inform 2009;42:839).

    Attributes:
        literal: The words that match.
        category: What the cue says of the mentions in its scope; ``boundary`` for a terminating cue.
        direction: forward, backward or bidirectional; ``terminate`` ends the scopes of others, ``pseudo`` only keeps
            shorter cues inside its words from matching.
        max_scope: Furthest reach in tokens, None for the whole sentence.
        max_targets: How many mentions it may act on, nearest first; None for all.
        terminated_by: Categories whose cues end this one's scope.
        owner: The file the cue comes from.
    """

    literal: str
    category: CueCategory
    direction: CueDirection
    max_scope: int | None = None
    max_targets: int | None = None
    terminated_by: tuple[str, ...] = ()
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRule:
    """A heading and the section it opens."""

    phrase: str
    section: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything a pipeline knows of words.

    Attributes:
        languages: The languages it was put together for.
        abbreviations: Words after which a full stop ends no sentence, without that stop.
        connectives: Words that may stand between the members of one list ("and", "및").
        clause_breaks: Words that part clauses ("but", ";"): a relation does not reach across.
        digest: SHA-256 over schema and lexicon, for provenance and resuming.
    """

    languages: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    cues: tuple[CueRule, ...] = ()
    headings: tuple[HeadingRule, ...] = ()
    abbreviations: tuple[str, ...] = ()
    connectives: tuple[str, ...] = ()
    clause_breaks: tuple[str, ...] = ()
    digest: str = ""
