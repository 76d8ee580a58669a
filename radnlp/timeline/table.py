"""A timeline for a terminal: a line for each patient that passed the filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from radnlp.batch.formats.shown import one_line
from radnlp.timeline.flows import sankey
from radnlp.timeline.sequence import PatientTimeline, Timeline
from radnlp.timeline.words import cohort_words, nothing_left

_WIDEST_ID = 24


def timeline_table(timeline: Timeline) -> str:
    """``patient  key  date value (reports) -> date value (reports)``; control characters in ids are shown as marks."""
    if not timeline.used:
        return nothing_left(timeline) + "\n"
    rows = [(one_line(p.patient_id, limit=_WIDEST_ID), "+".join(p.keys), _steps(p)) for p in timeline.used]
    head = f"{': '.join(cohort_words(timeline.settings, sankey(timeline)))}; in brackets how many reports say so\n"
    return head + "".join(f"{line}\n" for line in _aligned(rows))


def _steps(patient: PatientTimeline) -> str:
    said = [f"{step.first[:10]} {step.value} ({step.reports})" for step in patient.steps]
    later = patient.changes - (len(patient.steps) - 1)
    return " -> ".join(said) + (f" -> {later} more" if later else "")


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    widths = [max(cell_len(row[column]) for row in rows) for column in (0, 1)]
    for row in rows:
        first = "".join(row[column] + " " * (widths[column] - cell_len(row[column]) + 2) for column in (0, 1))
        yield first + row[2]
