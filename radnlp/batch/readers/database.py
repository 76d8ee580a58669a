"""A table or view of a database, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from radnlp.batch.databases.connection import open_database, speaking
from radnlp.batch.databases.tables import FoundTable, find_table
from radnlp.batch.readers.columns import check_columns
from radnlp.batch.readers.fields import report_from_row, unreadable
from radnlp.batch.readers.options import ReadOptions
from radnlp.batch.readers.values import as_word
from radnlp.errors import ReportError
from radnlp.records import Report

if TYPE_CHECKING:
    from sqlalchemy import ColumnClause, ColumnElement, Engine, Select

#: Rows that are in memory at once.
_PAGE: Final = 512
#: Columns of NOTE in the OMOP Common Data Model 5.3 and 5.4, and what a report calls them.
_OMOP: Final = {"note_id": "id", "note_text": "text", "person_id": "patient_id", "note_date": "study_date"}


def read_table(address: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of a table or a view, one a row, in the order of their ids.

    Columns named as NOTE of the OMOP Common Data Model has them stand for id, text, patient and date where the table
    has no column ``id`` (``text`` ...) and the options name none. Every page of rows is a query of its own that begins
    behind the last id, so that no cursor and no transaction stays open while the reports are worked on: the id column
    should have an index, as a primary key has. Several rows with one id are all read.

    Raises:
        ReportError: A column is not there, or rows have no id. Later, when the connection is lost.
        ConfigError: The database cannot be opened, or has no such table.
    """
    engine = open_database(address)
    table = find_table(engine, address, options.table)
    names = _names(table, options)
    chosen = replace(options, id_column=options.id_column or "id")  # rows cannot be read in order without one
    spelled = {name: column for column, name in names.items()}
    key = spelled.get(str(chosen.id_column), str(chosen.id_column))
    texts = tuple(spelled.get(name, name) for name in options.text_columns or ("text",))
    check_columns(f"table {table.name}", list(table.columns), replace(options, id_column=key, text_columns=texts))
    if table.columns[key]:
        _refuse_null(engine, address, table, key)
    return _reports(_rows(engine, address, table, key), names, table.name, chosen)


def _names(table: FoundTable, options: ReadOptions) -> dict[str, str]:
    """Column -> what a report calls it, for OMOP's columns that neither the table nor the options say otherwise of."""
    asked = {options.id_column, *options.text_columns}
    elsewhere = {*table.columns, *(["id"] if options.id_column else []), *(["text"] if options.text_columns else [])}
    known = {column: _OMOP[column.lower()] for column in table.columns if column.lower() in _OMOP}
    return {column: name for column, name in known.items() if column not in asked and name not in elsewhere}


def _reports(
    rows: Iterator[Mapping[str, Any]], names: Mapping[str, str], table: str, options: ReadOptions
) -> Iterator[Report]:
    for number, row in enumerate(rows, start=1):
        place = f"{table}:{number}"
        if len(row) == 1:  # the id alone; see _one_by_one
            yield unreadable(as_word(*row.values()) or place, "unreadable_row", "a value of the row cannot be read")
            continue
        named = {names.get(column, column): value for column, value in row.items()}
        yield report_from_row(named, place=place, options=options, lists=False)


def _rows(engine: Engine, address: str, table: FoundTable, key: str) -> Iterator[Mapping[str, Any]]:
    from sqlalchemy import column

    place: ColumnElement[Any] = column(key)
    beyond: ColumnElement[bool] | None = None
    try:
        while page := _page(engine, address, table, key, beyond):
            if len(page) < _PAGE:
                yield from page
                return
            last = page[-1][key]
            # The page may end among rows of one id; all of these come in a query of their own.
            # What counts as one id is for the database to say: it may ignore case, or blanks at the end.
            group = _page(engine, address, table, key, place == last, limit=None)
            same = {row[key] for row in group}
            yield from (row for row in page if row[key] not in same)
            yield from group
            beyond = place > last
    finally:
        engine.dispose()


def _page(
    engine: Engine,
    address: str,
    table: FoundTable,
    key: str,
    where: ColumnElement[bool] | None,
    *,
    limit: int | None = _PAGE,
) -> list[Mapping[str, Any]]:
    import sqlalchemy as sa

    # Columns without a type: values come as the driver gives them, and one malformed date spoils no other row.
    source = sa.table(table.name, *map(sa.column, table.columns), schema=table.schema)
    query = sa.select(source).order_by(source.c[key]).limit(limit)
    if where is not None:
        query = query.where(where)
    with speaking(address, f"table {table.name} cannot be read"):
        try:
            return _fetched(engine, query)
        except sa.exc.DataError:
            return _one_by_one(engine, query, source.c[key])


def _one_by_one(engine: Engine, page: Select[Any], key: ColumnClause[Any]) -> list[Mapping[str, Any]]:
    """The rows of a page; of one with a value that the driver refuses (PostgreSQL's date ``infinity``) the id alone."""
    import sqlalchemy as sa

    rows: list[Mapping[str, Any]] = []
    ids = [next(iter(row.values())) for row in _fetched(engine, page.with_only_columns(key))]
    for same in dict.fromkeys(ids):
        try:
            rows += _fetched(engine, page.where(key == same).limit(ids.count(same)))
        except sa.exc.DataError:
            rows += [{key.key: same}] * ids.count(same)
    return rows


def _fetched(engine: Engine, query: Select[Any]) -> list[Mapping[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _refuse_null(engine: Engine, address: str, table: FoundTable, key: str) -> None:
    from sqlalchemy import column

    if _page(engine, address, table, key, column(key).is_(None), limit=1):
        raise ReportError(
            f"table {table.name}: rows have no {key}, by which they are read; give them one, name another column with "
            "--id-column, or a view of the others with --table"
        )
