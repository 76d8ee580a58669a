"""What a database URL says, and how to show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9_+]*://")
#: Kind, user, (password), host and port, database, (options); or kind and a file. What does not look just so may have
#: a password where none is expected, and is not shown.
_PARTS = re.compile(
    r"(?P<kind>[^:]+)://(?:(?P<user>[^:/?@]*)(?::[^@]*)?@)?"
    r"(?P<place>/[^?]*|(?:\[[^]@/]*\]|[^:/?@]*)(?::[0-9]+)?(?:/[^:?@]*)?)(?:\?.*)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TableAddress:
    """A table of a database, written to.

    Attributes:
        address: The database's URL.
        table: Name of the table, with its database schema in front where it needs one (``cdm.note_nlp``).
    """

    address: str = field(repr=False)
    table: str

    def __str__(self) -> str:
        return f"{shown_address(self.address)} table {self.table}"


def is_address(text: str) -> bool:
    """Whether an INPUT or an output names a database and no file.

    >>> is_address("sqlite:///cdm.db"), is_address("notes.csv")
    (True, False)
    """
    return _ADDRESS.match(text) is not None


def shown_address(address: str) -> str:
    """The URL as messages and manifests may hold it: without password and options, in which there may be another.

    >>> shown_address("postgresql+psycopg://reader:secret@db.example/cdm?sslmode=require")
    'postgresql+psycopg://reader@db.example/cdm'
    >>> shown_address("postgresql+psycopg://reader:se@cret@db.example/cdm")
    'the database'
    """
    parts = _PARTS.fullmatch(address)
    if parts is None:
        return "the database"
    user = f"{parts['user']}@" if parts["user"] else ""
    return f"{parts['kind']}://{user}{parts['place']}"
