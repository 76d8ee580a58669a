"""A progress bar on standard error, for people only: a file or a pipe gets none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Tick(Protocol):
    """Says that some more are done."""

    def __call__(self, advance: int = 1) -> None: ...


@contextmanager
def progress_bar(label: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Tick]:
    """A bar (or, without a total, a counter) for as long as the block runs."""
    if quiet or not sys.stderr.isatty():
        yield lambda advance=1: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda advance=1: progress.advance(task, advance)
