"""``radnlp review``: the findings of a run that a person should look at first."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from radnlp.batch.review import extractions_of, queue_csv, read_extractions, review_queue
from radnlp.errors import ConfigError
from radnlp.records import CommandHost, Extraction

_HELP = """\
Write the findings of a run with a low score as CSV, the lowest first, for a person to look at: report, key, status,
values, score, why it is low, who was asked, and where in the text it stands.

INPUT is what `radnlp extract ... -o findings.jsonl` wrote. Scores come from `--keys bert` (is the key there?) and from
`--relations cascade` (are these its places?), which with `--set relations.budget=0` asks no second provider.

example:
  radnlp extract benchmarks/samples --schema chest_ct --relations cascade --set relations.budget=0 -o findings.jsonl
  radnlp review findings.jsonl --below 0.9 -o queue.csv

exit status: 0 the queue is written, an empty one too, 2 wrong use, unreadable input, or no finding has a score
"""


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, what is low, the output."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="findings as JSON lines, or - for standard input")
    parser.add_argument("--below", metavar="SCORE", type=float, default=0.8, help="scores below it (default: 0.8)")
    parser.add_argument("--limit", metavar="N", type=int, help="the N lowest alone (default: all)")
    parser.add_argument("-o", "--output", metavar="FILE", help="CSV file (default: standard output)")
    parser.add_argument("--no-text", action="store_true", help="write offsets without the words of the report")
    parser.add_argument("--quiet", action="store_true", help="no summary")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the queue; a summary goes to standard error."""
    if not 0 <= options.below <= 1:
        raise ConfigError(f"--below {options.below}: a score is a number from 0 to 1")
    if options.limit is not None and options.limit < 1:
        raise ConfigError(f"--limit {options.limit}: at least 1")
    if options.output and any(path != "-" and _same(path, options.output) for path in options.inputs):
        raise ConfigError(f"-o {options.output} is the INPUT, which would be lost; name another file")
    queue = review_queue(_read(options.inputs), below=options.below, limit=options.limit)
    if queue.findings and not queue.scored:
        raise ConfigError(
            f"none of the {queue.findings:,} findings has a score; extract them with --relations cascade or --keys bert"
        )
    _write(queue_csv(queue, with_text=not options.no_text), options.output)
    if not options.quiet:
        left = f", the {len(queue.rows):,} lowest of {queue.below:,}" if len(queue.rows) < queue.below else ""
        print(  # noqa: T201
            f"{len(queue.rows):,} findings to look at{left}; {queue.scored:,} of {queue.findings:,} have a score",
            file=sys.stderr,
        )
    return 0


def _read(inputs: list[str]) -> Iterator[Extraction]:
    for path in inputs:
        yield from read_extractions("standard input", sys.stdin) if path == "-" else extractions_of(path)


def _same(path: str, other: str) -> bool:
    return Path(path).resolve() == Path(other).resolve()


def _write(words: str, output: str | None) -> None:
    data = words.encode("utf-8", "backslashreplace")
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        Path(output).write_bytes(data)
    except OSError as error:
        raise ConfigError(f"{output}: cannot be written: {error.strerror}") from None
