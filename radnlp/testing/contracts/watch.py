"""Watching what a plugin does beside answering: printing, logging, warning, opening sockets, taking its time."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from time import perf_counter
from typing import TextIO

from radnlp.testing.contracts.errors import ContractError, require
from radnlp.testing.contracts.probes import Input
from radnlp.testing.offline import offline

#: So many characters of a report in a row are no chance.
_GIVEAWAY = 12


@contextmanager
def watched(asked: Sequence[Input], *, seconds: float, network: bool = False) -> Iterator[None]:
    """Raise ContractError for what a plugin printed, told, opened or took too long for, in the ``with`` block.

    Nothing may reach standard output; standard error, logs and warnings may have words, but none of a report's. What is
    written by C code or by a process started from here counts too.

    Args:
        asked: The reports whose words may not turn up.
        seconds: Wall-clock limit, looked at afterwards: a plugin that never comes back is not stopped.
        network: Whether connections may be opened.
    """
    started = perf_counter()
    with ExitStack() as stack:
        out = stack.enter_context(_captured(1))
        err = stack.enter_context(_captured(2))
        stack.enter_context(_logged(err.file))
        attempts = [] if network else stack.enter_context(offline())
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        try:
            yield
        finally:
            for warning in caught:
                err.file.write(f"{warning.message}\n")
    took = perf_counter() - started
    printed, told = out.text, err.text
    require(not attempts, "offline", f"a socket was used ({', '.join(sorted(set(attempts)))})")
    require(not printed, "silent", f"{len(printed)} characters were printed to standard output")
    guilty = _whose(told, asked)
    found = "words of the report went to standard error, a log or a warning"
    require(guilty is None, "silent", found, where=guilty.where if guilty else "")
    require(took <= seconds, "in_time", f"it took {took:.1f} s for {len(asked)} reports, {seconds:g} s are allowed")


def safe_words(error: BaseException, asked: Sequence[Input]) -> str:
    """An exception for a message: its words only where no report's are among them.

    Raises:
        ContractError: The words show a report's.
    """
    guilty = _whose(str(error), asked)
    if guilty is not None:
        found = f"the words of a {type(error).__name__} are those of the report"
        raise ContractError("silent", found, where=guilty.where) from None
    if any(one.own for one in asked):
        return type(error).__name__
    return f"{type(error).__name__}: {error}"


def _whose(written: str, asked: Sequence[Input]) -> Input | None:
    """The report of which most stretches stand in what was written, repeated spaces aside; None where none does."""
    said = " ".join(written.split())
    if len(said) < _GIVEAWAY:
        return None
    counts = [sum(piece in said for piece in _pieces(one.report.text)) for one in asked]
    most = max(counts, default=0)
    return asked[counts.index(most)] if most else None


def _pieces(text: str) -> set[str]:
    words = " ".join(text.split())
    return {words[at : at + _GIVEAWAY] for at in range(len(words) - _GIVEAWAY + 1)}


@dataclass(slots=True)
class _Capture:
    """Where a stream goes meanwhile, and afterwards what went there."""

    file: io.TextIOWrapper
    text: str = ""


@contextmanager
def _captured(number: int) -> Iterator[_Capture]:
    """What goes to a file descriptor, and to the stream of Python's own that stands for it."""
    stream = sys.stdout if number == 1 else sys.stderr
    stream.flush()
    kept = os.dup(number)
    redirect = redirect_stdout if number == 1 else redirect_stderr
    with tempfile.TemporaryFile() as raw:
        capture = _Capture(io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True))
        os.dup2(raw.fileno(), number)
        try:
            with redirect(capture.file):
                yield capture
        finally:
            os.dup2(kept, number)
            os.close(kept)
            raw.seek(0)
            capture.text = raw.read().decode("utf-8", "replace")
            capture.file.detach()  # raw is closed by its own with


@contextmanager
def _logged(file: TextIO) -> Iterator[None]:
    """Every record of every level that reaches the root logger."""
    root, handler = logging.getLogger(), logging.StreamHandler(file)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
