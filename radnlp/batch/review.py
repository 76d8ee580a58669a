"""The findings of a finished run that a person should look at first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from radnlp.errors import ReportError
from radnlp.records import Extraction, Finding, Route
from radnlp.records.wire import from_json

COLUMNS = (
    "report_id",
    "key",
    "status",
    "values",
    "score",
    "why",
    "first",
    "asked",
    "outcome",
    "start",
    "end",
    "text",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A finding with a low score, and what its mapper says of it; ``route`` is None where that says nothing."""

    report_id: str
    finding: Finding
    score: float
    route: Route | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What there is to review.

    Attributes:
        rows: Lowest score first; of the same score in the order of the run.
        findings: How many findings were read.
        scored: How many of them have a score.
        below: How many of these are below the limit; more than ``rows`` where only the first were asked for.
    """

    rows: tuple[Doubtful, ...]
    findings: int
    scored: int
    below: int


def review_queue(extractions: Iterable[Extraction], *, below: float, limit: int | None = None) -> Queue:
    """The findings of a run whose score is below a limit.

    Findings that are absent are in it too: that something is not there may be what is wrong.

    Args:
        extractions: Of a run.
        below: In [0, 1]; findings without a score are left out.
        limit: So many rows, the lowest scores; None for all.
    """
    found: list[Doubtful] = []
    findings = scored = 0
    for extraction in extractions:
        routes = {route.key: route for route in extraction.routes}
        for finding in extraction.findings:
            findings += 1
            if finding.score is None:
                continue
            scored += 1
            if finding.score < below:
                route = routes.get(finding.key)
                found.append(
                    Doubtful(report_id=extraction.report_id, finding=finding, score=finding.score, route=route)
                )
    found.sort(key=lambda row: row.score)
    return Queue(rows=tuple(found[:limit]), findings=findings, scored=scored, below=len(found))


def queue_csv(queue: Queue, *, with_text: bool) -> str:
    r"""The queue after RFC 4180: commas, double quotes, CR LF, a header.

    Values are joined by ``|``, reasons by ``; ``. The offsets and words are those of the finding's first evidence.
    Cells are written as they are, as in every CSV of radnlp: a spreadsheet may take words that begin with ``=``, ``+``,
    ``-`` or ``@`` for a formula. ``first``, ``asked`` and ``outcome`` are those of the finding's
    :class:`radnlp.records.Route`.

    Args:
        queue: What to write.
        with_text: False leaves the words out; offsets stay.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in queue.rows:
        finding, route = row.finding, row.route
        place = finding.evidence[0] if finding.evidence else None
        writer.writerow(
            [
                row.report_id,
                finding.key,
                finding.status,
                "|".join(value for values in finding.values.values() for value in values),
                row.score,
                "; ".join(route.why) if route else "",
                route.first if route else "",
                (route.asked or "") if route else "",
                route.end if route else "",
                place.start if place else "",
                place.end if place else "",
                place.text if place and with_text else "",
            ]
        )
    return out.getvalue()


def read_extractions(path: str, file: TextIO) -> Iterator[Extraction]:
    """Every line of a file of findings.

    Raises:
        ReportError: A line is not in the format; names file and line.
    """
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            yield from_json(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReportError(
                f"{path}:{number}: not an extraction in format 1 ({type(error).__name__}); give what `radnlp extract "
                "-o findings.jsonl` wrote"
            ) from None


def extractions_of(path: str) -> Iterator[Extraction]:
    """The extractions of a file, read as they are needed.

    Raises:
        ReportError: Not there, not readable, or not in the format.
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from read_extractions(path, file)
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from None
