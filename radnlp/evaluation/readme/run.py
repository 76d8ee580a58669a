"""Running the experiments of a folder and writing what came of each into its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from radnlp.errors import ConfigError, RadnlpError, UnknownNameError
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.data import data_of
from radnlp.evaluation.experiment import Experiment, read_experiment
from radnlp.evaluation.metamorphic import check_systems
from radnlp.evaluation.readme.markers import Block, blocks_of, with_content
from radnlp.evaluation.readme.results import checks_block, missing_block, result_block
from radnlp.hooks import Catalogue

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of one place.

    Attributes:
        block: The place.
        content: What was measured, as Markdown; empty where nothing could be run.
        reason: Why nothing could be run.
        wrong: Whether that is a mistake, not a part that this machine lacks.
    """

    block: Block
    content: str = ""
    reason: str = ""
    wrong: bool = False


def write_blocks(
    folder: Path, readme: Path, catalogue: Catalogue, *, date: str, say: Callable[[str], None]
) -> Iterator[Written]:
    """Run every experiment of a folder, and the metamorphic checks that have a place, one after the other.

    Each is written as soon as it is done, so that what was measured is not lost when a later one is interrupted.
    Results that stand already are left alone when nothing could be run.

    Args:
        folder: Of the experiments, ``*.toml``.
        readme: The Markdown file; its markers name experiments of the folder.
        catalogue: Where schemas and metrics are found.
        date: Of the run, as it is written.
        say: Told what is going on.

    Yields:
        What came of each place: those of the file in its order, then experiments that have none.

    Raises:
        ConfigError: The folder has no experiment, or the file is not as it must be.
    """
    names = sorted(path.name for path in folder.glob(f"*{_SUFFIX}"))
    if not names:
        raise ConfigError(f"{folder} has no experiment; experiments are files NAME{_SUFFIX}")
    placed = blocks_of(readme)
    for block in placed:
        if block.name not in names:
            raise ConfigError(f"{readme}: {block.marker}: {folder} has no such experiment; it has {', '.join(names)}")
    without = [Block(name=name) for name in names if Block(name=name).marker not in {b.marker for b in placed}]
    for block in without:
        say(f"{readme} has no line {block.marker}: the results of {block.name} are printed only")
    for block in (*placed, *without):
        say(f"== {'metamorphic ' if block.metamorphic else ''}{block.name}")
        written = run_block(folder, block, catalogue, date=date, say=say)
        if block in placed:
            put(readme, written, date=date)
        yield written


def run_block(folder: Path, block: Block, catalogue: Catalogue, *, date: str, say: Callable[[str], None]) -> Written:
    """Measure what belongs into a place; nothing is written."""
    try:
        experiment = read_experiment(folder / block.name)
        lacks = _lacks(experiment, catalogue)
        if lacks:
            return Written(block=block, reason=lacks)
        where = folder.resolve().name
        if block.metamorphic:
            checked = check_systems(experiment, catalogue, say=say)
            gold, lexicon = data_of(experiment, catalogue)
            content = checks_block(experiment, checked, gold, lexicon.digest, folder=where, date=date)
            return Written(block=block, content=content)
        result = run_experiment(experiment, catalogue, say=say)
        return Written(block=block, content=result_block(result, folder=where, date=date))
    except RadnlpError as error:
        return Written(block=block, reason=str(error), wrong=True)


def put(readme: Path, written: Written, *, date: str) -> None:
    """Write results into their place; a reason only where nothing stands yet, and no mistake."""
    if written.content:
        with_content(readme, written.block, written.content)
    elif not written.block.content and not written.wrong:
        with_content(readme, written.block, missing_block(written.block.name, written.reason, date=date))


def place(readme: Path, name: str, *, metamorphic: bool = False) -> Block:
    """The place of one experiment.

    Raises:
        ConfigError: The file has none; says what to write.
    """
    wanted = Block(name=name, metamorphic=metamorphic).marker
    found: Sequence[Block] = [block for block in blocks_of(readme) if block.marker == wanted]
    if not found:
        raise ConfigError(f"{readme} has no line {wanted}; write it, and <!-- /bench --> on a line behind it")
    return found[0]


def _lacks(experiment: Experiment, catalogue: Catalogue) -> str:
    """What this machine lacks for the data to be read, in one sentence; empty where nothing is known to be missing."""
    data = experiment.data
    if data.lacks:
        return data.lacks
    if not data.path.exists():
        shown = data.path.name if data.variables else str(data.path)
        return f"there is no {shown}" + "".join(
            f" where the environment variable {n} points to" for n in data.variables
        )
    try:
        catalogue.vocabulary(data.schema)
    except UnknownNameError as error:
        return f"{error} (schemas come with plugins: pip install radnlp-ja for ja_ct)"
    return ""
