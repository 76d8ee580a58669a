"""Where a run keeps what is done so far: for a table of a database, in a small table beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from radnlp.batch.databases.address import TableAddress
from radnlp.batch.databases.connection import open_database, speaking
from radnlp.batch.databases.tables import FoundTable, find_table
from radnlp.batch.formats import Format
from radnlp.batch.formats.omop import NOTE_NLP, system_prefix
from radnlp.batch.runs.parts import PartHeader
from radnlp.batch.runs.writing import PARTS_KEPT
from radnlp.errors import ConfigError, ReportError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table, TableClause

#: The table that lies beside NOTE_NLP while a run goes on.
PARTS_TABLE: Final = "radnlp_part"
#: Stands where a part's number stands, in the row with the run's fingerprint.
_MANIFEST: Final = -1


class TableParts:
    """Rows of NOTE_NLP, each part's in one transaction, together with its line in the table ``radnlp_part``.

    Either both are there or neither, so a run that was killed goes on behind the last whole part and writes no row
    twice. When the run is finished its lines go, and with the last run's the table.

    Rows that an earlier run with the same modality schema wrote about a note are replaced by what is found now, also
    when nothing is. ``note_nlp_id`` goes on from the highest there is; another program that writes rows at the same
    moment can take the same numbers, and one of the two is refused by the primary key.

    Args:
        output: The table.
        schema_id: The modality schema of the run; two runs with different schemas may write side by side.
    """

    def __init__(self, output: TableAddress, schema_id: str) -> None:
        self.name = f"the run into {output}"
        self._output = output
        self._schema = schema_id
        self._run = f"{schema_id} {output.table.lower()}"
        self._begun = uuid4().hex
        self._engine: Engine | None = None
        self._parts: int | None = None  # until begun: parts of an earlier run may be there

    def prepare(self) -> None:
        """Try to delete and to insert nothing, and make the table of parts. Raises ConfigError."""
        import sqlalchemy as sa

        engine, rows = self._opened()
        with speaking(self._output.address, "cannot be written", kind=ConfigError), engine.begin() as connection:
            connection.execute(sa.delete(rows).where(sa.false()))
            connection.execute(sa.insert(rows).from_select(list(rows.c.keys()), sa.select(rows).where(sa.false())))
        ledger = self._ledger()
        doing = f"the table {ledger.fullname}, which holds what --resume needs, cannot be made"
        hint = "; give the account the right to, or make it: run varchar(255), part integer, content text"
        with speaking(self._output.address, doing, hint=hint, kind=ConfigError), engine.begin() as connection:
            ledger.create(connection, checkfirst=True)

    def fingerprint(self) -> dict[str, str] | None:
        """That of the run which left the parts; None when there are none."""
        found = self._contents().get(_MANIFEST)
        return None if found is None else dict(json.loads(found)["fingerprint"])

    def headers(self) -> list[PartHeader]:
        """Headers of the parts, in order."""
        contents = self._contents()
        contents.pop(_MANIFEST, None)
        there = takewhile(contents.__contains__, count())
        return [PartHeader.from_json(contents[index]) for index in there]

    def begin(self, fingerprint: Mapping[str, str], *, keep: int) -> None:
        """Forget the parts from ``keep`` on; their rows go when their notes are written anew."""
        import sqlalchemy as sa

        ledger = self._ledger()
        mine = ledger.c.run == self._run
        with self._writing() as connection:
            ledger.create(connection, checkfirst=True)  # the last run of another schema may just have dropped it
            connection.execute(sa.delete(ledger).where(mine, (ledger.c.part >= keep) | (ledger.c.part == _MANIFEST)))
            self._note(connection, _MANIFEST, {"fingerprint": dict(fingerprint), "begun": self._begun})
        self._parts = keep

    def write(self, index: int, header: PartHeader, lines: Sequence[str]) -> None:
        """One transaction: rows of these notes go, the new ones come, and the part is noted."""
        import sqlalchemy as sa

        _, table = self._opened()
        parts = [json.loads(line) for line in lines]
        notes = sorted({part["note_id"] for part in parts if part["note_id"] is not None})
        rows = [{"note_id": part["note_id"], **row} for part in parts for row in part["rows"]]
        mine = table.c.nlp_system.startswith(system_prefix(self._schema), autoescape=True)
        with self._writing() as connection:
            if self._begun_last(connection) != self._begun:
                raise ReportError(
                    f"{self._output}: another run with the same schema into this table began meanwhile, and this one "
                    "stops; let them run one after the other"
                )
            connection.execute(sa.delete(table).where(table.c.note_id.in_(notes), mine))
            if rows:
                last = connection.execute(sa.select(sa.func.max(table.c.note_nlp_id))).scalar() or 0
                numbered = [{"note_nlp_id": number, **_typed(row)} for number, row in enumerate(rows, start=last + 1)]
                connection.execute(sa.insert(table), numbered)
            self._note(connection, index, asdict(header))
        self._parts = index + 1

    def finish(self, form: Format) -> None:
        """The rows are where they belong; what is left is to forget the parts."""
        self.remove()

    def is_empty(self) -> bool:
        """Whether there is no part to continue from."""
        if self._parts is None:
            try:
                return not self._contents()
            except ConfigError:  # what made the run fail is what the user must hear of
                return False
        return self._parts == 0

    def remove(self) -> None:
        """Forget the parts of this run; the table of parts goes with the last run's."""
        import sqlalchemy as sa

        ledger = self._ledger()
        with self._writing() as connection:
            ledger.create(connection, checkfirst=True)
            if self._begun_last(connection) in (None, self._begun):
                connection.execute(sa.delete(ledger).where(ledger.c.run == self._run))
            left = connection.execute(sa.select(sa.func.count()).select_from(ledger)).scalar()
        if not left:
            with suppress(ReportError), self._writing() as connection:  # it may be somebody else's
                ledger.drop(connection, checkfirst=True)
        if self._engine is not None:
            self._engine.dispose()

    def _begun_last(self, connection: Connection) -> str | None:
        """Of the runs with this schema into this table, the one that began last; None when there is none."""
        import sqlalchemy as sa

        ledger = self._ledger()
        if not sa.inspect(connection).has_table(ledger.name, ledger.schema):  # that run is through
            return None
        query = sa.select(ledger.c.content).where(ledger.c.run == self._run, ledger.c.part == _MANIFEST)
        content = connection.execute(query).scalar()
        return None if content is None else str(json.loads(content)["begun"])

    def _opened(self) -> tuple[Engine, TableClause]:
        if self._engine is None:
            self._engine = open_database(self._output.address)
            self._found = find_table(self._engine, self._output.address, self._output.table)
            self._rows = _note_nlp(self._found, str(self._output))
        return self._engine, self._rows

    def _ledger(self) -> Table:
        import sqlalchemy as sa

        self._opened()
        return sa.Table(
            PARTS_TABLE,
            sa.MetaData(),
            sa.Column("run", sa.String(255), primary_key=True),
            sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("content", sa.Text, nullable=False),
            schema=self._found.schema,
        )

    def _contents(self) -> dict[int, str]:
        import sqlalchemy as sa

        engine, _ = self._opened()
        ledger = self._ledger()
        query = sa.select(ledger.c.part, ledger.c.content).where(ledger.c.run == self._run).order_by(ledger.c.part)
        with speaking(self._output.address, "cannot be read", kind=ConfigError), engine.connect() as connection:
            return {row.part: row.content for row in connection.execute(query)}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine, _ = self._opened()
        with speaking(self._output.address, "cannot be written", hint=PARTS_KEPT), engine.begin() as connection:
            yield connection

    def _note(self, connection: Connection, part: int, content: Mapping[str, Any]) -> None:
        row = {"run": self._run, "part": part, "content": json.dumps(content)}
        connection.execute(self._ledger().insert(), row)


def _note_nlp(found: FoundTable, shown: str) -> TableClause:
    """The table with its columns as the database spells them. Raises ConfigError for one that is no NOTE_NLP."""
    import sqlalchemy as sa

    types = {"integer": sa.BigInteger, "text": sa.String, "date": sa.Date, "datetime": sa.DateTime}
    spelled = {name.lower(): name for name in found.columns}
    if missing := [column.name for column in NOTE_NLP if column.name not in spelled]:
        raise ConfigError(
            f"{shown}: no column {missing[0]}; rows go into a table NOTE_NLP of the OMOP Common Data Model 5.3 or 5.4, "
            f"with {', '.join(column.name for column in NOTE_NLP)}; name another with --output-table"
        )
    columns = [sa.column(spelled[column.name], types[column.type]()) for column in NOTE_NLP]
    for column, wanted in zip(columns, NOTE_NLP, strict=True):
        column.key = wanted.name
    return sa.table(found.name, *columns, schema=found.schema)


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "nlp_date": date.fromisoformat(row["nlp_date"])}
