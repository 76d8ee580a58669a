"""Reports in chunks of about equal size, which a worker gets as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from radnlp.records import ExtractionLine, Report

#: Characters of a chunk, other columns included. Time goes with length: about a tenth of a second of rules, 40 long
#: reports or 130 short ones.
CHUNK_CHARACTERS = 64 * 1024
#: What a report costs beside its text, so that a chunk of empty ones ends as well.
_REPORT_CHARACTERS = 256


@dataclass(slots=True)
class Chunk:
    """Reports that go to a worker together, and the answers that came back so far, in the reports' order.

    Attributes:
        given: How many of the answers have been passed on.
        mishaps: How often something happened over the first report without an answer and those taken together with it.
        alone: Whether a worker takes the reports one by one, because one of them is suspected.
    """

    reports: list[Report]
    lines: list[ExtractionLine] = field(default_factory=list)
    given: int = 0
    mishaps: int = 0
    alone: bool = False

    @property
    def rest(self) -> list[Report]:
        """The reports without an answer."""
        return self.reports[len(self.lines) :]

    @property
    def finished(self) -> bool:
        return len(self.lines) == len(self.reports)

    def answer(self, lines: Iterable[ExtractionLine]) -> None:
        """Take the next answers. What came through lets nobody suspect the reports after it."""
        self.lines.extend(lines)
        self.mishaps = 0

    def take(self) -> Iterator[ExtractionLine]:
        """The answers not passed on yet."""
        while self.given < len(self.lines):
            self.given += 1
            yield self.lines[self.given - 1]


def chunked(reports: Iterable[Report], *, characters: int = CHUNK_CHARACTERS) -> Iterator[Chunk]:
    """All reports, in order; a report that is longer than a chunk is one by itself.

    >>> reports = [Report(id=str(n), text="x" * 700) for n in range(5)]
    >>> [len(chunk.reports) for chunk in chunked(reports, characters=2000)]
    [2, 2, 1]
    """
    held: list[Report] = []
    size = 0
    for report in reports:
        length = len(report.text) + _REPORT_CHARACTERS
        if report.meta:
            length += sum(len(value) for value in report.meta.values() if isinstance(value, str))
        if held and size + length > characters:
            yield Chunk(held)
            held, size = [], 0
        held.append(report)
        size += length
    if held:
        yield Chunk(held)
