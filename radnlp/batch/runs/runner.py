"""One run from input to output: the function the command line calls."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from radnlp.batch.databases import TableAddress, is_address
from radnlp.batch.formats.format import DemandingFormat
from radnlp.batch.readers import read_reports
from radnlp.batch.readers.jsonl import STDIN
from radnlp.batch.readers.textfile import is_text_file
from radnlp.batch.runs.fingerprint import Fingerprint, fingerprint
from radnlp.batch.runs.job import BatchJob, RunSummary
from radnlp.batch.runs.pairing import PairedRun
from radnlp.batch.runs.part_writer import PartWriter
from radnlp.batch.runs.parts import PartFolder, PartHeader, PartStore
from radnlp.batch.runs.resume import check_same_providers, finished_parts, skip_finished
from radnlp.batch.runs.table_parts import TableParts
from radnlp.batch.runs.writing import writing
from radnlp.batch.runs.written import PartMaker, Written, summed
from radnlp.errors import ConfigError, ReportError, StrictError
from radnlp.records import Report

OnReport = Callable[[Written], None]


def run(job: BatchJob, *, on_report: OnReport | None = None) -> RunSummary:
    """Read the input, run the pipeline and write the result.

    Into a file: while running, what is done lies in ``OUT.parts``; at the end OUT appears as a whole and the parts
    go. When the run is interrupted, or the disk is full, the parts stay for ``resume``. Into a table: part by part, one
    transaction each. To standard output: report by report.

    Args:
        job: What to do.
        on_report: Called with each new result, in input order, in this thread.

    Raises:
        ConfigError: The output cannot be written where it is wanted, or the parts are those of another run.
        ReportError: The input cannot be read. When that turns out midway, the result of what was read is written
            first. With ``strict`` also for the first report with an error.
        BrokenPipeError: Nobody reads standard output any more.
    """
    if job.output is None:
        if job.resume:
            raise ConfigError("--resume needs an output file (-o OUT); standard output leaves nothing to continue from")
        return _stream(job, sys.stdout.buffer, on_report)
    if isinstance(job.output, TableAddress):
        return _write(job, TableParts(job.output, job.schema.id), on_report)
    try:
        target = job.output.resolve()
        _check_target(job.output, target, job)
    except OSError as error:  # a folder that one may not enter, a name that is too long
        raise ConfigError(f"{job.output}: cannot be written: {error.strerror}") from None
    if target.exists() and not target.is_file():  # a pipe or a device is written as it is, never moved over
        with writing(job.output):
            out = target.open("wb")
        try:
            return _stream(job, out, on_report)
        finally:
            with writing(job.output):  # closing writes what is still held back
                out.close()
    return _write(job, PartFolder(target), on_report)


def _stream(job: BatchJob, out: BinaryIO, on_report: OnReport | None) -> RunSummary:
    pairs = PairedRun(job.engine, job.spec, _reports(job))
    summary = RunSummary()
    maker = PartMaker(job.format, with_text=job.with_text)

    def lines() -> Iterator[str]:
        nonlocal summary
        for report, written in pairs:
            if job.strict:
                _refuse_errors(written)
            summary += summed([written])
            yield maker.part(report, written)
            out.flush()  # asked for the next line, the format has written this one
            if on_report is not None:
                on_report(written)

    try:
        job.format.finish(lines(), out)
        out.flush()
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise ReportError(f"the output cannot be written: {error.strerror}") from None
    if pairs.failure is not None:
        raise pairs.failure
    return summary


def _write(job: BatchJob, store: PartStore, on_report: OnReport | None) -> RunSummary:
    reports = _reports(job)  # before anything of an earlier run is touched
    marks = fingerprint(job)
    try:
        store.prepare()
        return _written(job, store, reports, marks, on_report)
    finally:
        store.close()


def _written(
    job: BatchJob, store: PartStore, reports: Iterator[Report], marks: Fingerprint, on_report: OnReport | None
) -> RunSummary:
    done = finished_parts(store, marks) if job.resume else []
    skip_finished(reports, done)
    if job.strict:
        _refuse_errors_in(done)
    try:
        pairs = PairedRun(job.engine, job.spec, reports)
        store.begin(marks, keep=len(done))
        summary = sum((header.summary for header in done), RunSummary())
        summary = replace(summary, skipped=summary.reports)
        summary += _write_parts(job, pairs, store, done, on_report)
        store.finish(job.format, reports=summary.reports)
    except BaseException:
        if store.is_empty():
            store.remove()
        raise
    if pairs.failure is not None:
        raise pairs.failure
    return summary


def _reports(job: BatchJob) -> Iterator[Report]:
    """The input; a report for which the output has no place has an error."""
    reports = read_reports(job.inputs, options=job.read)
    return _placed(reports, job.format) if isinstance(job.format, DemandingFormat) else reports


def _placed(reports: Iterator[Report], form: DemandingFormat) -> Iterator[Report]:
    for report in reports:
        refusal = form.refusal(report) if report.readable else None
        yield report if refusal is None else replace(report, issues=(*report.issues, refusal))


def _write_parts(
    job: BatchJob, pairs: PairedRun, store: PartStore, done: list[PartHeader], on_report: OnReport | None
) -> RunSummary:
    compared = not done
    maker = PartMaker(job.format, with_text=job.with_text)
    with PartWriter(store, first=len(done)) as writer:
        for report, written in pairs:
            if job.strict:
                _refuse_errors(written)
            if not compared and written.extraction.provenance is not None:
                check_same_providers(done, written.extraction)
                compared = True
            writer.add(maker.part(report, written), report, written)
            if on_report is not None:
                on_report(written)
    return writer.summary


def _check_target(output: Path, target: Path, job: BatchJob) -> None:
    if target.is_dir():
        raise ConfigError(f"{output}: is a folder; name a file to write")
    if not target.parent.is_dir():
        raise ConfigError(f"{output}: there is no folder {target.parent}; make it first")
    files = [Path(path).resolve() for path in job.inputs if path != STDIN and not is_address(path)]
    if target in files:
        raise ConfigError(f"{output}: is an input too; the result would overwrite it; name another file")
    if is_text_file(target) and any(target.is_relative_to(path) for path in files if path.is_dir()):
        raise ConfigError(f"{output}: would be a report of the folder that is read; name a file of another kind")


def _refuse_errors(written: Written) -> None:
    if not written.errors:
        return
    for issue in written.extraction.issues:
        if issue.level == "error":
            raise StrictError(f"report {written.report_id!r}: {issue.code}: {issue.message} (--strict stops here)")


def _refuse_errors_in(done: list[PartHeader]) -> None:
    for header in done:
        if header.first_error is not None:
            report_id, code = header.first_error
            raise StrictError(f"report {report_id!r}: {code}, in a part finished earlier (--strict stops here)")
