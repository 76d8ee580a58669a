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

_INSTALL = 'pip install "radnlp-core[sql]"'
_FORM = "it looks like sqlite:///cdm.db or postgresql+psycopg://USER@HOST/DATABASE"


def open_database(address: str) -> Engine:
    """SQLAlchemy's engine for the URL; nothing is connected yet.

    Raises:
        ConfigError: SQLAlchemy or the database's driver is not installed, the URL is none, or names a file that is
            not there.
    """
    try:
        from sqlalchemy import create_engine, make_url
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
    # SQLite would make an empty database of a misspelt name.
    file = url.database if url.get_backend_name() == "sqlite" else None
    if file and not file.startswith((":memory:", "file:")) and not Path(file).exists():
        raise ConfigError(f"{shown_address(address)}: there is no file {file}")
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
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]  # further lines may quote a row
        raise kind(f"{shown_address(address)}: {doing}: {reason}{hint}") from None


def _kind(address: str) -> str:
    return address.partition("://")[0]
