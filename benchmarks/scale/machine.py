"""What two cores of this machine are worth: one pipeline alone, then two at once that know nothing of each other.

    python benchmarks/scale/machine.py --input /tmp/million/reports-1000000.jsonl [--reports 12000] [--rounds 5]

No engine of radnlp gets more out of two workers than this, since two workers want the same memory and caches as two
programs. Each process loads its pipeline and its reports, waits for the others, and then counts only the reading of
reports. Prints Markdown: the rate of two, taken together, as a multiple of the rate of one, of each round.
"""

import argparse
import gc
import statistics
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path


def work(source: Path, reports: int, schema: str) -> None:
    """A process of its own: says that it is ready, waits for a line, and says how long it took."""
    import radnlp
    from radnlp.batch.readers import ReadOptions, read_reports
    from radnlp.pipeline.loader import lines

    nlp = radnlp.load(schema=schema)
    mine = list(islice(read_reports((str(source),), options=ReadOptions()), reports))
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    started = time.perf_counter()
    for _ in lines(nlp, mine):
        pass
    print(time.perf_counter() - started, flush=True)


def together(number: int, options: argparse.Namespace) -> float:
    """Reports a second of so many processes at once."""
    command = [sys.executable, __file__, "--input", str(options.input), "--reports", str(options.reports)]
    command += ["--schema", options.schema, "--work"]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(number)
    ]
    for process in processes:
        process.stdout.readline()
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return sum(options.reports / float(process.communicate()[0]) for process in processes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--input", type=Path, required=True, help="JSON lines, of million.py")
    parser.add_argument("--reports", type=int, default=12000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--schema", default="chest_xray")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        return work(options.input, options.reports, options.schema)
    ratios = []
    for number in range(options.rounds):
        one, two = together(1, options), together(2, options)
        ratios.append(two / one)
        print(f"round {number + 1}: {one:,.0f} and {two:,.0f} reports/s", file=sys.stderr, flush=True)
    print(f"two programs at once: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) times one")


if __name__ == "__main__":
    main()
