"""Gathers finished reports into parts: at most 256 of them, at most a second's work."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock, Timer
from types import TracebackType
from typing import NamedTuple

from radnlp.batch.runs.job import RunSummary
from radnlp.batch.runs.parts import PartHeader, PartStore
from radnlp.batch.runs.resume import providers, report_mark, reports_digest
from radnlp.batch.runs.written import Written, summed
from radnlp.errors import ReportError
from radnlp.records import Report

PART_REPORTS = 256
PART_SECONDS = 1.0


class _Entry(NamedTuple):
    line: str
    mark: bytes
    written: Written


@dataclass(slots=True)
class _OpenPart:
    """The part being gathered. Replaced as one, so that an interrupt can neither lose nor repeat a report."""

    index: int
    entries: list[_Entry] = field(default_factory=list)


class PartWriter:
    """Context manager; leaving it writes what is gathered, however it is left.

    A timer writes a part a second after its first report even when the next report takes minutes, so a killed run
    loses a second's work at most.

    Attributes:
        summary: Counts over the parts that are written.

    Raises:
        ReportError: A part could not be written; from this ``add`` or the next, or on leaving.
    """

    def __init__(self, store: PartStore, *, first: int) -> None:
        self._store = store
        self._part = _OpenPart(first)
        self._lock = Lock()
        self._timer: Timer | None = None
        self._failure: ReportError | None = None
        self.summary = RunSummary()

    def add(self, line: str, report: Report, written: Written) -> None:
        """Take one finished report."""
        entry = _Entry(line=line, mark=report_mark(report), written=written)
        self._raise_failure()
        with self._lock:
            self._part.entries.append(entry)
            if len(self._part.entries) >= PART_REPORTS:
                self._write()
            elif self._timer is None:
                self._timer = Timer(PART_SECONDS, self._write_in_time)
                self._timer.daemon = True
                self._timer.start()

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            try:
                if self._failure is None:
                    self._write()
            except ReportError as failure:
                self._failure = failure
        if error is None:  # else what went wrong first is what the user must hear of
            self._raise_failure()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _write_in_time(self) -> None:
        with self._lock:
            try:
                self._write()
            except ReportError as error:  # raised in the thread that adds
                self._failure = error

    def _write(self) -> None:
        """Write the open part and begin the next; the lock is held."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        entries = self._part.entries
        if not entries:
            return
        header = PartHeader(
            summary=summed([entry.written for entry in entries]),
            reports_digest=reports_digest([entry.mark for entry in entries]),
            providers=next(filter(None, (providers(entry.written.extraction) for entry in reversed(entries))), {}),
            first_error=next(filter(None, (entry.written.first_error for entry in entries)), None),
        )
        self._store.write(self._part.index, header, [entry.line for entry in entries])
        self.summary += header.summary
        self._part = _OpenPart(self._part.index + 1)
