"""Gold in the output format of radnlp, beside the reports it labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from radnlp.batch import read_reports
from radnlp.errors import ReportError, UnknownNameError
from radnlp.evaluation.gold.checks import anchored, checked_extraction
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set, refuse_duplicate
from radnlp.evaluation.gold.lines import json_objects, text_of
from radnlp.evaluation.gold.options import Options
from radnlp.records import Extraction, Report, Schema


def read_findings(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """Gold as JSON lines, one extraction each; it needs only ``report_id``, ``schema`` and ``findings``.

    Args:
        path: The gold.
        schema: Whose keys, relations and values it uses.
        options: ``reports``: file or folder of the reports, relative to the folder of the gold
            (``reports.jsonl``); ``relations``: the relation types that were labelled, others are not asked for (all);
            ``partial``: true when reports without gold are to be left out, not refused (false).

    Raises:
        ReportError: Something does not fit together; names file and line.
    """
    given = Options("findings", options, allowed=["reports", "relations", "partial"])
    source = path.parent / given.word("reports", "reports.jsonl")
    partial = given.flag("partial")
    labels = read_annotations(path, schema=schema)
    reports = _reports(source)
    rows = []
    for place, gold in labels:
        if gold.report_id not in reports:
            raise ReportError(f"{place}: gold of the report {gold.report_id!r}, which is not in {source}")
        report = reports[gold.report_id][1]
        rows.append(LabelledReport(report=report, gold=anchored(gold, report, place=place), place=place))
    labelled = {gold.report_id for _, gold in labels}
    for report_id, (place, _) in reports.items():
        if report_id not in labelled and not partial:
            raise ReportError(
                f"{place}: the report {report_id!r} has no gold in {path}; a report without findings needs a line with "
                "findings [], or set the option partial = true"
            )
    if "relations" in options:
        schema = only_relations(schema, given.words("relations"))
    return gold_set(rows, schema=schema)


def read_annotations(path: Path, *, schema: Schema) -> list[tuple[str, Extraction]]:
    """Gold without its reports: ``FILE:LINE`` and extraction of every line; offsets are not looked at.

    Raises:
        ReportError: A line breaks the format or the schema, or two are of the same report.
    """
    seen: dict[str, str] = {}
    labels = []
    for place, row in json_objects(path):
        extraction = checked_extraction(row, place=place, schema=schema)
        refuse_duplicate(extraction.report_id, place, seen)
        labels.append((place, extraction))
    return labels


def only_relations(schema: Schema, names: Sequence[str]) -> Schema:
    """The schema with some of its relation types.

    Raises:
        UnknownNameError: It has no such type.
    """
    known = {relation.id: relation for relation in schema.relations}
    for name in names:
        if name not in known:
            raise UnknownNameError(f"relation type of the schema {schema.id!r}", name, known)
    return replace(schema, relations=tuple(known[name] for name in known if name in names))


def _reports(source: Path) -> dict[str, tuple[str, Report]]:
    """Report id -> place and report."""
    reports: dict[str, tuple[str, Report]] = {}
    lines = _lines(source)
    for row, report in enumerate(read_reports([source])):
        place = f"{source}:{lines[row] if lines else row + 1}"
        for issue in report.issues:
            if issue.level == "error":
                raise ReportError(f"{place}: {issue.message}")
        if report.id in reports:
            first = reports[report.id][0]
            raise ReportError(f"{place}: the report id {report.id!r} was used in {first}; ids must be unique")
        reports[report.id] = (place, report)
    return reports


def _lines(source: Path) -> list[int]:
    """The lines of a JSONL file that hold a report; empty for other forms, whose reports are counted by row."""
    if source.suffix.lower() != ".jsonl" or not source.is_file():
        return []
    return [number for number, line in enumerate(text_of(source).split("\n"), start=1) if line.strip(" \t\r")]
