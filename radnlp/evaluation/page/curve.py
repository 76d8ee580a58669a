"""Risk against coverage: a line for each system whose findings have a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import SplitResult
from radnlp.evaluation.coverage import Curve, coverage_table, curves
from radnlp.records import Schema

_WIDTH, _HEIGHT = 400, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 390, 12, 228
#: Between two lines of the scale of risk, for risks up to.
_STEPS = ((0.01, 0.05), (0.02, 0.1), (0.05, 0.25), (0.1, 0.5), (0.2, math.inf))
#: Of more scores than that the line alone is drawn, and where all are kept.
_DOTS = 60
_COVERAGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def curve_figure(schema: Schema, part: SplitResult) -> str:
    """Figure and table of one split; empty where no system gives its findings a score."""
    found = curves(part.pairs, schema)
    if not found:
        return ""
    places = {system: place for place, system in enumerate(part.pairs)}
    table = coverage_table(found, "")
    names = "".join(
        f'<tr><th scope="row"><i class="key s{places[row[0]] % 6}"></i>{_plain(row[0])}</th>'
        f"{''.join(f'<td>{_plain(cell)}</td>' for cell in row[1:])}</tr>"
        for row in table.rows
    )
    head = "".join(f'<th scope="col">{_plain(column)}</th>' for column in table.columns)
    return (
        '<div class="charts"><figure><figcaption>Share of findings that are wrong, when the least certain are set aside'
        f"</figcaption>{_drawing(found, places)}</figure><figure><figcaption>The same in numbers</figcaption>"
        f'<div class="scroll"><table class="numbers"><thead><tr>{head}</tr></thead><tbody>{names}</tbody></table></div>'
        f'<p class="hint">{_plain(table.note, 1000)}</p></figure></div>'
    )


def _drawing(found: Mapping[str, Curve], places: Mapping[str, int]) -> str:
    highest = max(risk for made in found.values() for _, risk in made.points)
    step = next(step for step, up_to in _STEPS if highest <= up_to)
    top = max(step, step * math.ceil(highest / step - 1e-9))

    def across(coverage: float) -> float:
        return _LEFT + coverage * (_RIGHT - _LEFT)

    def up(risk: float) -> float:
        return _BOTTOM - risk / top * (_BOTTOM - _TOP)

    parts = [f'<path class="axis" d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}"/>']
    for number in range(round(top / step) + 1):
        risk = step * number
        parts.append(f'<path class="grid" d="M{_LEFT} {up(risk):.1f}H{_RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up(risk) + 4:.1f}" text-anchor="end">{risk:.2f}</text>')
    for covered in _COVERAGES:
        at = f'x="{across(covered):.1f}" y="{_BOTTOM + 16}"'
        parts.append(f'<text {at} text-anchor="middle">{covered:.1f}</text>')
    middle = (_LEFT + _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">share of findings kept</text>')
    for system, made in found.items():
        line = "".join(
            f"{'L' if number else 'M'}{across(covered):.1f} {up(risk):.1f}"
            for number, (covered, risk) in enumerate(made.points)
        )
        dots = "".join(
            f'<circle class="s{places[system] % 6}" cx="{across(covered):.1f}" cy="{up(risk):.1f}" r="2"/>'
            for covered, risk in (made.points if len(made.points) <= _DOTS else made.points[-1:])
        )
        parts.append(f'<path class="curve c{places[system] % 6}" d="{line}"/>{dots}')
    told = "; ".join(f"{name}: area {made.area:.3f}, risk of all {made.risk(1.0):.3f}" for name, made in found.items())
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{_plain(f"Risk against coverage. {told}", 600)}">{"".join(parts)}</svg>'
    )


def _plain(words: str, limit: int = 120) -> str:
    return escape(one_line(words, limit=limit))
