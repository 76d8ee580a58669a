"""``radnlp bench``: systems compared on the same gold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from radnlp.errors import ConfigError
from radnlp.evaluation.agreement import agreement
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.data import data_of
from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.metamorphic import check_systems, failure_table, overview_table, write_checks
from radnlp.evaluation.output import write_results
from radnlp.evaluation.readme import checks_block, place, result_block, with_content, write_blocks
from radnlp.evaluation.report import cost_table, quality_tables
from radnlp.evaluation.tables import markdown
from radnlp.hooks import default_catalogue
from radnlp.records import CommandHost

_HELP = """\
Compare systems on the same gold: scores with intervals, differences and tests. Standard output holds the quality tables
only, the same bytes on every run; what the systems cost, and progress, go to standard error.

examples:
  radnlp bench benchmarks/chest_ct.toml
  radnlp bench all benchmarks
  radnlp bench agreement first_reader.jsonl second_reader.jsonl
  radnlp bench metamorphic benchmarks/chest_ct.toml

all: every experiment of a folder; the results are written into its README.md, each between the lines
<!-- bench: EXPERIMENT.toml --> and <!-- /bench -->, all else in the file stays as it is. agreement: two annotators of
the same reports. metamorphic: the experiment's reports are changed in known ways (a denial turned round, sides swapped,
typing errors), and what its systems find must change in just that way; no gold is needed.

A system whose parts are missing (a plugin, a model, a variable that names it) is not run, and the tables say so.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """EXPERIMENT, or all FOLDER, agreement A B, metamorphic EXPERIMENT."""
    parser.description = _HELP
    parser.add_argument("experiment", metavar="EXPERIMENT.toml|all|agreement|metamorphic", help="what to compare")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="after agreement: two annotators' findings; after all: a folder"
    )
    parser.add_argument("--schema", metavar="NAME|FOLDER", default="chest_ct", help="of the annotators (chest_ct)")
    parser.add_argument("--output", metavar="FOLDER", help="Markdown, CSV, JSON, HTML and every decision go there")
    parser.add_argument(
        "--with-text", action="store_true", help="decisions hold the words of the evidence, the page the reports"
    )
    parser.add_argument(
        "--readme", metavar="FILE.md", help="write the results into their place in this file (all: FOLDER/README.md)"
    )


def run(options: Namespace, host: CommandHost) -> int:
    """Print the tables to standard output."""
    special = {"agreement": _agreement, "metamorphic": _metamorphic, "all": _all}
    if options.experiment in special:
        return special[options.experiment](options)
    if options.files:
        raise ConfigError(f"one experiment at a time; {options.files[0]!r} is too many")
    path = Path(options.experiment)
    block = place(Path(options.readme), path.name) if options.readme else None
    experiment = read_experiment(path)
    result = run_experiment(experiment, default_catalogue(), say=_say)
    print(f"# {experiment.title}\n")  # noqa: T201
    print("\n".join(markdown(table) for table in quality_tables(result)), end="")  # noqa: T201
    _say(markdown(cost_table(result)))
    if options.output:
        for written in write_results(result, Path(options.output), with_text=options.with_text):
            _say(f"-> {written}")
    if block:
        words = result_block(result, folder=path.resolve().parent.name, date=_today())
        with_content(Path(options.readme), block, words)
    return 0


def _all(options: Namespace) -> int:
    if len(options.files) > 1 or options.output:
        raise ConfigError("all takes one folder and no --output: radnlp bench all FOLDER [--readme FILE.md]")
    folder = Path(options.files[0] if options.files else "benchmarks")
    readme = Path(options.readme) if options.readme else folder / "README.md"
    rows = []
    for row in write_blocks(folder, readme, default_catalogue(), date=_today(), say=_say):
        rows.append(row)
        print(f"## {'metamorphic ' if row.block.metamorphic else ''}{row.block.name}\n")  # noqa: T201
        print(f"{row.content or f'Not run: {row.reason}.'}\n")  # noqa: T201
    if not any(row.content for row in rows):
        reasons = "; ".join(f"{row.block.name}: {row.reason}" for row in rows)
        raise ConfigError(f"{folder}: nothing could be run ({reasons})")
    return 1 if any(row.wrong for row in rows) else 0


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
    path = Path(options.files[0])
    block = place(Path(options.readme), path.name, metamorphic=True) if options.readme else None
    experiment = read_experiment(path)
    checked = check_systems(experiment, default_catalogue(), say=_say)
    hidden = [split for split in experiment.data.splits if split.aggregates_only]
    tables = [overview_table(checked), *(failure_table(one, hidden=hidden) for one in checked if one.checks)]
    print(f"# {experiment.title}\n")  # noqa: T201
    print("\n".join(markdown(table) for table in tables), end="")  # noqa: T201
    if options.output:
        for written in write_checks(checked, tables, Path(options.output), hidden=hidden, with_text=options.with_text):
            _say(f"-> {written}")
    if block:
        gold, lexicon = data_of(experiment, default_catalogue())
        where = path.resolve().parent.name
        words = checks_block(experiment, checked, gold, lexicon.digest, folder=where, date=_today())
        with_content(Path(options.readme), block, words)
    return 0


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201
