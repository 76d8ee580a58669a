"""Kills a run twenty times and continues it as often: is the output that of a run nobody disturbed?

    python benchmarks/scale/kill.py [--reports 6000] [--kills 20] [--workers 2] [--seed 1]

Reports are invented. One run with `--engine process` goes through undisturbed. Another is ended with `kill -9` at
random moments and continued with `--resume`: every fourth time while it starts, else at some moment after it wrote its
first part, finishing included. Every fourth time a worker is killed before, and the run has to go on by itself. At the
end both outputs are compared byte by byte but for `provenance.seconds`. Prints Markdown; the exit status is 1 when they
differ or a worker outlives its run.
"""

import argparse
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import invented
from tree import children, is_worker

#: Seconds that a worker may go on after its run was killed. One that is still loading looks up when it has loaded.
PATIENCE = 20


class Trial:
    """The run that is killed, and what happened to it."""

    def __init__(self, command: list[str], output: Path, seed: int, start: float, work: float) -> None:
        self.command = [*command, "--resume", "-o", str(output)]
        self.output = output
        self.draw = random.Random(seed)
        self.start, self.work = start, work
        self.parts = Path(f"{output}.parts")
        self.parents = self.workers = self.finished = self.orphans = 0
        self.longest = 0.0
        self.moments: list[int] = []

    def disturb(self, number: int) -> None:
        """Start or continue the run, and kill something at a random moment."""
        process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        if number % 4 == 0:
            pause(process, self.draw.uniform(0, self.start))
        else:
            before = self.written()
            while process.poll() is None and self.written() <= before:
                time.sleep(0.01)
            pause(process, self.draw.uniform(0, self.work / 8))
        if process.poll() is not None:  # it was through before its time had come: once more from the start
            self.finished += 1
            self.output.unlink()
            return self.disturb(number)
        crew = [pid for pid in children(process.pid) if is_worker(pid)]
        if number % 4 == 3 and crew:
            os.kill(self.draw.choice(crew), signal.SIGKILL)
            self.workers += 1
            pause(process, self.draw.uniform(0, self.work / 8))
            crew = [pid for pid in children(process.pid) if is_worker(pid)]
        self.moments.append(self.written())
        process.kill()
        process.wait()
        self.parents += 1
        killed = time.monotonic()
        while any(map(is_worker, crew)) and time.monotonic() < killed + PATIENCE:
            time.sleep(0.01)
        self.longest = max(self.longest, time.monotonic() - killed)
        self.orphans += sum(map(is_worker, crew))

    def written(self) -> int:
        """Parts on disk."""
        return len(list(self.parts.glob("*.part")))

    def finish(self) -> str:
        """Let it go through; what it says at the end."""
        done = subprocess.run(self.command, stderr=subprocess.PIPE, text=True, check=False)
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit status {done.returncode}"


def pause(process: subprocess.Popen, seconds: float) -> None:
    """Wait so long, or until the process has ended."""
    limit = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < limit:
        time.sleep(0.01)


def digest(path: Path) -> tuple[int, str]:
    """Number of lines, and SHA-256 of all of them without their seconds."""
    seen, lines = hashlib.sha256(), 0
    with path.open("rb") as file:
        for line in file:
            data = json.loads(line)
            shown = json.dumps(data["provenance"]["seconds"], separators=(",", ":")).encode()
            rest = re.sub(rb'"seconds":\{[^}]*\}', b'"seconds":{}', line)
            assert shown.count(b":") == len(data["provenance"]["seconds"])
            seen.update(rest)
            lines += 1
    return lines, seen.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=6000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--schema", default="chest_ct")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports.jsonl")
        source.write_text("".join(line + "\n" for line in invented(options.reports)), encoding="utf-8")
        command = [sys.executable, "-m", "radnlp", "extract", str(source), "--schema", options.schema]
        command += ["--engine", "process", "--workers", str(options.workers)]
        whole, killed = Path(folder, "whole.jsonl"), Path(folder, "killed.jsonl")
        started = time.monotonic()
        undisturbed = subprocess.Popen([*command, "-o", str(whole)], stderr=subprocess.DEVNULL)
        while undisturbed.poll() is None and not list(Path(f"{whole}.parts").glob("*.part")):
            time.sleep(0.05)
        start = time.monotonic() - started
        if undisturbed.wait() != 0:
            sys.exit("the undisturbed run failed")
        seconds = time.monotonic() - started
        trial = Trial(command, killed, options.seed, start, seconds - start)
        for number in range(options.kills):
            trial.disturb(number)
            print(f"kill {number + 1} of {options.kills}: {trial.moments[-1]} parts", file=sys.stderr, flush=True)
        said = trial.finish()
        same = killed.exists() and digest(whole) == digest(killed)
    print(f"- {options.reports:,} reports, {options.workers} workers, seed {options.seed}; undisturbed {seconds:.0f} s")
    print(
        f"- `kill -9` of the run: {trial.parents}, of a worker: {trial.workers}, rounds begun afresh: {trial.finished}"
    )
    print(f"- parts on disk at each kill: {', '.join(map(str, trial.moments))}")
    print(f"- workers alive {PATIENCE} s after a kill: {trial.orphans}; the last ended {trial.longest:.1f} s after it")
    print(f"- the last run: {said}")
    print(f"- output but for provenance.seconds: **{'the same' if same else 'DIFFERENT'}**")
    return 0 if same and not trial.orphans else 1


if __name__ == "__main__":
    sys.exit(main())
