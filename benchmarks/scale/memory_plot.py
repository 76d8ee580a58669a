"""Memory of each process over the reports read, as an SVG that needs no library."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 760, 340, 70, 50, 40, 110
#: Told apart without colour as well: by dash.
_STYLES = (("#1b6ca8", ""), ("#b3541e", "6 3"), ("#3d7a37", "2 3"), ("#7a3d76", "8 3 2 3"))


def draw(rows: Sequence[Mapping[str, Any]], output: Path) -> None:
    """Write the picture; rows are samples in the order of time."""
    # The last looks find nobody there, or the parts made into one file.
    rows = [row for row in rows if row["program"] and all(row["workers"])]
    rows = rows[: 1 + max(range(len(rows)), key=lambda place: rows[place]["reports"], default=-1)]
    series = {"program": [(row["reports"], row["program"]) for row in rows]}
    most = max((len(row["workers"]) for row in rows), default=0)
    for number in range(most):
        points = [(row["reports"], row["workers"][number]) for row in rows if len(row["workers"]) > number]
        series[f"worker {number + 1}"] = points
    widest = max((x for points in series.values() for x, _ in points), default=1) or 1
    highest = max((y for points in series.values() for _, y in points), default=1) * 1.1 or 1

    def place(x: float, y: float) -> str:
        across = _LEFT + x / widest * (_WIDTH - _LEFT - _RIGHT)
        return f"{across:.1f},{_HEIGHT - _BOTTOM - y / highest * (_HEIGHT - _BOTTOM - _TOP):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">Memory of each process (resident, MB)</text>',
    ]
    for tick in range(5):
        x, y = widest * tick / 4, highest * tick / 4
        left, level = place(0, y).split(",")
        across, floor = place(x, 0).split(",")
        right = place(widest, 0).split(",")[0]
        parts.append(f'<line x1="{left}" y1="{level}" x2="{right}" y2="{level}" stroke="#e5e5e5"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{float(level) + 4:.1f}" text-anchor="end">{y:,.0f}</text>')
        parts.append(f'<text x="{across}" y="{float(floor) + 18:.1f}" text-anchor="middle">{x:,.0f}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">reports read</text>')
    for number, (name, points) in enumerate(series.items()):
        colour, dash = _STYLES[number % len(_STYLES)]
        line = " ".join(place(x, y) for x, y in points)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        level, key = _TOP + 20 * number, _WIDTH - _RIGHT + 10
        parts.append(
            f'<line x1="{key}" y1="{level}" x2="{key + 26}" y2="{level}" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/><text x="{key + 32}" y="{level + 4}">{name}</text>'
        )
    output.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")
