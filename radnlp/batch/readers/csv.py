"""CSV files: separated by commas, quoted with double quotes, a header in the first line."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from radnlp.batch.readers.columns import check_columns, column_names
from radnlp.batch.readers.decoding import BYTE_ORDER_MARK, check_head, holds_undecoded
from radnlp.batch.readers.fields import report_from_row, unreadable, warning
from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError
from radnlp.records import Report


def read_csv(path: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of a CSV file, one a row.

    A row that breaks the rules of quoting, or holds bytes that are not in the encoding, becomes a report with an error.

    Raises:
        ReportError: The head of the file is not in the encoding, or the header lacks a column.
    """
    file = Path(path)
    _allow_long_fields()
    check_head(file, options.encoding)
    _header(file, options)
    return _reports(file, options)


def _header(path: Path, options: ReadOptions) -> None:
    for _, row in _rows(path, options):
        if isinstance(row, csv.Error):
            raise ReportError(f"{path.name}: the header cannot be read: {row}")
        if row:
            check_columns(path.name, column_names(row), options)
            return
    raise ReportError(f"{path.name}: the file is empty; its first line must name the columns")


def _reports(path: Path, options: ReadOptions) -> Iterator[Report]:
    columns: list[str] = []
    number = 0
    for line, row in _rows(path, options):
        if isinstance(row, csv.Error):
            number += 1
            message = f"the row that begins on line {line} is not CSV: {row}; check its quotation marks"
            yield unreadable(f"{path.name}:{number}", "invalid_csv", message)
        elif row and not columns:
            columns = column_names(row)
        elif row:
            number += 1
            yield _report(row, columns, f"{path.name}:{number}", options)


def _report(row: Sequence[str], columns: Sequence[str], place: str, options: ReadOptions) -> Report:
    cells = dict(zip(columns, row, strict=False))
    if any(holds_undecoded(cell) for cell in row):
        report_id = cells.get(options.id_column or "id", "")
        report_id = place if holds_undecoded(report_id) else report_id or place
        return unreadable(report_id, "invalid_encoding", f"the row holds bytes that are not {options.encoding}")
    extra = list(row[len(columns) :])
    if not extra:
        return report_from_row(cells, place=place, options=options, lists=False)
    message = f"the row has {len(extra)} more fields than the header; they are kept in meta as 'extra_fields'"
    fields = {**cells, "extra_fields": extra}
    issues = [warning("extra_fields", message)]
    return report_from_row(fields, place=place, options=options, lists=False, issues=issues)


def _rows(path: Path, options: ReadOptions) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The rows and the line each begins on; a broken row is the error it gave, and the next line begins another.

    ``newline=""`` keeps the line breaks inside fields as they are; ``surrogateescape`` keeps a bad byte in its own row.
    """
    errors = "surrogateescape" if "\n".encode(options.encoding) == b"\n" else "strict"
    with path.open(encoding=options.encoding, errors=errors, newline="") as file:
        if file.read(1) != BYTE_ORDER_MARK:
            file.seek(0)
        reader = csv.reader(file, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                yield line, next(reader)
            except csv.Error as error:
                yield line, error
            except UnicodeError as error:
                raise ReportError(f"{path.name}: the file is not {options.encoding} throughout: {error}") from None
            except StopIteration:
                return


def _allow_long_fields() -> None:
    """Python stops at 131,072 characters a field by default; a C long is the most it takes."""
    limit = sys.maxsize
    while True:
        try:
            csv.field_size_limit(limit)
            return
        except OverflowError:
            limit >>= 1
