"""The sweep as a picture: F1 of the places against the share of reports sent on, a panel for each set of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cascade import Point

_COLOURS = {"good": "#12805c", "bad": "#b3316b"}
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 420, 300, 48, 40, 400, 252
_LOWEST = 0.4


def sweep_svg(rows: Sequence[tuple[str, Point]]) -> str:
    """A panel for each title, a line for each second provider, a dot for each threshold."""
    titles = list(dict.fromkeys(title for title, _ in rows))
    panels = "".join(
        f'<g transform="translate({_WIDTH * number},0)">{_panel(title, [p for t, p in rows if t == title])}</g>'
        for number, title in enumerate(titles)
    )
    width = _WIDTH * len(titles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        f"{panels}</svg>\n"
    )


def _panel(title: str, points: Sequence[Point]) -> str:
    parts = [f'<text x="{_LEFT}" y="20" font-size="13" font-weight="bold">{title}</text>']
    for tenth in range(round(10 * _LOWEST), 11):
        y = _up(tenth / 10)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tenth / 10:.1f}</text>')
    for fifth in range(6):
        x = _across(fifth / 5)
        parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 16}" text-anchor="middle">{fifth / 5:.0%}</text>')
    parts.append(f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">reports sent on</text>')
    parts.append(f'<text x="{_LEFT}" y="{_BOTTOM - 6}" fill="#555">F1 of the places</text>')
    for name, colour in _COLOURS.items():
        own = [point for point in points if point.second == name]
        at = [(_across(point.reports), _up(max(point.f1, _LOWEST))) for point in own]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point, (x, y) in zip(own, at, strict=True):
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"><title>threshold {point.threshold}, '
                f"keys sent {point.keys:.0%}, F1 {point.f1:.3f}</title></circle>"
            )
        for point, (x, y) in zip(own, at, strict=True):
            if point.threshold in (0.8, 0.9, 0.96):
                below = 14 if name == "bad" else -7
                parts.append(f'<text x="{x:.1f}" y="{y + below:.1f}" text-anchor="middle">{point.threshold}</text>')
        x, y = at[-1]
        parts.append(
            f'<text x="{_RIGHT}" y="{y + (-10 if name == "good" else 4):.1f}" text-anchor="end" fill="{colour}" '
            f'font-weight="bold">{name} second</text>'
        )
    return "".join(parts)


def _across(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _up(f1: float) -> float:
    return _BOTTOM - (f1 - _LOWEST) / (1 - _LOWEST) * (_BOTTOM - _TOP)
