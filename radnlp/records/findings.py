"""What the two stages answer, and the findings joined from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from radnlp.records.mentions import EvidenceSpan, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPrediction:
    """Stage one's answer for one key of one report.

    Attributes:
        score: Confidence in [0, 1], or None when the provider has none.
        evidence: Where the provider saw the key, in text order; may be empty.
    """

    key: str
    status: Status
    score: float | None = None
    evidence: tuple[EvidenceSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """``key -type-> value``, for example *nodules located_in rul*.

    Attributes:
        score: Confidence in [0, 1], or None when the provider has none.
        key_evidence: Where the key is named; empty when the relation has no anchor in the text.
        value_evidence: Where the value is named; empty likewise.
        source: Name of the provider.
        rule: How the provider got there, for ``radnlp explain``; None when it cannot say.
    """

    key: str
    type: str
    value: str
    score: float | None = None
    key_evidence: tuple[EvidenceSpan, ...] = ()
    value_evidence: tuple[EvidenceSpan, ...] = ()
    source: str
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One key of one report: the row a user wants.

    Attributes:
        values: Relation type -> value ids, in schema order; empty for an absent key.
        evidence: The mentions that have the finding's status, in text order.
        sources: The providers that asserted the key.
    """

    key: str
    status: Status
    score: float | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: tuple[EvidenceSpan, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one decision step of a schema that decides in steps has decided."""

    step: str
    decided: tuple[str, ...]
    source: str
