"""Where a run keeps what is done so far: for a table of a database, in a small table beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

from radnlp.batch.databases.address import TableAddress
from radnlp.batch.databases.connection import open_database, speaking
from radnlp.batch.databases.tables import FoundTable, find_table
from radnlp.batch.formats import Format
from radnlp.batch.formats.omop import NOTE_NLP, system_prefix
from radnlp.batch.runs.ledger import Ledger
from radnlp.batch.runs.parts import PartHeader
from radnlp.batch.runs.writing import PARTS_KEPT
from radnlp.errors import ConfigError, ReportError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, TableClause


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
        self._open: tuple[Engine, TableClause, Ledger] | None = None
        self._parts: int | None = None  # until begun: parts of an earlier run may be there

    def prepare(self) -> None:
        """Try to delete and to insert nothing, and make the table of parts. Raises ConfigError."""
        import sqlalchemy as sa

        engine, rows, ledger = self._opened()
        with speaking(self._output.address, "cannot be written", kind=ConfigError), engine.begin() as connection:
            connection.execute(sa.delete(rows).where(sa.false()))
            connection.execute(sa.insert(rows).from_select(list(rows.c.keys()), sa.select(rows).where(sa.false())))
        doing = f"the table {ledger.name}, which holds what --resume needs, cannot be made"
        hint = "; give the account the right to, or make it: run varchar(255), part integer, content text"
        with speaking(self._output.address, doing, hint=hint, kind=ConfigError), engine.begin() as connection:
            ledger.create(connection)

    def fingerprint(self) -> dict[str, str] | None:
        """That of the run which left the parts; None when there are none."""
        _, _, ledger = self._opened()
        with self._reading() as connection:
            return ledger.fingerprint(connection)

    def headers(self) -> list[PartHeader]:
        """Headers of the parts, up to the first that is missing."""
        _, _, ledger = self._opened()
        with self._reading() as connection:
            contents = ledger.parts(connection)
        return [PartHeader.from_json(contents[index]) for index in takewhile(contents.__contains__, count())]

    def begin(self, fingerprint: Mapping[str, str], *, keep: int) -> None:
        """Forget the parts from ``keep`` on; their rows go when their notes are written anew."""
        _, _, ledger = self._opened()
        with self._writing() as connection:
            ledger.begin(connection, fingerprint, keep=keep)
        self._parts = keep

    def write(self, index: int, header: PartHeader, lines: Sequence[str]) -> None:
        """One transaction: rows of these notes go, the new ones come, and the part is noted."""
        import sqlalchemy as sa

        _, table, ledger = self._opened()
        parts = [json.loads(line) for line in lines]
        notes = sorted({part["note_id"] for part in parts if part["note_id"] is not None})
        rows = [{"note_id": part["note_id"], **row} for part in parts for row in part["rows"]]
        mine = table.c.nlp_system.startswith(system_prefix(self._schema), autoescape=True)
        with self._writing() as connection:
            if not ledger.is_current(connection):
                raise ReportError(
                    f"{self._output}: another run with the same schema into this table began meanwhile, and this one "
                    "stops; let them run one after the other"
                )
            connection.execute(sa.delete(table).where(table.c.note_id.in_(notes), mine))
            if rows:
                last = connection.execute(sa.select(sa.func.max(table.c.note_nlp_id))).scalar() or 0
                numbered = [{"note_nlp_id": number, **_typed(row)} for number, row in enumerate(rows, start=last + 1)]
                connection.execute(sa.insert(table), numbered)
            ledger.note(connection, index, asdict(header))
        self._parts = index + 1

    def finish(self, form: Format, *, reports: int) -> None:
        """The rows are where they belong; what is left is to forget the parts."""
        self.remove()

    def is_empty(self) -> bool:
        """Whether there is no part to continue from."""
        if self._parts is None:
            try:
                return self.fingerprint() is None
            except ConfigError:  # what made the run fail is what the user must hear of
                return False
        return self._parts == 0

    def remove(self) -> None:
        """Forget the parts of this run; the table of parts goes with the last run's."""
        _, _, ledger = self._opened()
        with self._writing() as connection:
            empty = ledger.forget(connection)
        if empty:
            with suppress(ReportError), self._writing() as connection:  # it may be somebody else's
                ledger.drop(connection)

    def close(self) -> None:
        """Let the connections go."""
        if self._open is not None:
            self._open[0].dispose()

    def _opened(self) -> tuple[Engine, TableClause, Ledger]:
        if self._open is None:
            engine = open_database(self._output.address)
            found = find_table(engine, self._output.address, self._output.table)
            ledger = Ledger(f"{self._schema} {self._output.table.lower()}", schema=found.schema)
            self._open = engine, _note_nlp(found, str(self._output)), ledger
        return self._open

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        engine, _, _ = self._opened()
        with speaking(self._output.address, "cannot be read", kind=ConfigError), engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine, _, _ = self._opened()
        with speaking(self._output.address, "cannot be written", hint=PARTS_KEPT), engine.begin() as connection:
            yield connection


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
