"""Excel workbooks: the first sheet, a header in its first row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 - it is a class, whatever its name

from radnlp.batch.readers.columns import check_columns, column_names
from radnlp.batch.readers.fields import report_from_row
from radnlp.batch.readers.options import ReadOptions
from radnlp.batch.readers.values import as_word
from radnlp.errors import ReportError
from radnlp.records import Report

#: What openpyxl lets through when a workbook is damaged.
_DAMAGE = (BadZipFile, ParseError, ZlibError, OSError, EOFError, LookupError, ValueError, TypeError, AttributeError)

#: How Excel writes a carriage return inside a cell.
_CARRIAGE_RETURN = "_x000D_"


def read_xlsx(path: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of the first sheet, one a row; rows without any value are left out.

    An empty cell is an empty text. A formula counts as the value Excel last saved for it.

    Raises:
        ReportError: Not a workbook that can be read, or a column is not there.
    """
    file = Path(path)
    rows = _rows(file)
    try:
        header = next(rows, ())
    finally:
        rows.close()
    if not _filled(header):
        raise ReportError(f"{file.name}: the first sheet is empty; its first row must name the columns")
    check_columns(file.name, column_names(_trimmed(header)), options)
    return _reports(file, options)


def _reports(path: Path, options: ReadOptions) -> Iterator[Report]:
    columns: list[str] = []
    for number, cells in enumerate(_rows(path)):
        if not columns:
            columns = column_names(_trimmed(cells))
        elif _filled(cells):
            beyond = len(_trimmed(cells)) - len(columns)
            if beyond > 0:  # a value under no header
                columns = column_names([*columns, *[None] * beyond])
            row = dict(zip_longest(columns, cells[: len(columns)]))
            for name in options.text_columns or ("text",):
                row[name] = _as_text(row.get(name))
            yield report_from_row(row, place=f"{path.name}:{number}", options=options, lists=False)


def _rows(path: Path) -> Any:
    """The sheet's rows as tuples; a generator, so that closing it closes the workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    damage = (*_DAMAGE, InvalidFileException)
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except damage as error:
        reason = "it is empty" if path.stat().st_size == 0 else type(error).__name__
        raise ReportError(f"{path.name}: not a readable .xlsx workbook ({reason}); save it again as .xlsx") from None
    count = 0
    try:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size into the file
        cells = sheet.iter_rows(values_only=True)
        while True:
            try:
                row = next(cells, None)
            except damage as error:
                name = type(error).__name__
                raise ReportError(f"{path.name}: the sheet is damaged after row {count} ({name})") from None
            if row is None:
                return
            count += 1
            yield row
    finally:
        workbook.close()


def _as_text(value: Any) -> Any:
    """A cell of a text column: Excel keeps no difference between empty and none, and makes numbers of digits."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace(_CARRIAGE_RETURN, "\r")
    return as_word(value) or value


def _filled(cells: Sequence[Any]) -> bool:
    return any(cell is not None for cell in cells)


def _trimmed(header: Sequence[Any]) -> Sequence[Any]:
    """The header without the empty cells behind it."""
    last = max((index for index, cell in enumerate(header) if cell is not None), default=-1)
    return header[: last + 1]
