"""The header of a table: is every column there that the reports are read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError

_SHOWN = 30
#: What may be shown: at most three words without the marks of sentences. More may be the report of a file that has no
#: header.
_NAME = re.compile(r"(?=.{1,40}\Z)(?:[^\s.,:!?。、]+(?:[ .:\t]|\Z)){1,3}(?<![ .:])")


def column_names(header: Iterable[object]) -> list[str]:
    """A name of its own for every column: nameless ones by their number, repeated ones numbered.

    >>> column_names(["id", "text", "", "text"])
    ['id', 'text', 'column_3', 'text.2']
    """
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = base = f"column_{number}" if cell is None or cell == "" else str(cell)
        repeat = 1
        while name in names:
            repeat += 1
            name = f"{base}.{repeat}"
        names.append(name)
    return names


def check_columns(file: str, columns: Sequence[str], options: ReadOptions, *, lists: bool = False) -> None:
    """Refuse a table that lacks a column it is to be read by.

    Args:
        file: Name for the message.
        columns: What the table has.
        options: Which columns hold id and text.
        lists: Whether ``sentences`` may stand instead of the text.

    Raises:
        ReportError: Names the columns there are, the nearest first, and the option to set.
    """
    for name in options.text_columns or ("text",):
        if name not in columns and not (lists and "sentences" in columns):
            raise _no_column(file, name, columns, "--text-column")
    if options.id_column is not None and options.id_column not in columns:
        raise _no_column(file, options.id_column, columns, "--id-column")


def _no_column(file: str, name: str, columns: Sequence[str], option: str) -> ReportError:
    folded = {column.casefold(): column for column in columns}
    near = [folded[match] for match in get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)]
    near = near or [column for column in columns if name.casefold() in column.casefold()]
    near = [column for column in near if _NAME.fullmatch(column)]
    question = f" (did you mean {near[0]!r}?)" if near else ""
    more = ", ..." if len(columns) > _SHOWN else ""
    there = f"it has {', '.join(map(_shown, columns[:_SHOWN]))}{more}" if columns else "it has no columns"
    if len(columns) == 1 and any(separator in columns[0] for separator in ";\t|"):
        there += "; a CSV file is separated by commas"
    return ReportError(f"{file}: no column {name!r}{question}; {there}; name the right one with {option}")


def _shown(column: str) -> str:
    """A name of a column; of what may be a value, since the file may have no header, only how long it is."""
    if _NAME.fullmatch(column):
        return repr(column)
    return f"one of {len(column):,} characters (is the first row a header?)"
