"""Standard output is for results: what a plugin prints while it is loaded goes elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def prints_aside() -> Iterator[None]:
    """What is printed goes to standard error meanwhile, and ``sys.stdout`` is afterwards what it was before."""
    before = sys.stdout
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        sys.stdout = before
