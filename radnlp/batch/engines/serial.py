"""One report after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from radnlp.records import Extraction, ExtractionLine, PipelineSpec, Report
from radnlp.records.wire import from_json


class SerialEngine:
    """Builds the pipeline once and streams every report through it.

    Args:
        workers: Always 1; here because every engine is told.
    """

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One extraction a report, in order. The pipeline is built before this returns, so its errors come first."""
        return (from_json(found.line) for found in self.run_lines(spec, reports))

    def run_lines(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[ExtractionLine]:
        """The same as lines of JSON, which a run that writes JSON lines passes on as they are."""
        from radnlp.pipeline import build, lines  # loads spaCy

        return lines(build(spec), reports)
