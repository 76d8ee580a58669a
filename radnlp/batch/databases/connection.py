"""Opening a database and saying in one sentence why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from radnlp.batch.databases.address import shown_address
from radnlp.errors import ConfigError, RadnlpError, ReportError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.exc import SQLAlchemyError

_INSTALL = 'pip install "radnlp-core[sql]"'
_FORM = "it looks like sqlite:///cdm.db or postgresql+psycopg://USER@HOST/DATABASE"


def open_database(address: str) -> Engine:
    """SQLAlchemy's engine for the URL; nothing is connected yet.

    Raises:
        ConfigError: SQLAlchemy or the database's driver is not installed, the URL is none, or names a file that is
            not there.
    """
    try:
        from sqlalchemy import create_engine, event, make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"{shown_address(address)}: this needs {error.name}, which is not installed; {_INSTALL}"
        ) from None
    try:
        url = make_url(address)
        engine = create_engine(url, hide_parameters=True)  # parameters are report text
    except NoSuchModuleError:
        raise ConfigError(
            f"{shown_address(address)}: {_kind(address)!r} is no kind of database that SQLAlchemy knows; {_FORM}"
        ) from None
    except (ArgumentError, ValueError):
        raise ConfigError(f"{shown_address(address)}: not a database URL; {_FORM}") from None
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"{shown_address(address)}: its driver {error.name!r} is not installed; install it, or name another in the "
            "URL (postgresql+psycopg://... after: pip install psycopg)"
        ) from None
    if "@" in (url.host or ""):
        raise ConfigError(
            f"{shown_address(address)}: the password in the URL holds @; write it as %40, or leave the password "
            "out and keep it where the driver looks for it (~/.pgpass)"
        )
    # SQLite would make an empty database of a misspelt name.
    file = url.database if url.get_backend_name() == "sqlite" else None
    if file and not file.startswith((":memory:", "file:")) and not Path(file).exists():
        raise ConfigError(f"{shown_address(address)}: there is no file {file}")
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "text_factory", _sqlite_text))
    return engine


@contextmanager
def speaking(address: str, doing: str, *, hint: str = "", kind: type[RadnlpError] = ReportError) -> Iterator[None]:
    """Around work with a database: what it refuses becomes one sentence, without the words of any report.

    Args:
        address: For the message.
        doing: What could not be done (``cannot be read``).
        hint: What comes after the reason.
        kind: The error to raise.

    Raises:
        ReportError: Or whatever ``kind`` says.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except SQLAlchemyError as error:
        raise kind(f"{shown_address(address)}: {doing}: {_reason(error)}{hint}") from None


def _reason(error: SQLAlchemyError) -> str:
    """What the driver says, unless it is about a value: that would be quoted, and may be report text."""
    from sqlalchemy.exc import DataError

    told = getattr(error, "orig", None) or error
    if isinstance(error, DataError):
        state = getattr(told, "sqlstate", None)
        return f"a value does not fit its type ({type(told).__name__}{f', SQLSTATE {state}' if state else ''})"
    return str(told).strip().splitlines()[0]  # further lines may quote a row


def _sqlite_text(raw: bytes) -> str | bytes:
    """A text that is no UTF-8 stays bytes and costs its own row; sqlite3 would refuse the page and quote the text."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _kind(address: str) -> str:
    return address.partition("://")[0]
