"""No network: every socket that code tries to use is refused, by whatever library, and noted."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

#: The lists of those who watch at the moment; an audit hook cannot be taken away, so it looks here.
_WATCHING: list[list[str]] = []


class NetworkRefusedError(OSError):
    """Code tried to use a socket where none is allowed."""


@contextmanager
def offline() -> Iterator[list[str]]:
    """Refuse sockets in the ``with`` block; the list that comes back fills with what was tried.

    Sockets within the machine (of the UNIX family), which process pools are made of, are no network. Another process
    started from the block is not held by it.

    >>> import socket
    >>> with offline() as attempts:
    ...     try:
    ...         socket.create_connection(("localhost", 9))
    ...     except OSError as error:
    ...         print(type(error).__name__, attempts)
    NetworkRefusedError ['socket.getaddrinfo']
    """
    _install()
    attempts: list[str] = []
    _WATCHING.append(attempts)
    try:
        yield attempts
    finally:
        _WATCHING.remove(attempts)


@cache
def _install() -> None:
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCHING or not event.startswith("socket.") or _stays_here(event, arguments):
        return
    for attempts in _WATCHING:
        attempts.append(event)
    raise NetworkRefusedError(f"a socket was used ({event}); nothing here opens a connection")


def _stays_here(event: str, arguments: tuple[Any, ...]) -> bool:
    import socket

    if event in ("socket.gethostname", "socket.sethostname"):
        return True
    first = arguments[0] if arguments else None
    family = arguments[1] if event == "socket.__new__" else getattr(first, "family", None)
    if family is not None and family not in (socket.AF_INET, socket.AF_INET6):
        return True
    # urllib3, which spaCy imports, asks at import by binding to this machine's own ::1 whether it has IPv6.
    own = event in ("socket.__new__", "socket.bind")
    return own and any(frame.name == "_has_ipv6" for frame in traceback.extract_stack())
