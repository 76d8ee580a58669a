"""``table``: findings a person reads on a terminal."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, BinaryIO

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console
from rich.text import Text

from radnlp.batch.formats.handing import hand_over
from radnlp.batch.formats.shown import evidence_words, one_line, size_words
from radnlp.records.extraction import Extraction
from radnlp.records.findings import Finding
from radnlp.records.mentions import STATUS_ORDER
from radnlp.records.report import Report
from radnlp.records.schema import Schema

_STYLES = {"present": "bold cyan", "uncertain": "yellow", "historical": "magenta", "absent": "dim"}
_ISSUE_STYLES = {"error": "bold red", "warning": "yellow"}
_WIDEST_LABEL = 28
_STATUS_WIDTH = max(map(len, STATUS_ORDER))
_EVIDENCE_LINES = 2
_MOST_EVIDENCE = 400
_HELD = "\N{NO-BREAK SPACE}"  # holds number and unit together, until the lines are made


class TableFormat:
    """A block of rows for each report: key, status, values, evidence.

    As wide as the terminal; colours only where a terminal shows them. No character of a report reaches the terminal
    as a control sequence.

    Args:
        schema: Gives every id its label.
    """

    name = "table"
    suffixes: tuple[str, ...] = (".txt",)

    def __init__(self, schema: Schema) -> None:
        self._labels = {key.id: key.label for key in schema.keys} | {value.id: value.label for value in schema.values}
        # One width for the whole run, so that the columns of all blocks stand below each other.
        self._label_width = min(_WIDEST_LABEL, max((cell_len(key.label) for key in schema.keys), default=0))

    def part(self, report: Report, extraction: Extraction, *, with_text: bool) -> str:
        """A report as one JSON line of plain words."""
        facts = (extraction.patient_id, extraction.study_date)
        rows = [
            {
                "label": one_line(self._label(finding.key)),
                "status": finding.status,
                "values": ", ".join(self._values(finding)),
                "evidence": " · ".join(evidence_words(finding.evidence, with_text=with_text))[:_MOST_EVIDENCE],
            }
            for finding in extraction.findings
        ]
        return json.dumps(
            {
                "id": one_line(extraction.report_id, limit=200),
                "facts": [one_line(fact) for fact in facts if fact],
                "rows": rows,
                "issues": [[issue.level, one_line(issue.message, limit=300)] for issue in extraction.issues],
            }
        )

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        """Print block after block as the lines come, then a line of totals."""
        # Rich writes into memory: where nobody reads any more it would end the program with a status of its own.
        printed = io.StringIO()
        terminal = out.isatty()
        console = Console(
            file=printed, force_terminal=terminal, highlight=False, markup=False, emoji=False, soft_wrap=True
        )
        statuses: Counter[str] = Counter()
        issues: Counter[str] = Counter()
        reports = 0
        for line in lines:
            part = json.loads(line)
            console.print(self._block(part, console.width))
            hand_over(printed, out)
            statuses.update(row["status"] for row in part["rows"])
            issues.update(level for level, _ in part["issues"])
            reports += 1
        console.print(_total(reports, statuses, issues))
        hand_over(printed, out)

    def _values(self, finding: Finding) -> Iterator[str]:
        """What is said of a finding: its values, then its sizes."""
        yield from (one_line(self._label(value)) for ids in finding.values.values() for value in ids)
        yield from (words.replace(" ", _HELD) for words in size_words(finding.measurements))

    def _label(self, entity: str) -> str:
        return self._labels.get(entity, entity)

    def _block(self, part: dict[str, Any], width: int) -> Text:
        block = Text()
        block.append(part["id"], style="bold")
        block.append("".join(f"  {fact}" for fact in part["facts"]) + "\n", style="dim")
        for level, message in part["issues"]:
            block.append("  ").append(level, style=_ISSUE_STYLES.get(level, "")).append(f": {message}\n")
        for row in part["rows"]:
            for line in _row(row, self._label_width, width):
                block.append_text(line).append("\n")
        if not part["rows"] and not part["issues"]:
            block.append("  no findings\n", style="dim")
        return block


def _row(row: dict[str, str], label_width: int, width: int) -> Iterator[Text]:
    """The lines of one finding; rich's own tables look the same and take five times as long."""
    rest = max(20, width - (2 + label_width + 2 + _STATUS_WIDTH + 2))
    left = (rest - 2) * 11 // 20
    labels, values = _wrapped(row["label"], label_width), _wrapped(row["values"], left)
    evidence = _wrapped(row["evidence"], rest - 2 - left)
    kept = max(_EVIDENCE_LINES, len(labels), len(values))
    if len(evidence) > kept:
        evidence = evidence[:kept]
        evidence[-1] = set_cell_size(evidence[-1], min(cell_len(evidence[-1]), rest - 3 - left)) + "…"
    for label, status, value, words in zip_longest(labels, [row["status"]], values, evidence, fillvalue=""):
        line = Text("  " + set_cell_size(label, label_width + 2))
        line.append(set_cell_size(status, _STATUS_WIDTH + 2), style=_STYLES.get(status, ""))
        line.append(set_cell_size(value, left + 2)).append(words, style="dim")
        line.rstrip()
        yield line


def _wrapped(words: str, width: int) -> list[str]:
    """Lines of at most ``width`` terminal cells (a Han character takes two), broken at spaces that are not held."""
    lines: list[str] = []
    for word in filter(None, words.split(" ")):
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += chop_cells(word, width)
    return [line.replace(_HELD, " ") for line in lines]


def _total(reports: int, statuses: Counter[str], issues: Counter[str]) -> Text:
    found = ", ".join(f"{statuses[status]:,} {status}" for status in STATUS_ORDER if statuses[status])
    troubles = ", ".join(_counted(issues[level], level) for level in ("error", "warning") if issues[level])
    parts = [_counted(reports, "report"), _counted(statuses.total(), "finding") + (f" ({found})" if found else "")]
    return Text(" · ".join([*parts, troubles] if troubles else parts))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
