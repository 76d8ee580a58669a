"""Which lines can be put in order, and what has to be said about those that can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from radnlp.timeline.dates import DateFault, StudyDate, parse_study_date
from radnlp.timeline.entries import Entry, TimelineIssue, error
from radnlp.timeline.settings import TimelineSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A report with its patient and its date.

    Attributes:
        line: Position in the input, from 0.
        found: Key that counts -> values of the relation, both in schema order.
    """

    line: int
    entry: Entry
    patient_id: str
    date: StudyDate
    found: Mapping[str, tuple[str, ...]]

    @property
    def order(self) -> tuple[object, ...]:
        """By time, then by id; what the line holds decides last, so that the order of the input never does."""
        return (self.date, self.entry.report_id, tuple(self.found.items()))


def place(line: int, entry: Entry, settings: TimelineSettings) -> Placed | list[TimelineIssue]:
    """The report in its patient's time, or every reason why it has no place there."""
    if entry.schema != settings.schema:
        message = f"an extraction of the schema {entry.schema!r}; this timeline is of {settings.schema!r}"
        return [error("other_schema", message, place=entry.place, entry=entry)]
    if entry.failed:
        message = "the extraction has an error, so that its findings may be incomplete"
        return [error("extraction_error", message, place=entry.place, entry=entry)]
    issues = []
    if entry.patient_id is None:
        issues.append(error("missing_patient", "has no patient_id", place=entry.place, entry=entry))
    date = parse_study_date(entry.study_date)
    if isinstance(date, DateFault):
        issues.append(error(date.code, date.message, place=entry.place, entry=entry))
    found = _found(entry, settings)
    if any(value not in settings.values for values in found.values() for value in values):
        message = f"has a value of {settings.relation} that the schema does not know; was it another version?"
        issues.append(error("unknown_value", message, place=entry.place, entry=entry))
    if issues or entry.patient_id is None or isinstance(date, DateFault):
        return issues
    return Placed(line=line, entry=entry, patient_id=entry.patient_id, date=date, found=found)


def _found(entry: Entry, settings: TimelineSettings) -> dict[str, tuple[str, ...]]:
    order = [*settings.values]
    given: dict[str, set[str]] = defaultdict(set)
    for finding in entry.findings:
        if finding.key in settings.keys and finding.status in settings.statuses:
            given[finding.key].update(finding.values.get(settings.relation, ()))
    rank = {value: number for number, value in enumerate(order)}
    return {
        key: tuple(sorted(given[key], key=lambda value: (rank.get(value, len(rank)), value)))
        for key in settings.keys
        if key in given
    }


def without_repeats(reports: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
    """The reports, and those that say once more what an earlier line said: same patient, date, id and values."""
    kept: dict[tuple[object, ...], Placed] = {}
    repeats = []
    for report in reports:
        if kept.setdefault((report.patient_id, *report.order), report) is not report:
            repeats.append(report)
    return [*kept.values()], repeats


def warnings(patients: Mapping[str, Sequence[Placed]], repeats: Sequence[Placed]) -> Iterator[TimelineIssue]:
    """What is unusual about reports that have their place.

    Args:
        patients: Patient id -> reports, earliest first, without repeats.
        repeats: The lines that say something once more.
    """
    by_id: dict[str, list[Placed]] = defaultdict(list)
    for reports in patients.values():
        for report in reports:
            by_id[report.entry.report_id].append(report)
    for report in repeats:
        yield _warning("repeated_report", "says again what an earlier line says; it is counted once", [report])
    for reports in by_id.values():
        if len(reports) > 1:
            message = f"{len(reports)} different reports have the same id; all are kept"
            yield _warning("duplicate_id", message, reports)
    for reports in patients.values():
        yield from _same_date(reports)
        yield from _out_of_order(reports)


def _same_date(reports: Sequence[Placed]) -> Iterator[TimelineIssue]:
    for day, group in groupby(reports, key=lambda report: report.date.day):
        same = list(group)
        if len(same) > 1:
            message = f"{len(same)} reports of {day}; all are kept, in order of time of day, then of report id"
            yield _warning("same_date", message, same)


def _out_of_order(reports: Sequence[Placed]) -> Iterator[TimelineIssue]:
    latest: StudyDate | None = None
    late = []
    for report in sorted(reports, key=lambda report: report.line):
        if latest is not None and report.date.moment < latest.moment:
            late.append(report)
        else:
            latest = report.date
    if late:
        message = f"{len(late)} of {len(reports)} reports stand below a later one; they were put in order of time"
        yield _warning("out_of_order", message, late)


def _warning(code: str, message: str, reports: Sequence[Placed]) -> TimelineIssue:
    ordered = sorted(reports, key=lambda report: report.line)
    patients = {report.patient_id for report in ordered}
    return TimelineIssue(
        level="warning",
        code=code,
        places=tuple(report.entry.place for report in ordered),
        message=message,
        patient_id=patients.pop() if len(patients) == 1 else None,
        report_ids=tuple(report.entry.report_id for report in ordered),
    )
