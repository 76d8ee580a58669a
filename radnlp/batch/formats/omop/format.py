"""The format ``note-nlp``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from radnlp.batch.formats.omop.columns import NOTE_NLP
from radnlp.batch.formats.omop.rows import nlp_rows
from radnlp.errors import ReportError
from radnlp.records import Extraction, Report, Schema


class NoteNlpFormat:
    """Rows of OMOP's NOTE_NLP: in a file as CSV with a header, numbered from 1; or straight into the table itself.

    A line of a part is a JSON object: ``note_id``, null for a report that could not be read, and its ``rows``.
    """

    name = "note-nlp"
    suffixes: tuple[str, ...] = ()

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        """The report's rows.

        Raises:
            ReportError: The report's id is no whole number, as ``note_id`` is.
        """
        rows = list(nlp_rows(report, extraction, self._schema, day=date.today()))
        return json.dumps({"note_id": _note_id(report.id, required=bool(rows)), "rows": rows})

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        """CSV after RFC 4180, as the format ``csv``; what is null is empty."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, [column.name for column in NOTE_NLP], lineterminator="\r\n")
        writer.writeheader()
        number = 0
        for line in lines:
            part = json.loads(line)
            for number, row in enumerate(part["rows"], start=number + 1):  # noqa: B020 - goes on where it was
                writer.writerow({"note_nlp_id": number, "note_id": part["note_id"], **row})
            out.write(text.getvalue().encode("utf-8"))
            text.seek(0)
            text.truncate()
        out.write(text.getvalue().encode("utf-8"))  # the header of no rows


def _note_id(report_id: str, *, required: bool) -> int | None:
    if report_id.isascii() and report_id.removeprefix("-").isdigit():
        return int(report_id)
    if not required:
        return None
    raise ReportError(
        f"report {report_id!r}: its id is no whole number, but NOTE_NLP refers to notes by NOTE's note_id; name the "
        "column that holds it with --id-column"
    )
