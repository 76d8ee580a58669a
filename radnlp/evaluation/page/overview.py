"""The table that says it all: systems down, metrics across."""

from __future__ import annotations

import math
from html import escape

from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import SplitResult
from radnlp.evaluation.headline import Against, Headline, headlines
from radnlp.evaluation.paper import SIGNS
from radnlp.evaluation.statistics import Interval
from radnlp.evaluation.tables import number


def overview(part: SplitResult) -> str:
    """One split: each system's headline of each metric, its interval, and how it differs from the first system."""
    found = headlines(part.scores)
    systems = list(dict.fromkeys(row.system for row in part.scores.scored))
    head = "".join(
        f'<th scope="col" title="{_plain(row.metric.summary, 300)}">{_plain(row.metric.name)}'
        f"<small>{_plain(row.score.replace('_', ' '))}</small></th>"
        for row in found
    )
    rows = "".join(
        f'<tr><th scope="row"><i class="key s{place % 6}"></i>{_plain(system)}</th>'
        f"{''.join(_cell(row, system) for row in found)}</tr>"
        for place, system in enumerate(systems)
    )
    hint = "Score and 95% interval from the bootstrap over reports."
    if part.scores.compared:
        hint += f" Below it: minus the first system, in paired draws, and p. {SIGNS}"
    return (
        f'<div class="scroll"><table class="overview"><thead><tr><th scope="col">System</th>{head}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="hint">{escape(hint)}</p>'
    )


def _cell(row: Headline, system: str) -> str:
    value, against = row.values[system], row.against.get(system)
    sign = f"<sup>{against.sign}</sup>" if against and against.sign else ""
    told = f'<small class="against">{_against(against)}</small>' if against else ""
    best = max((v.value for v in row.values.values() if not math.isnan(v.value)), default=math.nan)
    name = ' class="best"' if len(row.values) > 1 and value.value == best else ""
    return f"<td{name}><b>{number(value.value)}</b>{sign}<small>{_bounds(value)}</small>{told}</td>"


def _bounds(value: Interval) -> str:
    return "" if math.isnan(value.low) else f"{number(value.low)}\N{EN DASH}{number(value.high)}"


def _against(against: Against) -> str:
    if math.isnan(against.difference.value):
        return ""
    p = "" if against.p is None else f", p {'< 0.001' if against.p < 0.001 else f'{against.p:.3f}'}"
    return escape(f"{against.difference.value:+.3f}{p}")


def _plain(words: str, limit: int = 80) -> str:
    return escape(one_line(words, limit=limit))
