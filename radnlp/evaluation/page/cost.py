"""Cost against quality: a point for each system, seconds a report across and its score up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.headline import Headline, headlines
from radnlp.evaluation.statistics import Interval
from radnlp.evaluation.systems import Cost
from radnlp.evaluation.tables import interval

#: The first of these metrics that the experiment has is the quality; else its first metric.
_QUALITY = ("relations", "keys", "sentences", "status")
_WIDTH, _HEIGHT = 400, 270
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 390, 12, 228
#: Height of a line and width of a letter, at most.
_LINE, _LETTER = 13, 7
#: Between two lines of the scale, for a range smaller than.
_STEPS = ((0.02, 0.1), (0.05, 0.3), (0.1, 0.6), (0.2, math.inf))
_Scale = Callable[[float], float]
#: Where a name stands: from, to, height.
_Box = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    place: int
    system: str
    cost: Cost
    seconds: float
    score: Interval


def cost_figure(result: Result) -> str:
    """Figure and table; empty where no system was run here."""
    # As on the whole page: what nobody has looked at is what is to be believed.
    part = next((part for part in result.splits if part.split.aggregates_only), result.splits[0])
    found = _quality(part)
    if found is None:
        return ""
    points = list(_points(result, part, found))
    if not points:
        return ""
    name = f"{found.metric.name} {found.score.replace('_', ' ')}"
    where = "" if part.split.name == "all" else f" (split {part.split.name})"
    return (
        f'<div class="charts"><figure><figcaption>{_plain(f"Seconds a report against {name}{where}")}</figcaption>'
        f"{_drawing(points, name)}</figure><figure><figcaption>What the systems took</figcaption>{_table(points, name)}"
        '<p class="hint">One process each, on one machine at one moment, over all reports: compare ratios, not '
        "seconds.</p></figure></div>"
    )


def _quality(part: SplitResult) -> Headline | None:
    found = {row.metric.name: row for row in headlines(part.scores)}
    return next((found[name] for name in _QUALITY if name in found), next(iter(found.values()), None))


def _points(result: Result, part: SplitResult, found: Headline) -> Iterator[_Point]:
    systems = list(part.pairs)
    for outcome in result.outcomes:
        cost, name = outcome.cost, outcome.system.name
        if cost is not None and cost.reports and name in found.values and not math.isnan(found.values[name].value):
            seconds = max(cost.seconds, 1e-6) / cost.reports
            yield _Point(place=systems.index(name), system=name, cost=cost, seconds=seconds, score=found.values[name])


def _drawing(points: Sequence[_Point], name: str) -> str:
    low = min(point.score.value if math.isnan(point.score.low) else point.score.low for point in points)
    step = next(step for step, span in _STEPS if 1 - low < span)
    floor = min(step * math.floor(low / step), 1 - 4 * step)
    fastest, slowest = min(p.seconds for p in points), max(p.seconds for p in points)
    left, right = math.log10(fastest) - 0.35, math.log10(slowest) + 0.35

    def across(seconds: float) -> float:
        return _LEFT + (math.log10(seconds) - left) / (right - left) * (_RIGHT - _LEFT)

    def up(score: float) -> float:
        return _BOTTOM - (score - floor) / (1 - floor) * (_BOTTOM - _TOP)

    parts = [f'<path class="axis" d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}"/>']
    for number in range(round((1 - floor) / step) + 1):
        score = floor + step * number
        parts.append(f'<path class="grid" d="M{_LEFT} {up(score):.1f}H{_RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{up(score) + 4:.1f}" text-anchor="end">{score:.2f}</text>')
    for seconds in _ticks(left, right):
        parts.append(f'<path class="grid" d="M{across(seconds):.1f} {_TOP}V{_BOTTOM}"/>')
        parts.append(f'<text x="{across(seconds):.1f}" y="{_BOTTOM + 16}" text-anchor="middle">{_time(seconds)}</text>')
    parts.append(f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_HEIGHT - 6}" text-anchor="middle">time a report</text>')
    taken: list[_Box] = []
    for point in sorted(points, key=lambda point: -point.score.value):
        parts.append(_mark(point, across(point.seconds), up, taken))
    told = "; ".join(f"{p.system}: {_time(p.seconds)}, {p.score.value:.3f}" for p in points)
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{_plain(f"{name}. {told}", 600)}">'
        f"{''.join(parts)}</svg>"
    )


def _mark(point: _Point, x: float, up: _Scale, taken: list[_Box]) -> str:
    """Point, interval and name; the name is moved down until it stands free of the others."""
    y, name = up(point.score.value), one_line(point.system, limit=26)
    whisker = ""
    if not math.isnan(point.score.low):
        whisker = f'<path class="whisker" d="M{x:.1f} {up(point.score.low):.1f}V{up(point.score.high):.1f}"/>'
    right = x < (_LEFT + _RIGHT) / 2
    at, width = x + 9 if right else x - 9, _LETTER * len(name)
    first, label = at if right else at - width, y + 4
    while any(abs(label - other) < _LINE and first < end and start < first + width for start, end, other in taken):
        label += _LINE
    taken.append((first, first + width, label))
    return (
        f'{whisker}<circle class="s{point.place % 6}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        f'<text class="name" x="{at:.1f}" y="{label:.1f}" text-anchor="{"start" if right else "end"}">'
        f"{escape(name)}</text>"
    )


def _ticks(left: float, right: float) -> list[float]:
    """1, 2, 5 of every power of ten within the scale; the ones alone where there would be more than six."""
    powers = range(math.floor(left), math.ceil(right) + 1)
    fine = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    kept = [seconds for seconds in fine if left <= math.log10(seconds) <= right]
    return kept if len(kept) <= 6 else [s for s in kept if math.log10(s) == round(math.log10(s))]


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{1e6 * seconds:.3g} µs"
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def _table(points: Sequence[_Point], name: str) -> str:
    rows = "".join(
        f'<tr><th scope="row"><i class="key s{p.place % 6}"></i>{_plain(p.system)}</th><td>{_time(p.seconds)}</td>'
        f"<td>{p.cost.load_seconds:.1f} s</td><td>{p.cost.peak_mib:,.0f} MiB</td>"
        f"<td>{interval(p.score.value, p.score.low, p.score.high)}</td></tr>"
        for p in points
    )
    columns = ("system", "a report", "loading", "peak memory", name)
    head = "".join(f'<th scope="col">{_plain(column)}</th>' for column in columns)
    return (
        f'<div class="scroll"><table class="numbers"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _plain(words: str, limit: int = 120) -> str:
    return escape(one_line(words, limit=limit))
