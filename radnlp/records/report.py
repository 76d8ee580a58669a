"""What goes in: a report, and the segments found in its text.

Offsets: every ``start`` and ``end`` in radnlp is a half-open interval ``[start, end)`` in Unicode code points of the
report's text exactly as it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

IssueLevel = Literal["warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something that went wrong for one report; the run goes on.

    Attributes:
        level: ``error`` makes the run's exit status 1, ``warning`` does not.
        stage: The stage that noticed it (``read``, ``text``, ``keys``, ...).
        code: A stable name a script can count (``empty_text``, ``duplicate_id``, ...).
        message: One sentence for a person, without report text.
    """

    level: IssueLevel
    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it was given.

    Attributes:
        id: Unique name of the report in its run.
        text: The text, untouched.
        patient_id: Who it is about, if known.
        study_date: When the study was made, as given (ISO 8601 expected).
        language: Language tag, metadata only: every language of the schema is always active.
        meta: Every other column of the input.
        sentences: Sentence intervals that the input fixes, in text order; None lets radnlp find them.
        targets: Mentions handed over, ``(start, end, entity)`` in text order, which take the place of term matching;
            None lets radnlp find them.
        issues: What went wrong while reading; with an ``error`` among them the report is not processed.
    """

    id: str
    text: str
    patient_id: str | None = None
    study_date: str | None = None
    language: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    sentences: tuple[tuple[int, int], ...] | None = None
    targets: tuple[tuple[int, int, str], ...] | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the report can be processed (no error while reading)."""
        return not any(issue.level == "error" for issue in self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a report under one heading, from the heading's first character to the next heading.

    Attributes:
        id: history, technique, comparison, findings, impression or recommendation.
    """

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLabel:
    """A sentence classifier's answer for one sentence.

    Attributes:
        label: Sentence class id of the schema, or None when the provider cannot say.
        score: Confidence in [0, 1], or None when the provider has none.
    """

    label: str | None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, list item or heading line.

    Attributes:
        index: Position in the report, from 0.
        section: Section id, or None outside any known section.
        label: Sentence class id, for schemas that have classes.
        score: Confidence of the label in [0, 1], or None.
    """

    index: int
    start: int
    end: int
    section: str | None = None
    label: str | None = None
    score: float | None = None
