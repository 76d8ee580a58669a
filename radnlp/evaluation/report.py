"""The tables of an experiment: quality, differences, details, cost."""

from __future__ import annotations

import math
from collections.abc import Sequence

from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.coverage import coverage_table, curves
from radnlp.evaluation.scoring import Compared, Scored, Scores
from radnlp.evaluation.statistics import Interval
from radnlp.evaluation.tables import Table, interval, number


def quality_tables(result: Result) -> list[Table]:
    """What standard output shows: the same on every run with the same data, systems and seed."""
    tables = [_not_run(result)] if any(outcome.reason for outcome in result.outcomes) else []
    for part in result.splits:
        where = _where(part, part.scores)
        tables += [*_overall(part.scores, where), *_differences(part.scores, where)]
        if found := curves(part.pairs, result.schema):
            tables.append(coverage_table(found, where))
        for group, scores in part.groups.items():
            tables += _overall(scores, f"{_where(part, scores)}, {result.experiment.data.group_by} {group}")
    return tables


def detail_tables(result: Result) -> list[Table]:
    """The details of each metric and system: per key, or a confusion matrix."""
    return [
        _details(scored, _where(part, part.scores))
        for part in result.splits
        for scored in part.scores.scored
        if scored.rows
    ]


def cost_table(result: Result) -> Table:
    """What the systems took, on the machine and at the moment of this run."""
    rows = []
    for outcome in result.outcomes:
        cost = outcome.cost
        if cost is not None:
            rate = cost.reports / cost.seconds if cost.seconds else float("nan")
            rows.append(
                (
                    outcome.system.name,
                    f"{rate:.0f} reports/s",
                    f"{cost.seconds:.2f} s",
                    f"{cost.load_seconds:.2f} s",
                    f"{cost.peak_mib:.0f} MiB",
                )
            )
    return Table(
        title="Cost",
        columns=("system", "rate", "all reports", "loading", "peak memory"),
        rows=tuple(rows),
        note="One process each, on this machine, at this moment: compare ratios, not seconds.",
    )


def _where(part: SplitResult, scores: Scores) -> str:
    name = "" if part.split.name == "all" else f"{part.split.name}, "
    return f"{name}{scores.reports:,} report{'' if scores.reports == 1 else 's'}"


def _not_run(result: Result) -> Table:
    rows = tuple((outcome.system.name, outcome.reason) for outcome in result.outcomes if outcome.reason)
    return Table(title="Not run", columns=("system", "reason"), rows=rows)


def _overall(scores: Scores, where: str) -> list[Table]:
    return [
        Table(
            title=f"{rows[0].metric.name} ({where})",
            columns=("system", *rows[0].scores),
            rows=tuple((row.system, *(interval(s.value, s.low, s.high) for s in row.scores.values())) for row in rows),
            note=rows[0].metric.summary,
        )
        for rows in _by_metric(scores.scored)
    ]


def _by_metric(scored: Sequence[Scored]) -> list[list[Scored]]:
    names = dict.fromkeys(row.metric.name for row in scored)
    return [[row for row in scored if row.metric.name == name] for name in names]


def _differences(scores: Scores, where: str) -> list[Table]:
    tables = []
    for name in dict.fromkeys(row.metric.name for row in scores.compared):
        rows = [row for row in scores.compared if row.metric.name == name]
        tables.append(
            Table(
                title=f"{name}: differences ({where})",
                columns=("second minus first", *rows[0].differences, "McNemar"),
                rows=tuple(_difference(row) for row in rows),
                note="95% intervals from the paired bootstrap by report. McNemar: exact, on reports right as a whole "
                "(only the first right / only the second right), p with Holm's correction over all pairs.",
            )
        )
    return tables


def _difference(row: Compared) -> tuple[str, ...]:
    cells = [_signed(s) for s in row.differences.values()]
    test = row.test
    told = "-" if test is None else f"{test.only_first}/{test.only_second}, p {_p(test.p_holm)}"
    return (f"{row.second} - {row.first}", *cells, told)


def _signed(found: Interval) -> str:
    if math.isnan(found.low):
        return "-"
    return f"{found.value:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _details(scored: Scored, where: str) -> Table:
    columns = list(dict.fromkeys(name for row in scored.rows.values() for name in row))
    return Table(
        title=f"{scored.metric.name}, {scored.system} ({where})",
        columns=("", *columns),
        rows=tuple((name, *(number(row.get(c, float("nan"))) for c in columns)) for name, row in scored.rows.items()),
    )
