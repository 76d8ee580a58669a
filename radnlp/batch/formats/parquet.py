"""Parquet files, with the same columns as the CSV files but typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from radnlp.batch.formats.rows import Cell, Layout, LongLayout, Row, WideLayout, encodable, from_lines, to_line
from radnlp.records import Extraction, Report, Schema

#: Rows in one row group, which is what is held in memory.
_GROUP_ROWS = 10_000


class ParquetFormat:
    r"""A row per finding and value; ``wide`` makes it a row per report.

    Empty cells are null. A lone surrogate, which UTF-8 cannot hold, is written as its escape (``\ud800``).
    """

    def __init__(self, schema: Schema, *, wide: bool = False) -> None:
        self.name = "parquet-wide" if wide else "parquet"
        self.suffixes: tuple[str, ...] = () if wide else (".parquet",)
        self._layout: Layout = WideLayout(schema) if wide else LongLayout(schema)

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        return to_line(self._layout.rows(extraction, with_text=with_text))

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types: dict[type[Cell], Any] = {str: pa.string(), int: pa.int64(), float: pa.float64()}
        schema = pa.schema([pa.field(name, types[kind]) for name, kind in self._layout.columns.items()])
        rows = from_lines(lines)
        with pq.ParquetWriter(out, schema) as writer:
            while group := list(islice(rows, _GROUP_ROWS)):
                arrays = [pa.array(column, field.type) for column, field in zip(_columns(group), schema, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _columns(rows: list[Row]) -> list[list[Cell]]:
    columns = zip(*rows, strict=True)
    return [[encodable(cell) if isinstance(cell, str) else cell for cell in column] for column in columns]
