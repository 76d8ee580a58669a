"""One report after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from radnlp.records import Extraction, PipelineSpec, Report


class SerialEngine:
    """Builds the pipeline once and streams every report through it.

    Args:
        workers: Always 1; here because every engine is told.
    """

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One extraction a report, in order. The pipeline is built before this returns, so its errors come first."""
        from radnlp.pipeline import build, stream  # loads spaCy

        return stream(build(spec), reports)
