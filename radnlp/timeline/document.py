"""A timeline as one JSON document and as a CSV with a row for each report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import orjson

from radnlp._version import __version__
from radnlp.timeline.entries import TimelineIssue
from radnlp.timeline.flows import sankey
from radnlp.timeline.sequence import PatientTimeline, Timeline
from radnlp.timeline.settings import TimelineSettings

FORMAT = 1
COLUMNS = ("patient_id", "study_date", "report_id", "keys", "values", "state", "step", "steps", "place")


def timeline_json(timeline: Timeline) -> str:
    """The whole timeline: settings, counts, filters, patients, the Sankey's numbers, issues.

    Holds ids and dates, no report text. The order of the input has no influence but on places and on issues about them.
    """
    data = timeline_dict(timeline)
    try:
        return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    except TypeError:  # a lone surrogate in an id
        return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def timeline_dict(timeline: Timeline) -> dict[str, Any]:
    """The JSON object; see :func:`timeline_json`."""
    used, flows = timeline.used, sankey(timeline)
    return {
        "format": FORMAT,
        "radnlp": __version__,
        "settings": _settings(timeline.settings),
        "counts": {
            "lines": timeline.lines,
            "patients": len(timeline.patients),
            "used_patients": len(used),
            "reports": sum(len(patient.reports) for patient in timeline.patients),
            "used_reports": flows.reports,
            "unplaced": len(timeline.unplaced),
            "unchanged_patients": flows.unchanged,
            "cut_patients": flows.cut,
        },
        "filters": [
            {"name": f.name, "summary": f.summary, "reports": f.reports, "patients": list(f.patients)}
            for f in timeline.filters
        ],
        "patients": [_patient(patient) for patient in timeline.patients],
        "unplaced": [
            {
                "place": row.place,
                "report_id": row.report_id,
                "patient_id": row.patient_id,
                "study_date": row.study_date,
                "code": row.code,
            }
            for row in timeline.unplaced
        ],
        "sankey": {
            "nodes": [{"step": n.step, "value": n.value, "patients": n.patients} for n in flows.nodes],
            "links": [
                {"step": k.step, "source": k.source, "target": k.target, "patients": k.patients} for k in flows.links
            ],
        },
        "issues": [_issue(issue) for issue in timeline.issues],
    }


def _settings(settings: TimelineSettings) -> dict[str, Any]:
    return {
        "schema": settings.schema,
        "relation": settings.relation,
        "keys": list(settings.keys),
        "values": list(settings.values),
        "statuses": list(settings.statuses),
        "min_reports": settings.min_reports,
        "max_changes": settings.max_changes,
        "several_keys": settings.several_keys,
        "several_values": settings.several_values,
        "mixed_patients": settings.mixed_patients,
    }


def _patient(patient: PatientTimeline) -> dict[str, Any]:
    return {
        "patient_id": patient.patient_id,
        "keys": list(patient.keys),
        "dropped_by": patient.dropped_by,
        "changes": patient.changes,
        "steps": [
            {"step": s.number, "value": s.value, "first": s.first, "last": s.last, "reports": s.reports}
            for s in patient.steps
        ],
        "reports": [
            {
                "report_id": r.report_id,
                "study_date": r.study_date,
                "found": {key: list(values) for key, values in r.found.items()},
                "label": r.label,
                "state": r.state,
                "step": r.step,
                "place": r.place,
            }
            for r in patient.reports
        ],
    }


def _issue(issue: TimelineIssue) -> dict[str, Any]:
    return {
        "level": issue.level,
        "code": issue.code,
        "places": list(issue.places),
        "patient_id": issue.patient_id,
        "report_ids": list(issue.report_ids),
        "message": issue.message,
    }


def timeline_csv(timeline: Timeline) -> str:
    """A row for each line of the input, by patient and time, the lines without a place in time last.

    Columns: patient_id, study_date, report_id, ``keys`` and ``values`` that count (joined by ``+``), ``state``
    (``used``, the name of the filter that dropped it, or the code of the issue that kept it out), ``step`` of a used
    report, ``steps`` of its patient, ``place`` (``FILE:LINE``). RFC 4180: CR LF, and cells as they are, formulas
    included.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(timeline))
    return text.getvalue()


def _rows(timeline: Timeline) -> Iterator[tuple[object, ...]]:
    for patient in timeline.patients:
        steps = len(patient.steps) or None
        for r in patient.reports:
            keys = "+".join(r.found)
            yield patient.patient_id, r.study_date, r.report_id, keys, r.label, r.state, r.step, steps, r.place
    for row in timeline.unplaced:
        yield row.patient_id, row.study_date, row.report_id, None, None, row.code, None, None, row.place
