"""The Sankey as a figure of plotly, and plotly's own program: the only place that knows plotly."""

from __future__ import annotations

import math
from typing import Any

from radnlp.errors import ConfigError
from radnlp.timeline.flows import UNCHANGED, Sankey
from radnlp.timeline.layout import column_count, lay_out
from radnlp.timeline.settings import TimelineSettings
from radnlp.timeline.words import colours, link_words, longest_label, name_of, node_words, safe, step_words

INSTALL = "pip install 'radnlp-core[timeline]'"

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
_WIDTH, _HEIGHT, _TOP = 1000.0, 400.0, 40
_LETTER = 7.8  # width of a letter at most, at the size of the labels


def plotly_program() -> str:
    """The source of plotly.js, out of the Python package plotly.

    Raises:
        ConfigError: It is not installed; says how to install it.
    """
    try:
        from plotly.offline import get_plotlyjs
    except ImportError:
        raise ConfigError(
            f"the HTML figure needs plotly, which is not installed: {INSTALL}; "
            "JSON, CSV and SVG do not need it (-o FILE.svg)"
        ) from None
    return str(get_plotlyjs())


def least_width(flows: Sankey, settings: TimelineSettings) -> int:
    """Pixels below which labels of neighbouring columns could meet.

    plotly writes the labels of the last column to its left, so that two of them share the room before it.
    """
    return math.ceil(40 + (column_count(flows) - 1) * (2 * _LETTER * longest_label(flows, settings) + 30))


def figure(flows: Sankey, settings: TimelineSettings) -> dict[str, Any]:
    """The figure as plotly's JSON: ``data``, ``layout``, ``config``."""
    drawing = lay_out(flows, left=0, right=_WIDTH, top=0, height=_HEIGHT)
    colour = colours(settings, flows)
    number = {(box.column, box.node.value): index for index, box in enumerate(drawing.boxes)}
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "textfont": {"size": 13, "family": _FONT},
        "node": {
            "label": [f"{_plain(name_of(b.node.value, settings))} {b.node.patients:,}" for b in drawing.boxes],
            "color": [colour[box.node.value] for box in drawing.boxes],
            # Else plotly reckons with every bar that nothing leaves in the last column, and its heights come out wrong.
            "align": "left",
            # plotly takes 0 for "not given".
            "x": [max(box.x / _WIDTH, 0.001) for box in drawing.boxes],
            "y": [max((box.top + box.bottom) / 2 / drawing.bottom, 0.001) for box in drawing.boxes],
            "customdata": [_plain(node_words(box.node, settings)) for box in drawing.boxes],
            "hovertemplate": "%{customdata}<extra></extra>",
            "thickness": 16,
            "pad": 26,
            "line": {"width": 0},
        },
        "link": {
            "source": [number[link.step, link.source] for link in flows.links],
            "target": [number[link.step + 1, link.target] for link in flows.links],
            "value": [link.patients for link in flows.links],
            "color": [_pale(colour[_shade(link.source, link.target)]) for link in flows.links],
            "customdata": [_plain(link_words(link, settings)) for link in flows.links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    steps = [step_words(flows, step) for step in range(1, flows.steps + 1)]
    headings = [
        {
            "text": f"{name} ({patients})",
            "x": drawing.columns[index] / _WIDTH,
            "xanchor": "right" if 0 < index == len(drawing.columns) - 1 else "left",
            "y": 1,
            "yanchor": "bottom",
            "yshift": 12,
            "borderpad": 0,
            "showarrow": False,
            "font": {"size": 14, "family": _FONT},
        }
        for index, (name, patients) in enumerate(steps)
    ]
    layout = {
        "height": round(drawing.bottom) + _TOP + 16,
        "margin": {"l": 8, "r": 8, "t": _TOP, "b": 16},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "annotations": headings,
    }
    return {"data": [trace], "layout": layout, "config": {"displayModeBar": False, "responsive": True}}


def _shade(source: str, target: str) -> str:
    return UNCHANGED if target == UNCHANGED else source


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.4)"


def _plain(words: str) -> str:
    """For plotly, which reads some HTML in its labels and a template in braces."""
    return safe(words).replace("%{", "%&#123;")
