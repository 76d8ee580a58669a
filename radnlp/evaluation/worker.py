"""One compared system in a process of its own: ``python -m radnlp.evaluation.worker``, JSON in and JSON out.

A program of its own, not a child of :mod:`multiprocessing`: a provider that holds a model for its process alone refuses
to answer in such a child, since there one of them is rarely alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from radnlp.errors import ConfigError, RadnlpError, ReportError
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


def extract_apart(spec: PipelineSpec, reports: Sequence[Report]) -> tuple[tuple[Extraction, ...], Cost]:
    """Run a pipeline over reports in a new process.

    Nothing touches the disk; what the process prints goes to standard error.

    Raises:
        ConfigError: The pipeline cannot be built, or the process died; says why in words.
        ReportError: A report is not as it must be.
    """
    asked = {"spec": asdict(spec), "reports": [asdict(report) for report in reports]}
    # The same modules as here, and none that happen to lie in the working directory.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-P", "-m", __name__],
        input=json.dumps(asked, default=str).encode("ascii"),
        stdout=subprocess.PIPE,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise ConfigError(f"its process died (status {done.returncode}: out of memory, or a crash; see standard error)")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise (ReportError if answer["data"] else ConfigError)(answer["error"])
    return tuple(map(from_json, answer["lines"])), Cost(**answer["cost"])


def main() -> None:
    """Answer what stands on standard input."""
    with _answers() as out:
        asked = json.load(sys.stdin)
        try:
            lines, cost = _extract(_spec(asked["spec"]), [_report(row) for row in asked["reports"]])
        except RadnlpError as error:
            json.dump({"error": str(error), "data": isinstance(error, ReportError)}, out)
        else:
            json.dump({"lines": lines, "cost": asdict(cost)}, out)


def _answers() -> TextIO:
    """Standard output as it was; from now on what anybody prints there goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    return out


def _spec(row: Mapping[str, Any]) -> PipelineSpec:
    return PipelineSpec(**{**row, "terms": tuple(row["terms"])})


def _report(row: Mapping[str, Any]) -> Report:
    """A report as gold readers make them: without issues of reading, which they refuse."""
    rows = {name: tuple(map(tuple, row[name])) for name in ("sentences", "targets") if row[name] is not None}
    return Report(**{**row, **rows, "issues": ()})


def _extract(spec: PipelineSpec, reports: list[Report]) -> tuple[list[str], Cost]:
    """Extractions as JSON, and what they took."""
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


if __name__ == "__main__":
    main()
