"""A patient's reports in order of time, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from radnlp.timeline.entries import TimelineIssue
from radnlp.timeline.settings import TimelineSettings

#: State of a report that is part of its patient's steps.
USED = "used"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineReport:
    """One report of a patient.

    Attributes:
        place: ``FILE:LINE``.
        study_date: As given.
        found: Key that counts -> its values of the relation, both in schema order.
        label: The value, several joined by ``+``; None without any.
        state: ``used``, the name of the filter that dropped the report or its patient, or the code of an issue.
        step: From 1, for a used report.
    """

    place: str
    report_id: str
    study_date: str
    found: Mapping[str, tuple[str, ...]]
    label: str | None
    state: str
    step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stretch of time in which the label stayed the same.

    Attributes:
        number: From 1.
        value: The label.
        first: ``study_date`` of its first used report.
        last: ``study_date`` of its last.
        reports: How many used reports it has.
    """

    number: int
    value: str
    first: str
    last: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTimeline:
    """All dated reports of one patient, earliest first.

    Attributes:
        keys: The keys of the used reports (of one key, unless the settings allow more); empty for a dropped patient.
        dropped_by: Name of the filter that left the patient without reports; None for a used patient.
        steps: Empty for a dropped patient.
        changes: How often the label changes, those after the last step included.
    """

    patient_id: str
    reports: tuple[TimelineReport, ...]
    keys: tuple[str, ...]
    dropped_by: str | None
    steps: tuple[Step, ...]
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A line that is in no sequence, because of an error.

    Attributes:
        code: Code of its first issue.
        study_date: As given when it is a string.
    """

    place: str
    code: str
    report_id: str | None = None
    patient_id: str | None = None
    study_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCount:
    """What one filter dropped.

    Attributes:
        reports: Number of reports.
        patients: Ids of the patients that had reports before this filter and have none after it, sorted.
    """

    name: str
    summary: str
    reports: int
    patients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A cohort over time. Every line of the input is in ``patients`` or in ``unplaced``.

    Attributes:
        lines: Lines of the input that are not blank.
        patients: Sorted by id.
        filters: In the order in which they were applied.
        issues: Errors in input order, then warnings by patient.
    """

    settings: TimelineSettings
    lines: int
    patients: tuple[PatientTimeline, ...]
    unplaced: tuple[Unplaced, ...]
    filters: tuple[FilterCount, ...]
    issues: tuple[TimelineIssue, ...]

    @property
    def used(self) -> tuple[PatientTimeline, ...]:
        """The patients that passed every filter."""
        return tuple(patient for patient in self.patients if patient.dropped_by is None)

    @property
    def used_reports(self) -> int:
        """How many reports make up the steps."""
        return sum(step.reports for patient in self.used for step in patient.steps)

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(issue.level == "error" for issue in self.issues)
