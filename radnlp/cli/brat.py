"""``radnlp brat``: findings to annotate in brat, and what was annotated as gold."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from radnlp.batch import read_reports
from radnlp.batch.brat import AnnotatedReport, annotate, read_project, write_project
from radnlp.cli.options import add_reading_options, read_options
from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.gold import read_annotations
from radnlp.evaluation.gold.checks import anchored
from radnlp.evaluation.gold.lines import json_objects
from radnlp.hooks import default_catalogue
from radnlp.records import CommandHost, Report
from radnlp.records.wire import to_json
from radnlp.schema import Labels

_HELP = """\
Findings as a project of the annotation tool brat (.txt, .ann, annotation.conf), and such a project as gold.

export writes mentions, their status and the relations between them; sizes, cues and scores have no place there.
import reads annotations of keys and values, the attributes Status (or Negation, Speculation) and Excluded, and
relations; what cannot be said in the schema is named by file and line, and left out.

examples:
  radnlp extract benchmarks/samples --schema chest_ct -o findings.jsonl
  radnlp brat export findings.jsonl --reports benchmarks/samples -o project
  radnlp brat import project --schema chest_ct -o gold.jsonl

exit status: 0 everything was read, 1 a line is broken, or other words stand where it points, 2 wrong use
"""


def add_arguments(parser: ArgumentParser) -> None:
    """``export`` and ``import``, each with its own."""
    parser.description = _HELP
    ways = parser.add_subparsers(dest="way", metavar="export|import", required=True)
    export = ways.add_parser("export", description="Findings to a folder for brat.", allow_abbrev=False)
    export.add_argument("findings", metavar="FINDINGS", help="output of radnlp extract, or gold (.jsonl)")
    export.add_argument(
        "--reports", metavar="INPUT", nargs="+", required=True, help="the reports, as extract read them"
    )
    export.add_argument("--schema", metavar="NAME|FOLDER", help="default: the schema that the findings name")
    export.add_argument("-o", "--output", metavar="FOLDER", required=True, help="a new folder")
    add_reading_options(export)
    gold = ways.add_parser("import", description=_HELP, allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter)
    gold.add_argument("folder", metavar="FOLDER", help="a brat project")
    gold.add_argument("--schema", metavar="NAME|FOLDER", required=True, help="whose keys and values were annotated")
    gold.add_argument(
        "--label",
        metavar="TYPE=ENTITY",
        action="append",
        default=[],
        help="what an annotation type of another name stands for; repeatable; nothing after = passes it over",
    )
    gold.add_argument("-o", "--output", metavar="FILE", required=True, help="gold, as radnlp bench reads it (.jsonl)")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the project or the gold; what could not be said goes to standard error."""
    return _export(options) if options.way == "export" else _import(options)


def _export(options: Namespace) -> int:
    path = Path(options.findings)
    schema = default_catalogue().vocabulary(options.schema or _schema_named(path))
    reports = _by_id(read_reports(options.reports, options=read_options(options)))
    rows = []
    for place, found in read_annotations(path, schema=schema):
        report = reports.get(found.report_id)
        if report is None:
            raise ReportError(f"{place}: findings of the report {found.report_id!r}, which is not in --reports")
        rows.append(annotate(report, anchored(found, report, place=place), schema))
    console = _console()
    for row in write_project(Path(options.output), schema, rows):
        if row.lost:
            console.print(f"{row.report.id}: annotations cannot say all of the findings {', '.join(row.lost)}")
    bounds = sum(len(row.standoff.bounds) for row in rows)
    links = sum(len(row.standoff.links) for row in rows)
    console.print(f"{len(rows):,} reports, {bounds:,} annotations, {links:,} relations -> {options.output}")
    return 0


def _import(options: Namespace) -> int:
    schema, lexicon = default_catalogue().schema(options.schema)
    try:
        labels = Labels(schema, _pairs(options.label))
    except ValueError as error:
        raise ConfigError(f"--label: {error}") from None
    folder, output = Path(options.folder), Path(options.output)
    if not output.resolve().parent.is_dir():
        raise ConfigError(f"{output}: there is no folder {output.resolve().parent}; make it first")
    rows = list(read_project(folder, schema=schema, lexicon=lexicon, labels=labels))
    _write(output, rows)
    console = _console()
    faults = [fault for row in rows for fault in row.faults]
    for fault in faults:
        console.print(f"{folder / fault.file}:{fault.line}: {fault.message}")
    findings = sum(len(row.gold.findings) for row in rows)
    said = f"{len(rows):,} reports, {findings:,} findings, {len(faults):,} notes -> {output}"
    console.print(said)
    return 1 if any(fault.level == "error" for fault in faults) else 0


def _schema_named(path: Path) -> str:
    for place, row in json_objects(path):
        if isinstance(row.get("schema"), str):
            return str(row["schema"])
        raise ReportError(f"{place}: names no schema; give one with --schema")
    raise ReportError(f"{path}: holds no findings")


def _by_id(reports: Iterable[Report]) -> dict[str, Report]:
    found: dict[str, Report] = {}
    for report in reports:
        if report.id in found:
            raise ReportError(f"the report id {report.id!r} is used twice in --reports; ids must be unique")
        found[report.id] = report
    return found


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    for pair, (label, equals, _) in zip(given, pairs, strict=True):
        if not label or not equals:
            raise ConfigError(f"--label {pair!r}: write TYPE=ENTITY, e.g. Nodule=nodules")
    return {label: entities for label, _, entities in pairs}


def _write(path: Path, rows: Sequence[AnnotatedReport]) -> None:
    """As a whole or not at all."""
    scratch = path.with_name(f"{path.name}.unfinished")
    try:
        scratch.write_text("".join(f"{to_json(row.gold)}\n" for row in rows), encoding="utf-8", newline="\n")
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None


def _console() -> Console:
    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
