"""Standard output while providers work."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Any, TextIO


class Aside:
    """Stands for ``sys.stdout`` as long as any thread leads its prints aside; the other threads print as before.

    The standard library's ``redirect_stdout`` is for one thread: of two that overlap, the one that ends last leaves its
    own stream behind for good.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._here = local()
        self._leading = 0
        self._before: TextIO = sys.stdout

    @contextmanager
    def led(self, into: io.StringIO) -> Iterator[None]:
        """What this thread prints goes into the given stream."""
        outer = getattr(self._here, "stream", None)
        with self._lock:
            if not self._leading:
                self._before = sys.stdout
                sys.stdout = self  # it is whatever stream its thread has
            self._leading += 1
        self._here.stream = into
        try:
            yield
        finally:
            self._here.stream = outer
            with self._lock:
                self._leading -= 1
                if not self._leading:
                    sys.stdout = self._before

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(self._here, "stream", None) or self._before, name)


ASIDE = Aside()
