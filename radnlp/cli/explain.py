"""``radnlp explain``: how each finding came about, and why a mention did not count."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from radnlp.batch import read_reports
from radnlp.batch.formats.trace import explanation
from radnlp.cli.options import add_pipeline_options, add_reading_options, pipeline_spec, read_options
from radnlp.errors import ReportError
from radnlp.records import CommandHost

_HELP = """\
Show for each finding the mentions it rests on, the cues and rules that decided their status, the way to each value
and size, and why a mention did not count.

example:
  radnlp explain benchmarks/samples/01_narrative.txt --schema chest_ct
"""


def add_arguments(parser: ArgumentParser) -> None:
    """FILE and the pipeline."""
    parser.description = _HELP
    parser.add_argument("input", metavar="FILE", help="reports, in any form that extract reads")
    parser.add_argument("--id", metavar="ID", help="only the report of this id")
    add_pipeline_options(parser)
    add_reading_options(parser)


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output."""
    spec = pipeline_spec(options)
    reports = [
        report
        for report in read_reports([options.input], options=read_options(options))
        if options.id in (None, report.id)
    ]
    if not reports:
        raise ReportError(f"{options.input}: no report" + (f" has the id {options.id!r}" if options.id else " in it"))
    status = 0
    for report, extraction in zip(reports, host.extract(spec, reports), strict=True):
        print("\n".join(explanation(report, extraction)), end="\n\n")  # noqa: T201
        status = max(status, *(int(issue.level == "error") for issue in extraction.issues), 0)
    return status
