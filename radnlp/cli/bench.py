"""``radnlp bench``: systems compared on the same gold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.agreement import agreement
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.metamorphic import check_systems, failure_table, overview_table, write_checks
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
  radnlp bench metamorphic benchmarks/chest_ct.toml

agreement: two annotators of the same reports. metamorphic: the experiment's reports are changed in known ways (a denial
turned round, sides swapped, typing errors), and what its systems find must change in just that way; no gold is needed.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """EXPERIMENT, or agreement A B, or metamorphic EXPERIMENT."""
    parser.description = _HELP
    parser.add_argument("experiment", metavar="EXPERIMENT.toml|agreement|metamorphic", help="what to compare")
    parser.add_argument("files", nargs="*", metavar="FILE", help="after agreement: two annotators' findings")
    parser.add_argument("--schema", metavar="NAME|FOLDER", default="chest_ct", help="of the annotators (chest_ct)")
    parser.add_argument("--output", metavar="FOLDER", help="Markdown, CSV, JSON, HTML and every decision go there")
    parser.add_argument(
        "--with-text", action="store_true", help="decisions hold the words of the evidence, the page the reports"
    )


def run(options: Namespace, host: CommandHost) -> int:
    """Print the tables to standard output."""
    if options.experiment == "agreement":
        return _agreement(options)
    if options.experiment == "metamorphic":
        return _metamorphic(options)
    if options.files:
        raise ConfigError(f"one experiment at a time; {options.files[0]!r} is too many")
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
    if len(options.files) != 2:
        raise ConfigError("agreement needs two files: radnlp bench agreement FIRST.jsonl SECOND.jsonl")
    schema, _ = default_catalogue().schema(options.schema)
    first, second = (Path(name) for name in options.files)
    print(markdown(agreement(first, second, schema=schema).table()), end="")  # noqa: T201
    return 0


def _metamorphic(options: Namespace) -> int:
    if len(options.files) != 1:
        raise ConfigError("metamorphic needs one experiment: radnlp bench metamorphic EXPERIMENT.toml")
    experiment = read_experiment(Path(options.files[0]))
    checked = check_systems(experiment, default_catalogue(), say=_say)
    hidden = [split for split in experiment.data.splits if split.aggregates_only]
    tables = [overview_table(checked), *(failure_table(one, hidden=hidden) for one in checked if one.checks)]
    print(f"# {experiment.title}\n")  # noqa: T201
    print("\n".join(markdown(table) for table in tables), end="")  # noqa: T201
    if options.output:
        for path in write_checks(checked, tables, Path(options.output), hidden=hidden, with_text=options.with_text):
            _say(f"-> {path}")
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
