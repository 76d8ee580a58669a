"""A million reports through an engine: how many a second, and how much memory each process holds over time.

    python benchmarks/scale/million.py --work /tmp/million [--reports 1000000] [--workers 2] [--engine process]
    python benchmarks/scale/million.py --work /tmp/scaling --reports 100000 --workers 1     for the scaling from 1 to 2

Needs Linux (/proc) and RADNLP_DATA. The reports are made while they are read (repeated.py) and handed to
`radnlp extract -` as standard input. The run can be stopped and started again: it continues with --resume, samples are
added. At the end the work folder holds `samples.jsonl`, `memory.svg`, `scale.md` (also printed) and, with --keep, the
output.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from memory_plot import draw
from repeated import repeated
from tree import children, is_worker, megabytes, processor_seconds

SAMPLE_SECONDS = 2.0


class Feed:
    """Writes the reports into the program's standard input, in a thread of its own, and counts them."""

    def __init__(self, process: subprocess.Popen, data: Path, reports: int) -> None:
        self.count = 0
        self._pipe, self._data, self._reports = process.stdin, data, reports
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            for line in repeated(self._data, self._reports):
                self._pipe.write(line)
                self.count += 1
            self._pipe.close()
        except BrokenPipeError:
            return


def sample(process: subprocess.Popen, feed: Feed, started: float) -> dict[str, object]:
    """Time, reports read, memory and processor time of the program and of its workers."""
    workers = [pid for pid in children(process.pid) if is_worker(pid)]
    return {
        "seconds": round(time.monotonic() - started, 2),
        "reports": feed.count,
        "program": round(megabytes(process.pid), 1),
        "workers": [round(megabytes(pid), 1) for pid in workers],
        "processor": round(processor_seconds(process.pid), 2),
        "workers_processor": round(sum(processor_seconds(pid) for pid in workers), 2),
    }


def main() -> int:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    output, log = options.work / "findings.jsonl", options.work / "samples.jsonl"
    command = [
        sys.executable,
        "-m",
        "radnlp",
        "extract",
        "-",
        "--schema",
        options.schema,
        "-o",
        str(output),
        "--resume",
    ]
    command += ["--engine", options.engine, "--workers", str(options.workers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    started = time.monotonic()
    feed = Feed(process, Path(os.environ["RADNLP_DATA"]), options.reports)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"run": time.strftime("%Y-%m-%d %H:%M:%S"), "workers": options.workers}) + "\n")
        while process.poll() is None:
            time.sleep(SAMPLE_SECONDS)
            file.write(json.dumps(sample(process, feed, started)) + "\n")
            file.flush()
    seconds = time.monotonic() - started
    said = process.stderr.read().decode().strip().splitlines()
    if process.returncode not in (0, 1):
        print("\n".join(said), file=sys.stderr)
        return 1
    rows = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    block = report(
        options, [row for row in rows if "seconds" in row], sum("run" in row for row in rows), seconds, said[-1]
    )
    draw([row for row in rows if "seconds" in row], options.work / "memory.svg")
    (options.work / "scale.md").write_text(block, encoding="utf-8")
    print(block)
    if not options.keep:
        output.unlink()
    return 0


def report(options: argparse.Namespace, rows: list[dict], runs: int, seconds: float, said: str) -> str:
    """The Markdown block. Rates are of the reports read between the first tenth and the end, without the start."""
    moving = [row for row in rows if row["workers"] and row["reports"] > 0]
    lines = [
        f"`million.py --reports {options.reports} --workers {options.workers} --engine {options.engine}`"
        + (f" (in {runs} runs; times of the last)" if runs > 1 else ""),
        "",
        f"- the program says: {said}",
        f"- {options.reports / seconds:,.0f} reports a second in all ({seconds:,.0f} s on the clock)",
    ]
    if len(moving) >= 4:
        tenth = next(row for row in moving if row["reports"] >= options.reports / 10)
        last = moving[-1]
        lines.append(
            f"- highest memory: the program {max(row['program'] for row in rows):,.0f} MB, a worker "
            f"{max(max(row['workers'], default=0) for row in rows):,.0f} MB"
        )
        lines.append(
            f"- memory after a tenth and at the end: the program {tenth['program']:,.0f} and {last['program']:,.0f} "
            f"MB, the largest worker {max(tenth['workers']):,.0f} and {max(last['workers']):,.0f} MB"
        )
        total = last["processor"] + last["workers_processor"]
        lines.append(
            f"- processor time: the program {last['processor']:,.0f} s, its workers "
            f"{last['workers_processor']:,.0f} s ({1000 * total / options.reports:.2f} ms a report; the program's "
            f"share is {last['processor'] / total:.1%})"
        )
    return "\n".join(lines) + "\n"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for output, samples and results")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="process")
    parser.add_argument("--schema", default="chest_xray")
    parser.add_argument("--keep", action="store_true", help="leave the output where it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
