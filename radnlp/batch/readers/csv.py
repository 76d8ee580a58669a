"""CSV files: separated by commas, quoted with double quotes, a header in the first line."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from radnlp.batch.readers.columns import check_columns, column_names
from radnlp.batch.readers.decoding import BYTE_ORDER_MARK, check_head, holds_undecoded
from radnlp.batch.readers.fields import report_from_row, unreadable, warning
from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError
from radnlp.records import Report

#: Characters of several lines that are taken for one row, looked at every so many lines. A report of the longest text
#: that is read (fields.LONGEST_TEXT) fits in.
LONGEST_ROW = 16 * 1024 * 1024
_LINES_BETWEEN = 1024


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

    A row that never ends has a quotation mark too many: it is given up, and the line after its first begins another.
    ``newline=""`` keeps the line breaks inside fields as they are; ``surrogateescape`` keeps a bad byte in its own row.
    """
    errors = "surrogateescape" if "\n".encode(options.encoding) == b"\n" else "strict"
    with path.open(encoding=options.encoding, errors=errors, newline="") as file:
        if file.read(1) != BYTE_ORDER_MARK:
            file.seek(0)
        lines = _Lines(file)
        reader = csv.reader(lines, strict=True)
        first = 1
        while True:
            lines.row.clear()
            try:
                row = next(reader)
            except StopIteration:
                return
            except UnicodeError as error:
                raise ReportError(f"{path.name}: the file is not {options.encoding} throughout: {error}") from None
            except csv.Error as error:
                if lines.endless and len(lines.row) > 1:
                    lines.take_back()
                    reader = csv.reader(lines, strict=True)
                    yield first, csv.Error("a quotation mark is not closed")
                    first += 1
                    continue
                last = first + len(lines.row) - 1
                yield first, csv.Error(f"{error} on line {last}") if last > first else error
            else:
                yield first, row
            first += len(lines.row)


class _Lines:
    """The lines of a file, those of the row that is being read held for another try.

    Attributes:
        row: The lines taken since it was last cleared.
        endless: Whether the row went on to the end of the file, or for longer than any row does.
    """

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.row: list[str] = []
        self.endless = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.endless = False
        if len(self.row) % _LINES_BETWEEN == _LINES_BETWEEN - 1 and sum(map(len, self.row)) > LONGEST_ROW:
            self.endless = True
            raise csv.Error
        try:
            line = self._again.popleft() if self._again else next(self._file)
        except StopIteration:
            self.endless = True
            raise
        self.row.append(line)
        return line

    def take_back(self) -> None:
        """Give all lines of the row but its first once more."""
        self._again.extendleft(reversed(self.row[1:]))


def _allow_long_fields() -> None:
    """Python stops at 131,072 characters a field by default; a C long is the most it takes."""
    limit = sys.maxsize
    while True:
        try:
            csv.field_size_limit(limit)
            return
        except OverflowError:
            limit >>= 1
