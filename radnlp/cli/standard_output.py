"""Standard output belongs to the results, whatever a library prints into it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def results_only() -> Iterator[None]:
    """``sys.stdout`` keeps going where standard output went; its file descriptor goes to standard error meanwhile.

    What C code prints, and what a process started from here writes, then cannot stand between two results. Where
    ``sys.stdout`` is not the descriptor 1 (a notebook, a test), nothing is changed.
    """
    before = sys.stdout
    if not _is_descriptor(before, 1) or not _is_descriptor(sys.stderr, 2):
        yield
        return
    before.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = results = open(  # noqa: SIM115, PTH123  a descriptor has no path; closed below
        kept, "w", buffering=1 if before.line_buffering else -1, encoding=before.encoding, errors=before.errors
    )
    try:
        yield
    finally:
        sys.stdout = before
        try:
            results.flush()
        except (OSError, ValueError):  # nobody reads any more, which has been told; what is left goes nowhere
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, kept)
            os.close(nowhere)
        os.dup2(kept, 1)
        results.close()


def _is_descriptor(stream: object, number: int) -> bool:
    try:
        return bool(stream.fileno() == number)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return False
