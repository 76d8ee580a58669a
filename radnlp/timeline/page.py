"""The Sankey as a page with a figure to point at, and its numbers as tables. It loads nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from radnlp.timeline.flows import UNCHANGED, Sankey, sankey
from radnlp.timeline.plotly_figure import figure, least_width, plotly_program
from radnlp.timeline.sequence import Timeline
from radnlp.timeline.settings import TimelineSettings
from radnlp.timeline.words import (
    cohort_words,
    colours,
    name_of,
    note,
    nothing_left,
    safe,
    shown_values,
    title_of,
)

# plotly writes its colours into the elements; !important is what lets the reader's light or dark setting win. Its
# columns need room for their labels, so that a narrow window scrolls the figure and does not squeeze it.
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #56616e; --line: #dde2e7; --ground: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --quiet: #9ba7b4; --line: #303944; --ground: #12161b; } }
body { max-width: 78rem; margin: 0 auto; padding: 1.75rem clamp(0.875rem, 3vw, 2.5rem) 4rem; background: var(--ground);
  color: var(--ink); font: 0.9375rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0 0 0.25rem; font-size: 1.625rem; font-weight: 600; line-height: 1.2; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.0625rem; font-weight: 600; }
p { max-width: 52rem; margin: 0.25rem 0; color: var(--quiet); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0.5rem; padding: 0; list-style: none; }
.legend svg { margin-right: 0.4rem; }
.scroll { overflow-x: auto; }
#figure .node-label, #figure .annotation-text { fill: var(--ink) !important; }
#figure .node-label { text-shadow: 0 0 3px var(--ground), 0 0 3px var(--ground) !important; }
table { border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.25rem 1.5rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: left; }
td, .short th { white-space: nowrap; }
thead th { color: var(--quiet); font-size: 0.75rem; font-weight: 500; }
tbody th { font-weight: 400; }
td { text-align: right; }
"""
_DRAW = (
    "const figure = JSON.parse(document.getElementById('numbers').textContent);\n"
    "Plotly.newPlot('figure', figure.data, figure.layout, figure.config);\n"
)


def sankey_html(timeline: Timeline, *, title: str | None = None) -> str:
    """A self-contained page of about 5 MB, for plotly's program is in it. Counts only, no id of a patient or report.

    Args:
        timeline: What to draw.
        title: Its heading; by default that the values of the relation change over time.

    Raises:
        ConfigError: plotly is not installed; says how to install it.
    """
    flows, settings = sankey(timeline), timeline.settings
    heading = title if title is not None else title_of(settings)
    if flows.patients:
        said = ": ".join(cohort_words(settings, flows))
        scripts = [plotly_program(), _DRAW]
        body = _figure(flows, settings, scripts)
    else:
        said, scripts, body = nothing_left(timeline), [], ""
    sources = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {sources}; \
style-src 'unsafe-inline'; img-src data: blob:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{safe(heading)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{safe(heading)}</h1>
<p>{safe(said)}</p>
{body}
{_filters(timeline)}
</body>
</html>
"""


def _figure(flows: Sankey, settings: TimelineSettings, scripts: Sequence[str]) -> str:
    numbers = json.dumps(figure(flows, settings)).replace("<", "\\u003c").replace("&", "\\u0026")
    rows = [(_link_cells(step, source, target, settings), count) for step, source, target, count in _links(flows)]
    return f"""{_legend(flows, settings)}
<div class="scroll"><div id="figure" style="min-width: {least_width(flows, settings)}px"></div></div>
<p>{safe(note(settings, flows))}</p>
<script type="application/json" id="numbers">{numbers}</script>
{"".join(f"<script>{script}</script>" for script in scripts)}
<h2>Changes</h2>
<div class="short">{_table(("step", "from", "to"), ("patients",), rows)}</div>"""


def _links(flows: Sankey) -> Iterable[tuple[int, str, str, int]]:
    return ((link.step, link.source, link.target, link.patients) for link in flows.links)


def _link_cells(step: int, source: str, target: str, settings: TimelineSettings) -> tuple[str, ...]:
    steps = "1" if target == UNCHANGED else f"{step} to {step + 1}"
    return steps, name_of(source, settings), name_of(target, settings)


def _filters(timeline: Timeline) -> str:
    rows: list[tuple[tuple[str], int, int | str]] = [
        ((f.summary,), f.reports, len(f.patients)) for f in timeline.filters
    ]
    errors: dict[str, int] = {}
    for row in timeline.unplaced:
        errors[row.code] = errors.get(row.code, 0) + 1
    rows += [((f"lines that cannot be placed: {code}",), count, "") for code, count in errors.items()]
    return f"<h2>Left out</h2>\n{_table(('what',), ('reports', 'patients'), rows)}"


def _legend(flows: Sankey, settings: TimelineSettings) -> str:
    colour = colours(settings, flows)
    items = (
        f'<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" '
        f'fill="{colour[value]}"/></svg>{safe(name_of(value, settings))}</li>'
        for value in shown_values(flows)
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


def _table(names: Sequence[str], numbers: Sequence[str], rows: Iterable[Any]) -> str:
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in (*names, *numbers))
    lines = []
    for cells, *counts in rows:
        first = "".join(f'<th scope="row">{safe(cell)}</th>' for cell in cells)
        lines.append(f"<tr>{first}{''.join(f'<td>{_cell(count)}</td>' for count in counts)}</tr>")
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _cell(count: int | str) -> str:
    return f"{count:,}" if isinstance(count, int) else safe(count)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
