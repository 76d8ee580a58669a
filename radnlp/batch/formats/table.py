"""``table``: findings a person reads on a terminal."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from radnlp.batch.formats.shown import evidence_words, one_line
from radnlp.records.extraction import Extraction
from radnlp.records.mentions import STATUS_ORDER
from radnlp.records.report import Report
from radnlp.records.schema import Schema

_STYLES = {"present": "bold cyan", "uncertain": "yellow", "historical": "magenta", "absent": "dim"}
_ISSUE_STYLES = {"error": "bold red", "warning": "yellow"}
_WIDEST_LABEL = 28


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
        return json.dumps(
            {
                "id": one_line(extraction.report_id, limit=200),
                "facts": [one_line(fact) for fact in facts if fact],
                "rows": [
                    [
                        one_line(self._label(finding.key)),
                        finding.status,
                        ", ".join(one_line(self._label(value)) for ids in finding.values.values() for value in ids),
                        one_line(" · ".join(evidence_words(finding.evidence, with_text=with_text)), limit=200),
                    ]
                    for finding in extraction.findings
                ],
                "issues": [[issue.level, one_line(issue.message, limit=300)] for issue in extraction.issues],
            }
        )

    def finish(self, lines: Iterator[str], out: BinaryIO) -> None:
        """Print block after block as the lines come, then a line of totals."""
        writer = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
        console = Console(file=writer, highlight=False, markup=False, emoji=False)
        statuses: Counter[str] = Counter()
        issues: Counter[str] = Counter()
        reports = 0
        try:
            for line in lines:
                part = json.loads(line)
                self._print_report(console, part)
                statuses.update(row[1] for row in part["rows"])
                issues.update(level for level, _ in part["issues"])
                reports += 1
            console.print(_total(reports, statuses, issues), soft_wrap=True)
        finally:
            writer.detach()  # the stream belongs to whoever opened it

    def _label(self, entity: str) -> str:
        return self._labels.get(entity, entity)

    def _print_report(self, console: Console, part: dict[str, Any]) -> None:
        title = Text(part["id"], style="bold")
        title.append("".join(f"  {fact}" for fact in part["facts"]), style="not bold dim")
        console.print(title, soft_wrap=True)
        for level, message in part["issues"]:
            console.print(Text.assemble("  ", (level, _ISSUE_STYLES.get(level, "")), f": {message}"))
        if part["rows"]:
            console.print(self._block(part["rows"]))
        elif not part["issues"]:
            console.print(Text("  no findings", style="dim"))
        console.print()

    def _block(self, rows: list[list[str]]) -> Table:
        block = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
        block.add_column(width=self._label_width + 2)
        block.add_column(width=max(map(len, STATUS_ORDER)), no_wrap=True)
        block.add_column(ratio=1)
        block.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for label, status, values, evidence in rows:
            block.add_row(
                Text(f"  {label}"),
                Text(status, style=_STYLES.get(status, "")),
                Text(values),
                Text(evidence, style="italic"),
            )
        return block


def _total(reports: int, statuses: Counter[str], issues: Counter[str]) -> Text:
    found = ", ".join(f"{statuses[status]:,} {status}" for status in STATUS_ORDER if statuses[status])
    troubles = ", ".join(_counted(issues[level], level) for level in ("error", "warning") if issues[level])
    parts = [_counted(reports, "report"), _counted(statuses.total(), "finding") + (f" ({found})" if found else "")]
    return Text(" · ".join([*parts, troubles] if troubles else parts))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
