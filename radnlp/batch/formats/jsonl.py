"""JSON lines: the whole extraction, one object a line. The format all others can be made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from radnlp.records import Extraction, Report, Schema
from radnlp.records.wire import to_json


class JsonLinesFormat:
    """Format 1 of the output, in UTF-8."""

    name = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl",)

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        return to_json(extraction, with_text=with_text)

    def line_part(self, line: str) -> str:
        return line

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        for line in lines:
            out.write(line.encode("utf-8") + b"\n")
