"""What the two stages answer, and the findings joined from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from radnlp.records.mentions import EvidenceSpan, Status

#: What else a report says of a size; see :class:`Measurement`.
Qualifier = Literal["about", "up_to", "at_least", "largest", "previous"]
#: What came of a question to another provider; see :class:`Route`.
RouteEnd = Literal["sure", "unsure", "agreed", "differs", "out_of_budget", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPrediction:
    """Stage one's answer for one key of one report.

    Attributes:
        score: Confidence in [0, 1], or None when the provider has none.
        evidence: Where the provider saw the key, in text order; may be empty.
        sources: Who says so, where the provider asks others too; empty for the provider itself.
    """

    key: str
    status: Status
    score: float | None = None
    evidence: tuple[EvidenceSpan, ...] = ()
    sources: tuple[str, ...] = ()


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
class Measurement:
    """A size that the report gives for a finding.

    Units: millimetres, whatever unit the report uses.

    Attributes:
        mm: One number a dimension, in the order written: (12.0, 8.0) for "1.2 x 0.8 cm"; of a range its two ends.
        range: Whether ``mm`` are the ends of a range ("3-5 mm"), the smaller one first.
        qualifier: ``largest``: of several lesions this is the size of the largest; ``up_to``: they are no larger;
            ``at_least``: no smaller; ``about``: roughly; ``previous``: the size on an earlier examination, told for
            comparison. Of several the weightiest: previous, largest, up_to, at_least, about. None: said plainly.
        evidence: The words of the size.
        mention: The words of the finding that it belongs to.
        rule: How it was tied to them, for ``radnlp explain``.
    """

    mm: tuple[float, ...]
    range: bool = False
    qualifier: Qualifier | None = None
    evidence: EvidenceSpan
    mention: EvidenceSpan | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One key of one report: the row a user wants.

    Attributes:
        values: Relation type -> value ids, in schema order; empty for an absent key.
        measurements: Its sizes, in text order; none for an absent key.
        evidence: The mentions that have the finding's status, in text order.
        sources: The providers that asserted the key.
    """

    key: str
    status: Status
    score: float | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measurements: tuple[Measurement, ...] = ()
    evidence: tuple[EvidenceSpan, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one decision step of a schema that decides in steps has decided."""

    step: str
    decided: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How sure a mapper was of its answer for a key, and whom it asked instead: one step of a routing trace.

    Attributes:
        score: Calibrated probability, in [0, 1], that the first answer is wholly right.
        why: What speaks against the first answer, the weightiest first, in words that hold none of the report's.
        first: Name of the provider that answered first.
        asked: Name of the provider that was asked then; None where nobody was.
        end: ``sure``: the first answer was kept; ``unsure``: likewise, because there is nobody else to ask;
            ``out_of_budget``, ``failed``: likewise, because no question was left or the other one gave no usable
            answer; ``agreed``, ``differs``: the other one's answer was taken, which is the same, or another.
    """

    key: str
    score: float
    why: tuple[str, ...] = ()
    first: str
    asked: str | None = None
    end: RouteEnd

    @property
    def confidence(self) -> float:
        """What ``score`` says of the answer that was taken, in [0, 1].

        Where both providers agree it is more probable than the first alone, so ``score`` is a lower bound; where they
        differ they cannot both be right, so ``1 - score`` is an upper one.

        >>> Route(key="mass", score=0.75, first="rules", asked="llama", end="differs").confidence
        0.25
        """
        return round(1 - self.score, 4) if self.end == "differs" else self.score
