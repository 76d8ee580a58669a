"""Tables whose cells have the colour of their number: what was taken for what, and F1 of each key at each value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import SplitResult
from radnlp.evaluation.keywise import Counts, Figures, Matrix
from radnlp.evaluation.scoring import Scored
from radnlp.records import Schema


def confusions(part: SplitResult) -> str:
    """A matrix for each system by each metric whose details are one: rows of gold, columns of the system."""
    found = [_confusion(row) for row in part.scores.scored if is_confusion(row)]
    if not found:
        return ""
    hint = "Rows: gold. Columns: the system. Colour: share of the row."
    return f'<div class="charts">{"".join(found)}</div><p class="hint">{hint}</p>'


def is_confusion(scored: Scored) -> bool:
    """Whether every row of the details is a column of each row as well, as in a table of labels against labels."""
    rows = scored.rows
    return bool(rows) and all(set(rows) <= set(columns) for columns in rows.values())


def _confusion(scored: Scored) -> str:
    columns = list(next(iter(scored.rows.values())))
    rows = []
    for gold, cells in scored.rows.items():
        total = sum(cells.values())
        drawn = (
            _heat(cells[column], share=cells[column] / total if total else 0, kind="hit" if column == gold else "miss")
            for column in columns
        )
        rows.append(f'<tr><th scope="row">{_plain(gold)}</th>{"".join(drawn)}</tr>')
    return _figure(f"{scored.metric.name}, {scored.system}", columns, rows, "counts")


def _heat(cases: float, *, share: float, kind: str) -> str:
    if not cases:
        return '<td class="zero">0</td>'
    return f'<td class="{kind} h{math.ceil(10 * share)}" title="{100 * share:.1f}% of the row">{cases:,.0f}</td>'


def value_matrices(schema: Schema, figures: Mapping[str, Figures]) -> str:
    """Keys down, values across, F1 in the cells; one for each system and relation."""
    labels = {value.id: value.label for value in schema.values} | {key.id: key.label for key in schema.keys}
    found = [
        _matrix(f"{matrix.relation}, {system}", matrix, labels)
        for matrices in zip(*(drawn.matrices for drawn in figures.values()), strict=True)
        for system, matrix in zip(figures, matrices, strict=True)
        if matrix.cells
    ]
    if not found:
        return ""
    hint = (
        "F1 of (key, value) over reports, compound values expanded; small: how often gold has it. Empty: neither "
        "side has it. Figures of this kind: Shin et al., Sci Rep 2025;15:31550, supplement."
    )
    return f'<div class="charts wide">{"".join(found)}</div><p class="hint">{hint}</p>'


def _matrix(title: str, matrix: Matrix, labels: Mapping[str, str]) -> str:
    values = [value for value in matrix.values if _occurs(matrix.value_totals[value])]
    rows = [
        f'<tr><th scope="row">{_plain(labels[key])}</th>'
        f"{''.join(_score(matrix.cells.get((key, value))) for value in values)}"
        f"{_score(matrix.key_totals[key], total=True)}</tr>"
        for key in matrix.keys
        if _occurs(matrix.key_totals[key])
    ]
    totals = "".join(_score(matrix.value_totals[value], total=True) for value in values)
    rows.append(f'<tr><th scope="row">all</th>{totals}{_score(matrix.total, total=True)}</tr>')
    return _figure(title, [*(labels[value] for value in values), "all"], rows, "matrix")


def _occurs(counts: Counts) -> bool:
    return bool(counts.predicted or counts.gold)


def _score(counts: Counts | None, *, total: bool = False) -> str:
    if counts is None or not _occurs(counts):
        return "<td></td>"
    told = (
        f"F1 {counts.f1:.3f}: {counts.right} right, {counts.predicted - counts.right} invented, "
        f"{counts.gold - counts.right} missed"
    )
    # The colour runs from 0.5, where most of the scale of a useful system begins, to 1.
    shade = math.ceil(10 * max(0.0, 2 * counts.f1 - 1))
    low = " low" if counts.f1 < 0.5 else ""
    name = f"total hit h{shade}{low}" if total else f"hit h{shade}{low}"
    return f'<td class="{name}" title="{told}">{counts.f1:.2f}<small>{counts.gold}</small></td>'


def _figure(title: str, columns: Sequence[str], rows: Sequence[str], name: str) -> str:
    head = "".join(f'<th scope="col"><span>{_plain(column)}</span></th>' for column in columns)
    return (
        f'<figure><figcaption>{_plain(title)}</figcaption><div class="scroll"><table class="heat {name}">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></figure>"
    )


def _plain(words: str) -> str:
    return escape(one_line(words, limit=80))
