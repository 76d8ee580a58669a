"""Reports through an engine, each met by its result on the other side."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from radnlp.batch.formats.rows import encodable
from radnlp.batch.runs.written import Written
from radnlp.errors import ProviderError, ReportError
from radnlp.records import BatchEngine, Extraction, ExtractionLine, LineEngine, PipelineSpec, Report


class PairedRun:
    """Runs an engine and pairs what comes out with what went in.

    Holds as many reports as the engine reads ahead, no more. When reading fails midway the engine is told that the
    reports end there, so that what it holds is still finished; the failure waits in ``failure``.

    Attributes:
        failure: What ended the reading early, or None.

    Raises:
        ProviderError: The engine lost a report, made one up, or changed their order.
    """

    def __init__(self, engine: BatchEngine, spec: PipelineSpec, reports: Iterable[Report]) -> None:
        self.failure: ReportError | None = None
        self._waiting: deque[Report] = deque()
        ask = engine.run_lines if isinstance(engine, LineEngine) else engine.run
        self._given: Iterator[Extraction | ExtractionLine] = iter(ask(spec, self._passing(reports)))

    def __iter__(self) -> Iterator[tuple[Report, Written]]:
        for given in self._given:
            if not self._waiting or not _same(given.report_id, self._waiting[0].id):
                expected = repr(self._waiting[0].id) if self._waiting else "none"
                raise ProviderError(
                    f"the batch engine gave report {given.report_id!r} where {expected} was due; "
                    "an engine answers once for every report, in their order"
                )
            yield self._waiting.popleft(), Written(given)
        if self._waiting:
            raise ProviderError(
                f"the batch engine gave nothing for {len(self._waiting)} reports, the first of them "
                f"{self._waiting[0].id!r}; an engine answers once for every report"
            )

    def _passing(self, reports: Iterable[Report]) -> Iterator[Report]:
        try:
            for report in reports:
                self._waiting.append(report)
                yield report
        except ReportError as error:
            self.failure = error


def _same(given: str, due: str) -> bool:
    """Whether an engine means the report; Arrow holds the escape of a lone surrogate."""
    return given == due or given == encodable(due)
