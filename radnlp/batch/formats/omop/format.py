"""The format ``note-nlp``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from radnlp.batch.formats.handing import hand_over
from radnlp.batch.formats.omop.columns import NOTE_NLP
from radnlp.batch.formats.omop.rows import nlp_rows
from radnlp.records import Extraction, Issue, Report, Schema

#: Of at most 64 bits, as the largest integer of every database.
_NOTE_ID = re.compile("-?[0-9]{1,18}")


class NoteNlpFormat:
    """Rows of OMOP's NOTE_NLP: in a file as CSV with a header, numbered from 1; or straight into the table itself.

    A line of a part is a JSON object: ``note_id``, null for a report that could not be read, and its ``rows``. Such a
    report leaves the rows that are there of its note as they are: that nothing was found in it nobody knows.
    """

    name = "note-nlp"
    suffixes: tuple[str, ...] = ()

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        """The report's rows."""
        rows = list(nlp_rows(report, extraction, self._schema, day=date.today()))
        failed = not rows and any(issue.level == "error" for issue in extraction.issues)
        return json.dumps({"note_id": None if failed else _note_id(report.id), "rows": rows})

    def refusal(self, report: Report) -> Issue | None:
        """An id that ``note_id`` cannot be."""
        if _note_id(report.id) is not None:
            return None
        message = (
            "the id is no whole number of at most 18 digits, but NOTE_NLP refers to notes by NOTE's note_id; name the "
            "column that holds it with --id-column"
        )
        return Issue(level="error", stage="read", code="invalid_id", message=message)

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
            hand_over(text, out)
        hand_over(text, out)  # the header of no rows


def _note_id(report_id: str) -> int | None:
    return int(report_id) if _NOTE_ID.fullmatch(report_id) else None
