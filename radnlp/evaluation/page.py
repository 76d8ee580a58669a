"""The results of an experiment as one page that loads nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from radnlp.evaluation.tables import Table

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6775; --line: #dde2e7; --ground: #f6f7f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --quiet: #98a4b1; --line: #303944; --ground: #12161b; } }
body { max-width: 76rem; margin: 0 auto; padding: 2rem clamp(0.875rem, 3vw, 2.5rem) 4rem; background: var(--ground);
  color: var(--ink); font: 0.9375rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.75rem; font-weight: 600; line-height: 1.2; }
h2 { margin: 2.25rem 0 0.5rem; font-size: 1.0625rem; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.25rem 1.5rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: left;
  white-space: nowrap; }
thead th { color: var(--quiet); font-size: 0.75rem; font-weight: 500; }
tbody th { font-weight: 600; }
p { max-width: 48rem; margin: 0.5rem 0 0; color: var(--quiet); font-size: 0.8125rem; }
"""


def page(title: str, tables: Iterable[Table]) -> str:
    """All tables under one title; every word of them is escaped."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
    body = "\n".join(_section(table) for table in tables)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
{body}
</body>
</html>
"""


def _section(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return (
        f'<section><h2>{escape(table.title)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}</section>"
    )
