"""How input is to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the options of ``radnlp extract`` say about its input.

    Attributes:
        encoding: Of JSON lines, CSV and text files; a name that Python knows.
        id_column: The column that holds the id, None for ``id``.
        text_columns: The columns whose non-empty texts, in this order and joined by a blank line, are the report; none
            for ``text``.
        table: The table or view of a database that the reports are read from.
    """

    encoding: str = "utf-8"
    id_column: str | None = None
    text_columns: tuple[str, ...] = ()
    table: str = "note"
