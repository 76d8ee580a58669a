"""Running the compared systems: each pipeline in a process of its own, so that its time and its memory are its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from radnlp.errors import ConfigError, RadnlpError, ReportError
from radnlp.evaluation.experiment import System
from radnlp.records import Extraction, PipelineSpec, Report
from radnlp.records.wire import from_json, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took.

    Attributes:
        load_seconds: Until the first report could be read.
        seconds: For all reports.
        peak_mib: Most memory that the process held, in MiB; 0 where the system does not say.
    """

    reports: int
    load_seconds: float
    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a system.

    Attributes:
        predictions: One for each report, in order; None when the system was not run.
        reason: Why it was not run.
        cost: None for predictions that were read.
    """

    system: System
    predictions: tuple[Extraction, ...] | None = None
    reason: str = ""
    cost: Cost | None = None


def run_system(system: System, reports: Sequence[Report]) -> Outcome:
    """Run one system; what it lacks is a reason in the outcome and stops nobody else."""
    try:
        if system.predictions is not None:
            return Outcome(system=system, predictions=_read(system.predictions))
        assert system.spec is not None
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
            lines, cost = pool.submit(_extract, system.spec, list(reports)).result()
        return Outcome(system=system, predictions=tuple(map(from_json, lines)), cost=cost)
    except BrokenProcessPool:
        return Outcome(system=system, reason="its process died (out of memory, or a crash in native code)")
    except ReportError:
        raise  # a file of predictions that is not in the format is a mistake in the data, not a missing part
    except RadnlpError as error:
        return Outcome(system=system, reason=str(error))


def _extract(spec: PipelineSpec, reports: list[Report]) -> tuple[list[str], Cost]:
    """In the system's own process: its extractions as JSON, and what they took."""
    from radnlp.pipeline import build, stream

    started = time.perf_counter()
    nlp = build(spec)
    loaded = time.perf_counter()
    lines = [to_json(extraction) for extraction in stream(nlp, reports)]
    done = time.perf_counter()
    cost = Cost(reports=len(reports), load_seconds=loaded - started, seconds=done - loaded, peak_mib=_peak_mib())
    return lines, cost


def _peak_mib() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _read(path: Path) -> tuple[Extraction, ...]:
    """Predictions in the output format.

    Raises:
        ConfigError: There is no such file.
        ReportError: A line is not in the format; names file and line.
    """
    if not path.is_file():
        raise ConfigError(
            f"there are no predictions at {path.name}; make them first (see the README of the benchmarks)"
        )
    predictions = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                predictions.append(from_json(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ReportError(f"{path}:{number}: not an extraction in format 1 ({type(error).__name__})") from None
    return tuple(predictions)
