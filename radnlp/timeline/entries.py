"""What a timeline is made of: one entry a report, and the issues found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from radnlp.records.report import IssueLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFound:
    """What one finding says that a timeline may need.

    Attributes:
        values: Relation type -> value ids.
    """

    key: str
    status: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of ``findings.jsonl`` as far as a timeline needs it.

    Attributes:
        place: ``FILE:LINE``.
        study_date: As given, whatever it is.
        failed: The extraction holds an issue of the level ``error``.
    """

    place: str
    report_id: str
    patient_id: str | None
    study_date: object
    schema: str
    findings: tuple[KeyFound, ...]
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineIssue:
    """Something about the input that a reader of the timeline has to know. Ids and places, no report text.

    Attributes:
        level: ``error``: the line or report is not in any sequence. ``warning``: it is, and how is said.
        code: A stable name a script can count.
        places: ``FILE:LINE`` of all lines it is about, in input order.
        report_ids: Of the same lines, where they are known.
        message: One sentence for a person.
    """

    level: IssueLevel
    code: str
    places: tuple[str, ...]
    message: str
    patient_id: str | None = None
    report_ids: tuple[str, ...] = ()


def error(code: str, message: str, *, place: str, entry: Entry | None = None) -> TimelineIssue:
    """An error about one line."""
    return TimelineIssue(
        level="error",
        code=code,
        places=(place,),
        message=message,
        patient_id=entry.patient_id if entry else None,
        report_ids=(entry.report_id,) if entry else (),
    )
