"""``radnlp bench``: systems compared on the same gold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.agreement import agreement
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.output import write_results
from radnlp.evaluation.report import cost_table, quality_tables
from radnlp.evaluation.tables import markdown
from radnlp.hooks import default_catalogue
from radnlp.records import CommandHost

_HELP = """\
Compare systems on the same gold: scores with intervals, differences and tests. Standard output holds the quality tables
only, the same bytes on every run; what the systems cost, and progress, go to standard error.

examples:
  radnlp bench benchmarks/chest_ct.toml
  radnlp bench agreement first_reader.jsonl second_reader.jsonl
"""


def add_arguments(parser: ArgumentParser) -> None:
    """EXPERIMENT, or agreement A B."""
    parser.description = _HELP
    parser.add_argument("experiment", metavar="EXPERIMENT.toml|agreement", help="what to compare")
    parser.add_argument("annotators", nargs="*", metavar="GOLD.jsonl", help="after agreement: two annotators' findings")
    parser.add_argument("--schema", metavar="NAME|FOLDER", default="chest_ct", help="of the annotators (chest_ct)")
    parser.add_argument("--output", metavar="FOLDER", help="Markdown, CSV, JSON, HTML and every decision go there")
    parser.add_argument("--with-text", action="store_true", help="decisions hold the words of the evidence")


def run(options: Namespace, host: CommandHost) -> int:
    """Print the tables to standard output."""
    if options.experiment == "agreement":
        return _agreement(options)
    if options.annotators:
        raise ConfigError(f"one experiment at a time; {options.annotators[0]!r} is too many")
    catalogue = default_catalogue()
    experiment = read_experiment(Path(options.experiment))
    result = run_experiment(experiment, catalogue, say=_say)
    print(f"# {experiment.title}\n")  # noqa: T201
    print("\n".join(markdown(table) for table in quality_tables(result)), end="")  # noqa: T201
    _say(markdown(cost_table(result)))
    if options.output:
        for path in write_results(result, Path(options.output), with_text=options.with_text):
            _say(f"-> {path}")
    return 0


def _agreement(options: Namespace) -> int:
    if len(options.annotators) != 2:
        raise ConfigError("agreement needs two files: radnlp bench agreement FIRST.jsonl SECOND.jsonl")
    schema, _ = default_catalogue().schema(options.schema)
    first, second = (Path(name) for name in options.annotators)
    print(markdown(agreement(first, second, schema=schema).table()), end="")  # noqa: T201
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
