"""F1 of each key with its interval: a bar for each system."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.keywise import Figures, KeyScore, KeyScores
from radnlp.evaluation.tables import number
from radnlp.records import Schema


def bars(schema: Schema, figures: Mapping[str, Figures]) -> str:
    """Presence of each key, and each relation; empty where gold labels neither."""
    charts = []
    for scores in zip(*(drawn.scores for drawn in figures.values()), strict=True):
        relation = scores[0].relation
        title = "Which keys a report has" if relation is None else f"Which values a key has: {relation}"
        charts.append(_chart(title, schema, dict(zip(figures, scores, strict=True))))
    return f'<div class="charts">{"".join(charts)}</div>' if any(charts) else ""


def _chart(title: str, schema: Schema, systems: Mapping[str, KeyScores]) -> str:
    keys = [key for key in schema.keys if any(key.id in scores.keys for scores in systems.values())]
    if not keys:
        return ""
    groups = []
    for key in keys:
        rows = {system: scores.keys.get(key.id) for system, scores in systems.items()}
        gold = max(row.counts.gold for row in rows.values() if row)
        lines = "".join(_line(place, system, row) for place, (system, row) in enumerate(rows.items()))
        groups.append(
            f'<tbody><tr><th scope="rowgroup" colspan="3">{_plain(key.label)} <small>{gold:,} in gold</small></th></tr>'
            f"{lines}</tbody>"
        )
    return (
        f'<figure><figcaption>{_plain(title)} <small>F1, 95% interval</small></figcaption><table class="bars">'
        f"{''.join(groups)}</table></figure>"
    )


def _line(place: int, system: str, row: KeyScore | None) -> str:
    name = f'<th scope="row"><i class="key s{place % 6}"></i>{_plain(system)}</th>'
    if row is None or math.isnan(row.f1.value):
        return f'<tr>{name}<td class="amount"></td><td class="number">-</td></tr>'
    counts = row.counts
    told = (
        f"{one_line(system)}: {counts.right} right, {counts.predicted - counts.right} invented, "
        f"{counts.gold - counts.right} missed; "
        f"F1 {number(row.f1.value)} [{number(row.f1.low)}, {number(row.f1.high)}]"
    )
    return (
        f'<tr title="{escape(told)}">{name}<td class="amount">{_bar(place, row)}</td>'
        f'<td class="number">{number(row.f1.value)} <small>{number(row.f1.low)}\N{EN DASH}{number(row.f1.high)}</small>'
        "</td></tr>"
    )


def _bar(place: int, row: KeyScore) -> str:
    """A bar from 0 to 1, a thin line from the lower to the upper bound; as wide as there is room."""
    low, high = (100 * bound for bound in (row.f1.low, row.f1.high))
    whisker = "" if math.isnan(low) else f'<path d="M{low:.1f} 5H{high:.1f}M{low:.1f} 2V8M{high:.1f} 2V8"/>'
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="s{place % 6}" width="{100 * row.f1.value:.1f}" height="10"/>{whisker}</svg>'
    )


def _plain(words: str) -> str:
    return escape(one_line(words, limit=80))
