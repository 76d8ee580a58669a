"""What runs into a table have done so far, in a small table beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

#: The table that lies beside NOTE_NLP while a run goes on.
PARTS_TABLE: Final = "radnlp_part"
#: Stands where a part's number stands, in the row with the run's fingerprint.
_MANIFEST: Final = -1


class Ledger:
    """A run's lines in the table ``radnlp_part``: one for each part that is written, and one with its fingerprint.

    Every method works in the transaction of the connection it gets.

    Args:
        run: What the lines of this run are known by; a later run of the same name continues it or takes its place.
        schema: The database's schema that the table is in, None for the usual one.
    """

    def __init__(self, run: str, *, schema: str | None) -> None:
        import sqlalchemy as sa

        self._run = run
        self._begun = uuid4().hex
        self._table = sa.Table(
            PARTS_TABLE,
            sa.MetaData(),
            sa.Column("run", sa.String(255), primary_key=True),
            sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("content", sa.Text, nullable=False),
            schema=schema,
        )

    @property
    def name(self) -> str:
        """Of the table, with its schema."""
        return self._table.fullname

    def create(self, connection: Connection) -> None:
        """Make the table where it is not there."""
        self._table.create(connection, checkfirst=True)

    def drop(self, connection: Connection) -> None:
        """Remove the table."""
        self._table.drop(connection, checkfirst=True)

    def fingerprint(self, connection: Connection) -> dict[str, str] | None:
        """That of the run which left lines of this name; None when there are none."""
        manifest = self._manifest(connection)
        return None if manifest is None else dict(manifest["fingerprint"])

    def parts(self, connection: Connection) -> dict[int, str]:
        """Number -> content of each part, in order."""
        import sqlalchemy as sa

        lines = self._table.c
        query = sa.select(lines.part, lines.content).where(self._mine, lines.part != _MANIFEST).order_by(lines.part)
        return {row.part: row.content for row in connection.execute(query)}

    def begin(self, connection: Connection, fingerprint: Mapping[str, str], *, keep: int) -> None:
        """Forget the parts from ``keep`` on, and take the name over from whoever had it."""
        import sqlalchemy as sa

        part = self._table.c.part
        self.create(connection)  # the last run of another name may just have dropped it
        connection.execute(sa.delete(self._table).where(self._mine, (part >= keep) | (part == _MANIFEST)))
        self.note(connection, _MANIFEST, {"fingerprint": dict(fingerprint), "begun": self._begun})

    def note(self, connection: Connection, part: int, content: Mapping[str, Any]) -> None:
        """Add a line."""
        row = {"run": self._run, "part": part, "content": json.dumps(content)}
        connection.execute(self._table.insert(), row)

    def is_current(self, connection: Connection) -> bool:
        """Whether this run has begun, and no other of its name since."""
        manifest = self._manifest(connection)
        return manifest is not None and manifest["begun"] == self._begun

    def forget(self, connection: Connection) -> bool:
        """Remove the lines of this run, not those of another that took its name; whether the table is empty then."""
        import sqlalchemy as sa

        self.create(connection)
        if self.is_current(connection):
            connection.execute(sa.delete(self._table).where(self._mine))
        return not connection.execute(sa.select(sa.func.count()).select_from(self._table)).scalar()

    @property
    def _mine(self) -> ColumnElement[bool]:
        return self._table.c.run == self._run

    def _manifest(self, connection: Connection) -> dict[str, Any] | None:
        import sqlalchemy as sa

        if not sa.inspect(connection).has_table(self._table.name, self._table.schema):  # every run is through
            return None
        query = sa.select(self._table.c.content).where(self._mine, self._table.c.part == _MANIFEST)
        content = connection.execute(query).scalar()
        return None if content is None else dict(json.loads(content))
