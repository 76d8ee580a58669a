"""The Sankey as a picture, drawn without a browser."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

from radnlp.timeline.flows import UNCHANGED, Node, Sankey, sankey
from radnlp.timeline.layout import BAR, Band, Box, column_count, lay_out
from radnlp.timeline.sequence import Timeline
from radnlp.timeline.settings import TimelineSettings
from radnlp.timeline.words import (
    cohort_words,
    colours,
    link_words,
    longest_label,
    name_of,
    node_words,
    note,
    nothing_left,
    safe,
    shown_values,
    step_words,
    title_of,
)

WIDTH = 860
_LEFT = 24
_HEIGHT = 330
_LINE = 20
#: Letters are at most about so wide (DejaVu Sans, the widest of the fonts below) at 14 and at the larger size.
_LETTER, _LARGE_LETTER = 8.8, 14.5

# A file of its own and an image in a page both obey the reader's light or dark setting. On a narrow screen the sheet
# shrinks with its letters, so there the names leave the bars to the legend, and what stays is written larger.
_STYLE = """
svg { --ink: #1c2430; --quiet: #56616e; --ground: #ffffff; max-width: 100%; height: auto;
  font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) { svg { --ink: #e4e8ec; --quiet: #9ba7b4; --ground: #12161b; } }
text { fill: var(--ink); }
.ground { fill: var(--ground); }
.title { font-size: 20px; font-weight: 600; }
.quiet { fill: var(--quiet); }
.label { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.band { opacity: 0.4; }
.band:hover { opacity: 0.7; }
@media (max-width: 560px) { .title { font-size: 32px; } .legend, .step, .count { font-size: 24px; }
  .cohort { font-size: 23px; } .name, .note { display: none; } }
"""


def sankey_svg(timeline: Timeline, *, title: str | None = None) -> str:
    """A picture of the changes: bars for values, ribbons for who goes where. Counts only, no id of a patient or report.

    Args:
        timeline: What to draw.
        title: Its heading; by default that the values of the relation change over time.
    """
    flows, settings = sankey(timeline), timeline.settings
    heading = title if title is not None else title_of(settings)
    if flows.patients:
        said, (body, width, bottom) = list(cohort_words(settings, flows)), _drawing(flows, settings)
        notes = textwrap.wrap(note(settings, flows), 95)
    else:
        said, body, width, bottom, notes = textwrap.wrap(nothing_left(timeline), 60), [], WIDTH, 130.0, []
    height = round(bottom + 34 + len(notes) * _LINE)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" aria-labelledby="title desc">',
        f'<title id="title">{safe(heading)}</title>',
        f'<desc id="desc">{safe(" ".join(said))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>',
        f'<text class="title" x="{_LEFT}" y="40">{safe(heading)}</text>',
        *_paragraph(said, y=70, line=26, kind="quiet cohort"),
        *body,
        *_paragraph(notes, y=bottom + 40, line=_LINE, kind="quiet note"),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _paragraph(lines: Sequence[str], *, y: float, line: float, kind: str) -> Iterator[str]:
    for number, words in enumerate(lines):
        yield f'<text class="{kind}" x="{_LEFT}" y="{y + line * number:g}">{safe(words)}</text>'


def _drawing(flows: Sankey, settings: TimelineSettings) -> tuple[list[str], int, float]:
    """Legend, headings, ribbons and bars, the width of the sheet, and the lower edge of it all."""
    colour = colours(settings, flows)
    legend, top = _legend(flows, settings)
    label = BAR + 14 + _LETTER * longest_label(flows, settings)
    width = max(WIDTH, _LEFT + math.ceil(label) * column_count(flows))
    layout = lay_out(flows, left=_LEFT, right=width - label, top=top + 50, height=_HEIGHT)
    headings = []
    for step in range(1, flows.steps + 1):
        name, patients = step_words(flows, step)
        count = f'<tspan class="name quiet"> ({patients})</tspan>'
        x = layout.columns[step - 1]
        headings.append(f'<text class="step" x="{x:g}" y="{layout.top - 16:g}">{name}{count}</text>')
    ribbons = [
        _ribbon(b, colour[UNCHANGED if b.link.target == UNCHANGED else b.link.source], settings) for b in layout.bands
    ]
    bars = [line for box in layout.boxes for line in _bar(box, colour[box.node.value], settings)]
    return [*legend, *headings, *ribbons, *bars], width, layout.bottom


def _legend(flows: Sankey, settings: TimelineSettings) -> tuple[list[str], float]:
    """Colours with their names, in as many rows as they need, and the lower edge."""
    colour, x, y = colours(settings, flows), float(_LEFT), 112.0
    lines = []
    for value in shown_values(flows):
        name = name_of(value, settings)
        wide = 46 + _LARGE_LETTER * len(name)
        if x > _LEFT and x + wide > WIDTH:
            x, y = float(_LEFT), y + 28
        lines.append(f'<rect x="{x:g}" y="{y:g}" width="14" height="14" rx="2" fill="{colour[value]}"/>')
        lines.append(f'<text class="legend" x="{x + 20:g}" y="{y + 13:g}">{safe(name)}</text>')
        x += wide
    return lines, y + 14


def _ribbon(band: Band, shade: str, settings: TimelineSettings) -> str:
    (left, right), (a, b), (c, d) = band.x, band.start, band.end
    middle = (left + right) / 2
    path = (
        f"M{left:.1f} {a:.1f}C{middle:.1f} {a:.1f} {middle:.1f} {c:.1f} {right:.1f} {c:.1f}"
        f"V{d:.1f}C{middle:.1f} {d:.1f} {middle:.1f} {b:.1f} {left:.1f} {b:.1f}Z"
    )
    words = link_words(band.link, settings)
    return f'<path class="band" fill="{shade}" d="{path}"><title>{safe(words)}</title></path>'


def _bar(box: Box, shade: str, settings: TimelineSettings) -> Iterator[str]:
    height = max(box.bottom - box.top, 1.5)
    node: Node = box.node
    yield (
        f'<rect x="{box.x:.1f}" y="{box.top:.1f}" width="{BAR:g}" height="{height:.1f}" fill="{shade}">'
        f"<title>{safe(node_words(node, settings))}</title></rect>"
    )
    y = (box.top + box.bottom) / 2 + 5
    name = safe(name_of(node.value, settings))
    yield (
        f'<text class="label" x="{box.x + BAR + 6:.1f}" y="{y:.1f}">'
        f'<tspan class="name">{name} </tspan><tspan class="count">{node.patients:,}</tspan></text>'
    )
