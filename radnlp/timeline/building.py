"""From lines to a timeline: nothing is lost on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from radnlp.timeline.entries import Entry, TimelineIssue
from radnlp.timeline.filters import LATER_CHANGES, apply, filters, label
from radnlp.timeline.placing import Placed, place, warnings, without_repeats
from radnlp.timeline.sequence import (
    USED,
    FilterCount,
    PatientTimeline,
    Step,
    Timeline,
    TimelineReport,
    Unplaced,
)
from radnlp.timeline.settings import TimelineSettings


def build_timeline(lines: Iterable[Entry | TimelineIssue], settings: TimelineSettings) -> Timeline:
    """The timeline of a cohort.

    Every line is in it: used for a step, dropped by a named filter, or named by an issue. The order of the lines has no
    influence on the sequences.

    Args:
        lines: What :func:`radnlp.timeline.read_findings` gives.
        settings: What to follow and what counts.

    Example: stable, stable, progression are two steps, for only a change of the label begins a new one.

        >>> from radnlp.timeline.entries import KeyFound
        >>> settings = TimelineSettings(schema="brain_mri", keys={"glioma": "Glioma"},
        ...                             values={"progression": "Progression", "stable": "Stable"})
        >>> def entry(number, value):
        ...     found = KeyFound(key="glioma", status="present", values={"has_episode": (value,)})
        ...     return Entry(place=f"f:{number}", report_id=f"r{number}", patient_id="p1", schema="brain_mri",
        ...                  study_date=f"2024-0{number}-01", findings=(found,))
        >>> lines = [entry(1, "stable"), entry(2, "stable"), entry(3, "progression")]
        >>> [(step.value, step.first, step.reports) for step in build_timeline(lines, settings).patients[0].steps]
        [('stable', '2024-01-01', 2), ('progression', '2024-03-01', 1)]
    """
    issues: list[TimelineIssue] = []
    unplaced: list[Unplaced] = []
    placed: list[Placed] = []
    count = 0
    for count, line in enumerate(lines, start=1):
        if isinstance(line, TimelineIssue):
            issues.append(line)
            unplaced.append(Unplaced(place=line.places[0], code=line.code))
            continue
        found = place(count - 1, line, settings)
        if isinstance(found, Placed):
            placed.append(found)
        else:
            issues += found
            unplaced.append(_unplaced(line, found[0].code))
    patients, repeats = _by_patient(placed)
    issues += warnings(patients, repeats)
    states, counts = _filtered(patients, settings)
    states.update((report.line, "repeated_report") for report in repeats)
    everything = _grouped([*(report for reports in patients.values() for report in reports), *repeats])
    return Timeline(
        settings=settings,
        lines=count,
        patients=tuple(_patient(name, reports, states, settings) for name, reports in everything.items()),
        unplaced=tuple(unplaced),
        filters=counts,
        issues=tuple(issues),
    )


def _unplaced(entry: Entry, code: str) -> Unplaced:
    return Unplaced(
        place=entry.place,
        code=code,
        report_id=entry.report_id,
        patient_id=entry.patient_id,
        study_date=entry.study_date if isinstance(entry.study_date, str) else None,
    )


def _by_patient(placed: Sequence[Placed]) -> tuple[dict[str, list[Placed]], list[Placed]]:
    kept, repeats = without_repeats(placed)
    return _grouped(kept), repeats


def _grouped(reports: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Patients sorted by id, the reports of each by time."""
    patients: dict[str, list[Placed]] = defaultdict(list)
    for report in reports:
        patients[report.patient_id].append(report)
    return {name: sorted(patients[name], key=lambda report: (report.order, report.line)) for name in sorted(patients)}


def _filtered(
    patients: Mapping[str, Sequence[Placed]], settings: TimelineSettings
) -> tuple[dict[int, str], tuple[FilterCount, ...]]:
    """State of every report by its line, and what each filter dropped."""
    left: Mapping[str, Sequence[Placed]] = patients
    states: dict[int, str] = {}
    counts = []
    for rule in filters(settings):
        left, dropped, count = apply(rule, left)
        states.update((report.line, rule.name) for report in dropped)
        counts.append(count)
    later = []
    for reports in left.values():
        runs = [list(run) for _, run in groupby(reports, key=lambda report: label(report, settings))]
        later += [report for run in runs[settings.max_changes + 1 :] for report in run]
        states.update((report.line, USED) for run in runs[: settings.max_changes + 1] for report in run)
    states.update((report.line, LATER_CHANGES) for report in later)
    summary = f"reports after a patient's change number {settings.max_changes}"
    return states, (*counts, FilterCount(name=LATER_CHANGES, summary=summary, reports=len(later), patients=()))


def _patient(
    patient_id: str, reports: Sequence[Placed], states: Mapping[int, str], settings: TimelineSettings
) -> PatientTimeline:
    used = [report for report in reports if states[report.line] == USED]
    followed = [report for report in reports if states[report.line] in (USED, LATER_CHANGES)]
    steps: list[Step] = []
    numbers: dict[int, int] = {}
    for value, group in groupby(used, key=lambda report: label(report, settings)):
        run = list(group)
        first, last = run[0].date.given, run[-1].date.given
        steps.append(Step(number=len(steps) + 1, value=value, first=first, last=last, reports=len(run)))
        numbers.update((report.line, len(steps)) for report in run)
    changes = sum(1 for _ in groupby(followed, key=lambda report: label(report, settings))) - 1
    keys = {key for report in followed for key in report.found}
    return PatientTimeline(
        patient_id=patient_id,
        reports=tuple(_report(report, states[report.line], numbers.get(report.line), settings) for report in reports),
        keys=tuple(key for key in settings.keys if key in keys),
        dropped_by=None if used else _last_filter(reports, states, settings),
        steps=tuple(steps),
        changes=max(changes, 0),
    )


def _last_filter(reports: Sequence[Placed], states: Mapping[int, str], settings: TimelineSettings) -> str:
    """The filter after which no report was left: the last one that dropped any."""
    given = {states[report.line] for report in reports}
    return [rule.name for rule in filters(settings) if rule.name in given][-1]


def _report(report: Placed, state: str, step: int | None, settings: TimelineSettings) -> TimelineReport:
    return TimelineReport(
        place=report.entry.place,
        report_id=report.entry.report_id,
        study_date=report.date.given,
        found=report.found,
        label=label(report, settings) or None,
        state=state,
        step=step,
    )
