"""The format ``fhir``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import orjson

from radnlp.batch.formats.fhir.bundle import bundle
from radnlp.batch.formats.fhir.vocabulary import Vocabulary
from radnlp.records import Extraction, Report, Schema


class FhirFormat:
    """FHIR R4 as newline-delimited JSON: a Bundle a line, each complete in itself, so that any number can be streamed.

    Every Bundle is a transaction to be sent to a server's base URL; sent again it changes what it made.

    Args:
        schema: Gives every id its label and its codes.
    """

    name = "fhir"
    suffixes: tuple[str, ...] = (".ndjson",)

    def __init__(self, schema: Schema) -> None:
        self._vocabulary = Vocabulary(schema)

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        return orjson.dumps(bundle(report, extraction, self._vocabulary, with_text=with_text)).decode()

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        for line in lines:
            out.write(line.encode("utf-8") + b"\n")
