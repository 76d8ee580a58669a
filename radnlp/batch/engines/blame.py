"""What is written for a report that no worker got through."""

from __future__ import annotations

from radnlp.hooks import default_catalogue
from radnlp.records import Extraction, ExtractionLine, Issue, PipelineSpec, Report
from radnlp.records.wire import to_json

STAGE = "engine"


def died(exit_status: int | None) -> Issue:
    """The report ended the process that read it."""
    return _issue(
        "worker_died",
        f"the worker process ended with status {exit_status} over this report alone, twice; run it with "
        "--engine serial to see what its provider says",
    )


def timed_out(limit: float) -> Issue:
    """The report did not get done in time."""
    return _issue(
        "report_timeout",
        f"the report took longer than {limit:g} s and was stopped; --time-limit SECONDS allows more (0: no limit)",
    )


def failed(kind: str) -> Issue:
    """The pipeline raised something over the report that no stage had expected."""
    return _issue("report_failed", f"the pipeline failed on this report with {kind}")


def blamed(report: Report, spec: PipelineSpec, issue: Issue) -> ExtractionLine:
    """The extraction of a report that was given up: nothing found, and why. It has no provenance, since nothing ran."""
    schema = default_catalogue().vocabulary(spec.schema)
    issues = (*report.issues, issue)
    extraction = Extraction(
        report_id=report.id,
        patient_id=report.patient_id,
        study_date=report.study_date,
        meta=report.meta,
        schema=schema.id,
        schema_version=schema.version,
        issues=issues,
    )
    levels = [one.level for one in issues]
    return ExtractionLine(
        report_id=report.id,
        line=to_json(extraction),
        errors=levels.count("error"),
        warnings=levels.count("warning"),
    )


def _issue(code: str, message: str) -> Issue:
    return Issue(level="error", stage=STAGE, code=code, message=message)
