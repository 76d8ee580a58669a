"""The page around the reports: head, header, counts, filter box and legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

from radnlp.batch.formats.html.document import asset, document_head, look
from radnlp.records.mentions import STATUS_ORDER
from radnlp.records.schema import Schema

NOTE = "For research and data work. A person checks every finding before it touches care."


def head(schema: Schema, made_by: str) -> str:
    """Everything before the first report.

    Args:
        schema: Gives title, id and version.
        made_by: What made the extractions, one line of plain text.
    """
    version = f"{schema.id} {schema.version}"
    made = f" · {escape(made_by)}" if made_by else ""
    style = look() + asset("page.css")
    return f"""{document_head(f"Findings · {schema.title}", style=style, script=asset("page.js"))}<body>
<header class="run">
<p class="eyebrow">Findings in radiology reports</p>
<h1>{escape(schema.title)}</h1>
<p class="made">schema {escape(version)}{made}</p>
<p class="note">{NOTE}</p>
</header>
<nav class="bar" aria-label="Filter and legend">
<form id="filter" role="search" hidden><label for="query">Filter</label>
<input id="query" type="search" autocomplete="off" spellcheck="false"
 placeholder="report id, finding, status: nodules absent">
<output for="query"></output></form>
<p class="legend"><span class="caption">In the text:</span> {_legend()}</p>
</nav>
<main>
"""


def tail(schema: Schema, counts: Mapping[tuple[str, str], int], *, reports: int, issues: Counter[str]) -> str:
    """Everything after the last report.

    The counts are known only now; style and script show them above the reports.

    Args:
        schema: Gives keys, in order, and their labels.
        counts: (key, status) -> number of reports.
        reports: Number of reports on the page.
        issues: Level -> number of reports that have an issue of it.
    """
    return (
        f"</main>\n{_summary(schema, counts, reports=reports, issues=issues)}\n"
        f"<script>{asset('page.js')}</script>\n</body>\n</html>\n"
    )


def _summary(schema: Schema, counts: Mapping[tuple[str, str], int], *, reports: int, issues: Counter[str]) -> str:
    named = [key for key in schema.keys if any(counts.get((key.id, status)) for status in STATUS_ORDER)]
    silent = ", ".join(escape(key.label) for key in schema.keys if key not in named)
    rows = "".join(_summary_row(key.id, key.label, counts, reports) for key in named)
    columns = "".join(f'<th scope="col"><b class="status {status}">{status}</b></th>' for status in STATUS_ORDER)
    table = (
        f'<div class="scroll"><table class="counts"><thead><tr><th scope="col">Reports per finding</th>{columns}'
        f'<th scope="col" class="rest">no mention</th></tr></thead><tbody>{rows}</tbody></table></div>'
        if rows
        else ""
    )
    troubles = "".join(
        f' <span class="{level}" data-query="{level}">{issues[level]:,} with {article} {level}</span>'
        for article, level in (("an", "error"), ("a", "warning"))
        if issues[level]
    )
    unnamed = f'<p class="silent">Mentioned in no report: {silent}.</p>' if silent else ""
    opened = " open" if reports > 1 else ""
    word = "report" if reports == 1 else "reports"
    return (
        f'<section id="summary" aria-label="Counts"><p class="total"><strong>{reports:,}</strong> {word}{troubles}</p>'
        f"<details{opened}><summary>Findings by key and status</summary>{table}{unnamed}</details></section>"
    )


def _summary_row(key: str, label: str, counts: Mapping[tuple[str, str], int], reports: int) -> str:
    numbers = [counts.get((key, status), 0) for status in STATUS_ORDER]
    cells = "".join(
        f'<td data-query="{escape(key)} {status}">{number:,}</td>' if number else '<td class="zero">0</td>'
        for status, number in zip(STATUS_ORDER, numbers, strict=True)
    )
    return f'<tr><th scope="row">{escape(label)}</th>{cells}<td class="rest">{reports - sum(numbers):,}</td></tr>'


def _legend() -> str:
    keys = " ".join(f'<mark class="k {status} end">{status}</mark>' for status in STATUS_ORDER)
    return f'{keys} <span class="v">value</span> <span class="c">cue</span> <span class="x">seen, not counted</span>'
