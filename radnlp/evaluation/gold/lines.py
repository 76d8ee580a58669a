"""Labelled files line by line: CSV rows and JSON objects with the line each begins on.

Gold must be whole: what the readers of :mod:`radnlp.batch` note and pass over is refused here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from radnlp.errors import ReportError, did_you_mean


def text_of(path: Path, *, encoding: str = "utf-8") -> str:
    """The text of a file, with the line breaks it has and without a byte-order mark.

    Raises:
        ReportError: Not there, not readable, or in another encoding.
    """
    try:
        return path.read_bytes().decode(encoding).removeprefix("\ufeff")
    except FileNotFoundError:
        raise ReportError(f"{path}: there is no such file") from None
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ReportError(f"{path}: byte {error.start} is not {encoding}; save the file as {encoding}") from None


def json_objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """``FILE:LINE`` and the object of every line that is not blank.

    Raises:
        ReportError: A line is no JSON object.
    """
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ReportError(f"{place}: the line is not JSON (character {error.pos})") from None
        except (ValueError, RecursionError):
            raise ReportError(f"{place}: a number too long or lists nested too deeply") from None
        if not isinstance(row, dict):
            raise ReportError(f"{place}: the line is a JSON {type(row).__name__}; it must be an object")
        yield place, row


def csv_rows(path: Path, *, columns: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """``FILE:LINE`` (where the row begins) and column -> cell of every row.

    Args:
        path: Separated by commas, quoted with double quotes, a header in the first line.
        columns: The columns that must be there.

    Raises:
        ReportError: A column is missing, a row is not CSV or has another number of cells than the header.
    """
    # newline="" keeps the line breaks inside cells; splitlines() would end rows at a form feed as well.
    reader = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    header: list[str] = []
    while True:
        place = f"{path}:{reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise ReportError(f"{place}: the row is not CSV: {error}; check its quotation marks") from None
        if not cells:
            continue
        if not header:
            header = cells
            _refuse_missing(place, columns, header)
            continue
        if len(cells) != len(header):
            raise ReportError(f"{place}: the row has {len(cells)} cells and the header {len(header)}")
        yield place, dict(zip(header, cells, strict=True))
    if not header:
        raise ReportError(f"{path}:1: the file is empty; its first line must name the columns")


def _refuse_missing(place: str, columns: Iterable[str], header: list[str]) -> None:
    for column in columns:
        if header.count(column) != 1:
            fault = "there are several columns" if column in header else "there is no column"
            raise ReportError(f"{place}: {fault} {column!r}{did_you_mean(column, set(header))}")
