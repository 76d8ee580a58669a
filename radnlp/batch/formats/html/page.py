"""The page around the reports: head, header, counts, filter box and legend.

The page loads nothing from anywhere: its own style and script are allowed by their digests, all else is forbidden to
it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from html import escape
from importlib import resources

from radnlp.records.mentions import STATUS_ORDER
from radnlp.records.schema import Schema

NOTE = "For research and data work. A person checks every finding before it touches care."


def head(schema: Schema, made_by: str) -> str:
    """Everything before the first report.

    Args:
        schema: Gives title, id and version.
        made_by: What made the extractions, one line of plain text.
    """
    style, script = _asset("page.css"), _asset("page.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            f"script-src {_digest(script)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    version = f"{schema.id} {schema.version}"
    made = f" · {escape(made_by)}" if made_by else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Findings · {escape(schema.title)}</title>
<style>{style}</style>
</head>
<body>
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
    script = _asset("page.js")
    return (
        f"</main>\n{_summary(schema, counts, reports=reports, issues=issues)}\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
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


def _asset(name: str) -> str:
    # read_text turns every kind of line end into \n, which is what the browser takes the digest of.
    return (resources.files("radnlp.batch.formats.html") / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"
