"""What an output format must be able to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol, runtime_checkable

from radnlp.records import Extraction, Issue, Report


class Format(Protocol):
    """A way to write extractions.

    Writing takes two steps so that a long run can be continued: each report becomes one line as soon as it is done, and
    all lines become the finished file at the end. The lines are the format's own affair (JSON is a good choice).

    Attributes:
        name: What users write after ``--format``.
        suffixes: Suffixes of output files that choose this format, with the dot; empty when only the name does.
    """

    name: str
    suffixes: tuple[str, ...]

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        r"""What one report becomes: one line, without any ``\n`` in it.

        Args:
            report: As it was read.
            extraction: What was found in it.
            with_text: False leaves out every word of the report; offsets stay.
        """

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        """Write the finished file.

        Args:
            lines: What :meth:`part` gave for each report, in input order; to be read one by one, never all at once.
            out: Open for writing; not to be closed, and not seekable when it is standard output.
        """


@runtime_checkable
class DemandingFormat(Protocol):
    """A format that has no place for some reports."""

    def refusal(self, report: Report) -> Issue | None:
        """Why the report has no place: an issue of level ``error``, with which it is not processed. Else None."""


@runtime_checkable
class LineFormat(Protocol):
    """A format whose parts are the extractions' own JSON, so that a line written elsewhere is passed on as it is."""

    def line_part(self, line: str) -> str:
        """As :meth:`Format.part` with text, from what ``to_json`` wrote of the extraction."""
