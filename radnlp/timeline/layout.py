"""Where everything of a Sankey stands on a sheet.

Lengths are in pixels of the unscaled sheet, from its top left corner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from radnlp.timeline.flows import UNCHANGED, Link, Node, Sankey

BAR = 14.0
#: Between bars of a column: room for the label of a bar that is hardly higher than a line.
GAP = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The bar of a node, ``bottom - top`` in proportion to its patients."""

    node: Node
    column: int
    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The ribbon of a link: from the right edge of a bar to the left edge of another."""

    link: Link
    x: tuple[float, float]
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A Sankey on a sheet; columns are the steps, and one more place in the second column takes ``(unchanged)``.

    Attributes:
        columns: Left edge of each column's bars.
        top: Upper edge of the drawing.
        bottom: Lower edge.
    """

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    columns: tuple[float, ...]
    top: float
    bottom: float


def lay_out(flows: Sankey, *, left: float, right: float, top: float, height: float) -> Layout:
    """Bars and ribbons: columns at equal distances, values from top to bottom in schema order.

    Args:
        flows: What to draw; with at least one patient.
        left: Left edge of the first column.
        right: Left edge of the last one.
        top: Upper edge.
        height: Height at the least; more where a column has many values.
    """
    columns = _columns(flows)
    count = max(columns)
    gaps = max(len(nodes) - 1 for nodes in columns.values()) * GAP
    height = max(height, gaps * 2)
    unit = (height - gaps) / flows.patients
    distance = (right - left) / max(count - 1, 1)
    x = tuple(left + distance * number for number in range(count))
    boxes: dict[tuple[int, str], Box] = {}
    for column, nodes in columns.items():
        used = sum(node.patients for node in nodes) * unit + GAP * (len(nodes) - 1)
        y = top + (height - used) / 2
        for node in nodes:
            end = y + node.patients * unit
            boxes[column, node.value] = Box(node=node, column=column, x=x[column - 1], top=y, bottom=end)
            y = end + GAP
    return Layout(
        boxes=tuple(boxes.values()), bands=_bands(flows, boxes, unit), columns=x, top=top, bottom=top + height
    )


def column_count(flows: Sankey) -> int:
    """How many columns there will be: one a step, and at least two where some never change."""
    return max(_columns(flows))


def _columns(flows: Sankey) -> dict[int, list[Node]]:
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in flows.nodes:
        columns[node.step].append(node)
    if any(link.target == UNCHANGED for link in flows.links):
        columns[2].append(Node(step=2, value=UNCHANGED, patients=flows.unchanged))
    return columns


def _bands(flows: Sankey, boxes: Mapping[tuple[int, str], Box], unit: float) -> tuple[Band, ...]:
    """Ribbons leave and reach a bar in the order of the bars on their other side, so that few cross."""
    out = {place: box.top for place, box in boxes.items()}
    into = dict(out)
    bands = []
    for link in flows.links:
        source, target = (link.step, link.source), (link.step + 1, link.target)
        thick = link.patients * unit
        start, end = (out[source], out[source] + thick), (into[target], into[target] + thick)
        out[source], into[target] = start[1], end[1]
        bands.append(Band(link=link, x=(boxes[source].x + BAR, boxes[target].x), start=start, end=end))
    return tuple(bands)
