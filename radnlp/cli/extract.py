"""``radnlp extract``: the main job."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console

from radnlp.batch import BatchJob, RunSummary, TableAddress, Written, create_format, format_for_path, is_address
from radnlp.batch import run as run_job
from radnlp.cli.engine import add_engine_options, chosen_engine
from radnlp.cli.failures import Failures
from radnlp.cli.options import add_pipeline_options, add_reading_options, pipeline_spec, read_options
from radnlp.cli.progress import progress_bar
from radnlp.cli.runfile import apply_run_file
from radnlp.errors import ConfigError
from radnlp.pipeline import Assembly
from radnlp.records import CommandHost, PipelineSpec

#: What goes into a table of a database.
_TABLE_FORMAT = "note-nlp"

_HELP = """\
Read reports and write what they say: entity keys with status, values and evidence by character offset.

Input: .jsonl, .csv, .parquet, .xlsx, a .txt file, a folder of .txt files, - for JSON lines on standard input, or the
URL of a database (sqlite:///cdm.db), whose table NOTE is read; with -o URL rows go into its table NOTE_NLP.
Output by suffix or --format: jsonl, csv, parquet, csv-wide, parquet-wide, table, html, fhir (.ndjson), docbin (.spacy),
note-nlp.

examples:
  radnlp extract benchmarks/samples --schema chest_ct
  radnlp extract reports.csv --schema chest_xray --text-column findings --text-column impression -o findings.jsonl

exit status: 0 no report has an error, 1 some have (each an entry in its "issues"), 2 wrong use or unreadable input
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, the pipeline, the input's form, the output's form, and how to run."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="files, folders of .txt, a database URL, or -")
    add_pipeline_options(parser)
    add_reading_options(parser)
    output = parser.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FILE|URL", help="result (default: standard output)")
    output.add_argument("--output-table", metavar="NAME", help="table of a database (default: note_nlp)")
    output.add_argument(
        "--format", metavar="FORMAT", help="default: by the suffix of FILE; else table on a terminal, jsonl in a pipe"
    )
    output.add_argument("--no-text", action="store_true", help="write offsets without the words of the report")
    output.add_argument("--quiet", action="store_true", help="no progress bar and no summary")
    group = parser.add_argument_group("run")
    add_engine_options(group)
    group.add_argument("--resume", action="store_true", help="continue a run that was interrupted")
    group.add_argument("--strict", action="store_true", help="stop at the first report with an error")
    group.add_argument("--config", metavar="FILE", help="options from a TOML file; the command line goes before it")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the result; a summary goes to standard error."""
    if options.config:
        apply_run_file(options, options.config)
    if not options.inputs:
        raise ConfigError("no INPUT: name files, a folder of .txt files, or - for JSON lines on standard input")
    spec = pipeline_spec(options, with_engine=True)
    job = _job(options, spec)
    started = time.perf_counter()
    failures = Failures()
    try:
        with progress_bar("reports", quiet=options.quiet or job.output is None) as tick:

            def done(written: Written) -> None:
                tick()
                if job.format.name == _TABLE_FORMAT:
                    failures.add(written)

            summary = run_job(job, on_report=done)
    finally:
        failures.say()
    if not options.quiet:
        _say(summary, job.output, time.perf_counter() - started)
    return 1 if summary.failed else 0


def _job(options: Namespace, spec: PipelineSpec) -> BatchJob:
    """Everything that can be wrong is found here, before the first report."""
    engine = chosen_engine(options)
    assembly = Assembly.of(spec.schema, spec.terms)
    assembly.check(spec)
    output = _output(options)
    return BatchJob(
        spec=spec,
        schema=assembly.schema,
        digest=assembly.lexicon.digest,
        inputs=tuple(options.inputs),
        engine=engine,
        format=create_format(_format_name(options, output), assembly.schema, with_text=not options.no_text),
        output=output,
        read=read_options(options),
        with_text=not options.no_text,
        resume=options.resume,
        strict=options.strict,
    )


def _output(options: Namespace) -> Path | TableAddress | None:
    if options.output_table and not (options.output and is_address(options.output)):
        raise ConfigError(f"--output-table {options.output_table}: is for -o URL, the database that the table is in")
    if not options.output:
        return None
    if not is_address(options.output):
        return Path(options.output)
    if options.format not in (None, _TABLE_FORMAT):
        raise ConfigError(f"--format {options.format}: into a database go rows of NOTE_NLP; leave --format out")
    return TableAddress(options.output, options.output_table or "note_nlp")


def _format_name(options: Namespace, output: Path | TableAddress | None) -> str:
    if isinstance(output, TableAddress):
        return _TABLE_FORMAT
    if options.format:
        return str(options.format)
    if output is not None:
        return format_for_path(output)
    return "table" if sys.stdout.isatty() else "jsonl"


def _say(summary: RunSummary, output: Path | TableAddress | None, seconds: float) -> None:
    counts = (
        (summary.reports, "report"),
        (summary.findings, "finding"),
        (summary.errors, "error"),
        (summary.warnings, "warning"),
    )
    parts = [f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counts]
    if summary.skipped:
        parts.append(f"{summary.skipped:,} taken over from the earlier run")
    tail = f" -> {output}" if output else ""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(
        f"{', '.join(parts)} in {seconds:.1f} s{tail}"
    )
