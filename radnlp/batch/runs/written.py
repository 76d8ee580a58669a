"""What an engine gave for one report: an extraction, or the JSON line of one, which is parsed only when it must be."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.batch.formats.format import Format, LineFormat
from radnlp.batch.runs.job import RunSummary
from radnlp.records import Extraction, ExtractionLine, Report
from radnlp.records.wire import from_json


class Written:
    """One report's result on its way into the output.

    To parse the line of a worker and to write it again takes a fifth of the time that the pipeline took for it; done
    in the parent of several workers, that is what the run would wait for.

    Attributes:
        report_id: Of the report.
        findings: How many; likewise the issues of each level.
    """

    __slots__ = ("_extraction", "_line", "errors", "findings", "report_id", "warnings")

    def __init__(self, given: Extraction | ExtractionLine) -> None:
        self.report_id = given.report_id
        self._line: str | None = None
        self._extraction: Extraction | None = None
        if isinstance(given, ExtractionLine):
            self._line = given.line
            self.findings, self.errors, self.warnings = given.findings, given.errors, given.warnings
            return
        self._extraction = given
        levels = [issue.level for issue in given.issues]
        self.findings, self.errors, self.warnings = len(given.findings), levels.count("error"), levels.count("warning")

    @property
    def extraction(self) -> Extraction:
        """The extraction itself."""
        if self._extraction is None:
            self._extraction = from_json(self._line or "")
        return self._extraction

    @property
    def first_error(self) -> tuple[str, str] | None:
        """Id of the report and code of its first issue of level ``error``; None without one."""
        if not self.errors:
            return None
        return self.report_id, next(issue.code for issue in self.extraction.issues if issue.level == "error")

    @property
    def line(self) -> str | None:
        """The line that came, if it was one."""
        return self._line


def summed(results: Sequence[Written]) -> RunSummary:
    """Counts over some reports: added up first, since a summary for each of a million takes seconds."""
    return RunSummary(
        reports=len(results),
        findings=sum(written.findings for written in results),
        failed=sum(written.errors > 0 for written in results),
        errors=sum(written.errors for written in results),
        warnings=sum(written.warnings for written in results),
    )


class PartMaker:
    """Turns results into what they become in the output's format; a line is passed on where the format allows it."""

    def __init__(self, form: Format, *, with_text: bool) -> None:
        self._form = form
        self._with_text = with_text
        # Asked once: to ask a Protocol takes longer than to read a report's line of input.
        self._lines = form if with_text and isinstance(form, LineFormat) else None

    def part(self, report: Report, written: Written) -> str:
        """One line."""
        if self._lines is not None and written.line is not None:
            return self._lines.line_part(written.line)
        return self._form.part(report, written.extraction, with_text=self._with_text)
