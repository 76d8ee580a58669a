"""CSV files after RFC 4180: commas, double quotes, CR LF, UTF-8 without a byte-order mark, a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from radnlp.batch.formats.handing import hand_over
from radnlp.batch.formats.rows import Layout, LongLayout, WideLayout, from_lines, to_line
from radnlp.records import Extraction, Report, Schema


class CsvFormat:
    r"""A row per finding and value; ``wide`` makes it a row per report.

    Cells are written as they are: words that a spreadsheet would take for a formula (``=``, ``+``, ``-``, ``@`` in
    front) are not changed. A lone surrogate, which UTF-8 cannot hold, is written as its escape (``\ud800``).
    """

    def __init__(self, schema: Schema, *, wide: bool = False) -> None:
        self.name = "csv-wide" if wide else "csv"
        self.suffixes: tuple[str, ...] = () if wide else (".csv",)
        self._layout: Layout = WideLayout(schema) if wide else LongLayout(schema)

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        return to_line(self._layout.rows(extraction, with_text=with_text))

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        # With CR LF as its line end the writer quotes every field that holds either; with LF it would leave CR bare.
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self._layout.columns)
        for line in lines:
            writer.writerows(from_lines(iter([line])))
            hand_over(text, out)
        hand_over(text, out)
