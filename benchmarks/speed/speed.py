r"""Speed of radnlp beside other pipelines, in one run: a Markdown page, JSON and a plot.

/tmp/speed/bin/python benchmarks/speed/speed.py --output benchmarks/results/speed
"""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from hostile import ENGINES, measure_hostile
from lengths import LINES, measure_lengths
from results import Results
from rounds import KINDS, measure
from systems import SYSTEMS
from worker import Worker

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
_PACKAGES = ("radnlp-core", "spacy", "medspacy", "edsnlp", "negspacy", "numpy", "ahocorasick-rs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True, help="folder for speed.md, speed.json and length.svg")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds (at least 5 for a number to show)")
    parser.add_argument("--only", choices=("rates", "lengths", "hostile"), action="append", help="some parts alone")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    parts = options.only or ["rates", "lengths", "hostile"]
    core = _pin()

    workers, missing = _start()
    results = Results(environment=_environment(core), missing=missing)
    if "rates" in parts:
        for kind, (tokens, count, marked) in KINDS.items():
            results.measured[kind] = measure(
                workers, tokens=tokens, count=count, marked=marked, rounds=options.rounds, say=_say
            )
        results.write(options.output)
    if "lengths" in parts:
        for name in (name for name in LINES if name in workers):
            results.lines[name] = measure_lengths(name, workers[name], repeats=options.rounds, say=_say)
        results.write(options.output)
    for worker in workers.values():
        worker.stop()
    if "hostile" in parts:
        for name in (name for name in ENGINES if name in workers):
            results.hostile[name] = measure_hostile(name, repeats=3, say=_say)
    print(results.write(options.output))


def _start() -> tuple[dict[str, Worker], dict[str, str]]:
    """A process for every system, and why the others have none."""
    workers: dict[str, Worker] = {}
    missing: dict[str, str] = {}
    for name in SYSTEMS:
        try:
            workers[name] = Worker(name)
        except RuntimeError as error:
            missing[name] = str(error)
            _say(f"{name} is left out: {error}")
    if "blank" not in workers:
        sys.exit("nothing to compare with: README.md beside this script says how to make the environment")
    return workers, missing


def _pin() -> str:
    """One thread and, where the system can, one core for the processes that are started from here on."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned: this system cannot"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core}"


def _environment(core: str) -> dict[str, str]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "core": core,
        "python": platform.python_version(),
        "packages": ", ".join(f"{package} {version(package)}" for package in _PACKAGES),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
