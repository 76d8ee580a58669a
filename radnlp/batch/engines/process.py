"""Several processes on this machine, each with a pipeline of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from radnlp.batch.engines.chunks import Chunk, chunked
from radnlp.batch.engines.crew import Crew
from radnlp.errors import ConfigError
from radnlp.records import Extraction, ExtractionLine, PipelineSpec, Report
from radnlp.records.wire import from_json

#: Seconds that one report may take: far more than any takes by rules, enough for a model on a processor.
TIME_LIMIT = 600.0
#: Chunks read ahead for each worker, so that one slow report does not stop the others. Memory is bounded by this.
AHEAD = 4


class ProcessEngine:
    """Streams reports through worker processes and gives the extractions back in order.

    Reports go out in chunks of about equal length, two to a worker, and a bounded number of chunks is read ahead. When
    a worker ends over a chunk, what is left of the chunk is tried once more; when that ends a worker again, its reports
    are taken one by one, and the report that ends a worker alone, twice, becomes an extraction with the issue
    ``worker_died``. One that does not get done in time, alone, is stopped and gets ``report_timeout``; one that the
    pipeline cannot take for another reason gets ``report_failed``. The run goes on with a new worker.

    One by one finds the guilty report with one dead worker where halving takes one for each step; a worker costs
    seconds to start.

    Why not concurrent.futures or pebble: the one cannot end a single worker and is broken as a whole by one that dies;
    the other can, but answers a chunk only when it is through, and pickles what goes between the processes.

    Args:
        workers: How many processes.
        time_limit: Seconds that one report may take; 0 for no limit. Building the pipeline is not limited.
    """

    def __init__(self, workers: int, *, time_limit: float = TIME_LIMIT) -> None:
        if not 0 <= time_limit < float("inf"):
            raise ConfigError(f"engine.time_limit={time_limit}: seconds for one report, at least 0 (0: no limit)")
        self.workers = workers
        self.time_limit = time_limit

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One extraction a report, in order. A pipeline is built before this returns, so its errors come first."""
        return (from_json(line.line) for line in self.run_lines(spec, reports))

    def run_lines(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[ExtractionLine]:
        """The same as lines of JSON, as the workers wrote them.

        Raises:
            RadnlpError: The pipeline cannot be built, or nothing gets through it.
        """
        crew = Crew(spec, self.workers, self.time_limit)
        try:
            crew.begin()
        except BaseException:
            crew.stop(at_once=True)
            raise
        return _stream(crew, chunked(reports), AHEAD * self.workers)


def _stream(crew: Crew, source: Iterator[Chunk], ahead: int) -> Iterator[ExtractionLine]:
    waiting: deque[Chunk] = deque()  # in order, from the first that is not passed on whole
    more = True
    orderly = False
    try:
        while more or waiting:
            if more and len(waiting) < ahead:
                chunk = next(source, None)
                more = chunk is not None
                if chunk is not None:
                    waiting.append(chunk)
                    crew.todo.append(chunk)
            if waiting:  # with nothing to do, nothing would ever happen
                crew.work(patient=not more or len(waiting) >= ahead)
            while waiting:
                yield from waiting[0].take()
                if not waiting[0].finished:
                    break
                waiting.popleft()
        orderly = True
    finally:
        crew.stop(at_once=not orderly)
