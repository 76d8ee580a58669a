"""Tables of results, and the two plain forms in which they are written: Markdown and CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table for people.

    Attributes:
        title: What it shows.
        note: One or two sentences under it: definitions, what is not charged.
        columns: Names; the first column names the rows.
        rows: As many cells each as there are columns.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def number(value: float, digits: int = 3) -> str:
    """A score as it is shown; a dash where nothing was counted.

    >>> number(0.70584), number(float("nan")), number(12.0)
    ('0.706', '-', '12')
    """
    if math.isnan(value):
        return "-"
    return str(int(value)) if value > 1 and value == int(value) else f"{value:.{digits}f}"


def interval(value: float, low: float, high: float) -> str:
    """A score with its interval.

    >>> interval(0.9, 0.8512, 0.95)
    '0.900 [0.851, 0.950]'
    """
    return f"{number(value)} [{number(low)}, {number(high)}]" if not math.isnan(low) else number(value)


def markdown(table: Table, *, level: int = 2) -> str:
    """A table in Markdown, its columns aligned so that it can be read as it stands."""
    rows = [table.columns, *table.rows]
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(table.columns))]

    def line(row: Sequence[str]) -> str:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    lines = [f"{'#' * level} {table.title}", "", line(cells[0]), rule, *map(line, cells[1:])]
    return "\n".join([*lines, *(["", table.note] if table.note else []), ""])


def csv_text(tables: Sequence[Table]) -> str:
    """All tables in one CSV, cell by cell: table, row, column, value."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "row", "column", "value"])
    for table in tables:
        for row in table.rows:
            writer.writerows(
                [table.title, row[0], name, cell] for name, cell in zip(table.columns[1:], row[1:], strict=True)
            )
    return out.getvalue()
