"""A million reports through an engine: how many a second, and how much memory each process holds over time.

    python benchmarks/scale/million.py --work /tmp/million [--reports 1000000] [--workers 2] [--engine process]
    python benchmarks/scale/million.py --work /tmp/scaling --reports 100000 --workers 1     for the scaling from 1 to 2

Needs Linux (/proc) and RADNLP_DATA. The reports are made first (repeated.py), into the work folder; --input FILE takes
those of another one. The run can be stopped and started again: it continues with --resume, samples are added. At the
end the work folder holds `samples.jsonl`, `memory.svg`, `scale.md` (also printed) and, with --keep, the output.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from memory_plot import draw
from repeated import repeated
from tree import children, is_worker, megabytes, processor_seconds

SAMPLE_SECONDS = 2.0
#: Reports of a part, when they come faster than that many a second.
PART_REPORTS = 256


def input_file(folder: Path, data: Path, reports: int) -> Path:
    """The reports as JSON lines, made once."""
    path = folder / f"reports-{reports}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(".tmp")
        with unfinished.open("wb") as file:
            file.writelines(repeated(data, reports))
        unfinished.replace(path)
    return path


def sample(process: subprocess.Popen, output: Path, started: float) -> dict[str, object]:
    """Time, reports done, memory and processor time of the program and of its workers."""
    workers = [pid for pid in children(process.pid) if is_worker(pid)]
    parts = sum(1 for _ in output.with_name(f"{output.name}.parts").glob("*.part"))
    return {
        "seconds": round(time.monotonic() - started, 2),
        "reports": parts * PART_REPORTS,
        "program": round(megabytes(process.pid), 1),
        "workers": [round(megabytes(pid), 1) for pid in workers],
        "processor": round(processor_seconds(process.pid), 2),
        "workers_processor": round(sum(processor_seconds(pid) for pid in workers), 2),
    }


def main() -> int:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    output, log = options.work / "findings.jsonl", options.work / "samples.jsonl"
    source = options.input or input_file(options.work, Path(os.environ["RADNLP_DATA"]), options.reports)
    command = [
        sys.executable,
        "-m",
        "radnlp",
        "extract",
        str(source),
        "--schema",
        options.schema,
        "-o",
        str(output),
        "--resume",
    ]
    command += ["--engine", options.engine, "--workers", str(options.workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    started = time.monotonic()
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"run": time.strftime("%Y-%m-%d %H:%M:%S"), "workers": options.workers}) + "\n")
        while process.poll() is None:
            time.sleep(SAMPLE_SECONDS)
            file.write(json.dumps(sample(process, output, started)) + "\n")
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
    """The Markdown block. The rate is that between the first tenth and the last sample, without start and end."""
    lines = [
        f"`million.py --reports {options.reports} --workers {options.workers} --engine {options.engine}`"
        + (f" (in {runs} runs; times of the last)" if runs > 1 else ""),
        "",
        f"- the program says: {said}",
        f"- {options.reports / seconds:,.0f} reports a second in all ({seconds:,.0f} s on the clock)",
    ]
    # At the end the workers are dismissed one by one, and their processor time goes with them.
    all_at_work = [row for row in rows if len([size for size in row["workers"] if size]) == options.workers]
    moving = [row for row in all_at_work if row["reports"] >= options.reports / 10]
    if len(moving) >= 2:
        first, last = moving[0], moving[-1]
        done = last["reports"] - first["reports"]
        program = 1000 * (last["processor"] - first["processor"]) / done
        workers = 1000 * (last["workers_processor"] - first["workers_processor"]) / done
        lines += [
            f"- {done / (last['seconds'] - first['seconds']):,.0f} reports a second from the first tenth to the end",
            f"- highest memory: the program {max(row['program'] for row in rows):,.0f} MB, a worker "
            f"{max(max(row['workers'], default=0) for row in rows):,.0f} MB",
            f"- memory after a tenth and at the end: the program {first['program']:,.0f} and {last['program']:,.0f} "
            f"MB, the largest worker {max(first['workers']):,.0f} and {max(last['workers']):,.0f} MB",
            f"- processor time for a report: the program {program:.3f} ms, the workers {workers:.3f} ms (the program's "
            f"share is {program / (program + workers):.1%})",
        ]
    return "\n".join(lines) + "\n"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for output, samples and results")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--input", type=Path, metavar="FILE", help="so many reports, made before")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", default="process")
    parser.add_argument("--schema", default="chest_xray")
    parser.add_argument("--keep", action="store_true", help="leave the output where it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
