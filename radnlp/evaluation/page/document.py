"""The page: what was compared, the figures, the errors, and every number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from radnlp._version import __version__
from radnlp.batch.formats.html.document import asset, document_head, look
from radnlp.batch.formats.html.page import NOTE
from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.keywise import Figures
from radnlp.evaluation.page.bars import bars
from radnlp.evaluation.page.cost import cost_figure
from radnlp.evaluation.page.curve import curve_figure
from radnlp.evaluation.page.errors import browser
from radnlp.evaluation.page.heat import confusions, value_matrices
from radnlp.evaluation.page.overview import overview
from radnlp.evaluation.tables import Table

_SECTIONS = {
    "overview": "Overall",
    "keys": "Key by key",
    "confusion": "Confusion",
    "values": "Key by value",
    "coverage": "Risk and coverage",
    "cost": "Cost",
    "errors": "Errors",
    "definitions": "Definitions",
    "numbers": "All numbers",
}
_STYLES = ("frame", "tables", "figures", "heat", "browser", "report", "corrections")
_SCRIPTS = ("splits.js", "report.js", "evidence.js", "corrections.js", "errors.js")


def page(result: Result, tables: Iterable[Table], figures: Sequence[Mapping[str, Figures]], *, with_text: bool) -> str:
    """The whole page.

    Args:
        result: What came of an experiment.
        tables: All numbers, shown folded at the end.
        figures: Of :func:`radnlp.evaluation.keywise.figures`.
        with_text: True puts the reports' texts on the page; else there are ids, keys and offsets. Nothing of a single
            report is shown where only aggregates may be seen.
    """
    style, script = look() + "".join(_asset(f"style/{name}.css") for name in _STYLES), script_of_page()
    contents = {
        "overview": _parts(result, lambda _, part: overview(part)) + _not_run(result),
        "keys": _parts(result, lambda number, _: bars(result.schema, figures[number])),
        "confusion": _parts(result, lambda _, part: confusions(part)),
        "values": _parts(result, lambda number, _: value_matrices(result.schema, figures[number])),
        "coverage": _parts(result, lambda _, part: curve_figure(result.schema, part)),
        "cost": cost_figure(result),
        "errors": browser(result, with_text=with_text),
        "definitions": _definitions(result),
        "numbers": _numbers(tables),
    }
    kept = {name: content for name, content in contents.items() if content}
    links = "".join(f'<li><a href="#{name}">{_SECTIONS[name]}</a></li>' for name in kept)
    body = "\n".join(
        f'<section id="{name}"><h2>{_SECTIONS[name]}</h2>\n{content}</section>' for name, content in kept.items()
    )
    return (
        f"{document_head(result.experiment.title, style=style, script=script)}<body>\n{_header(result)}\n"
        f'<nav class="bar" aria-label="Sections"><ul class="links">{links}</ul>{_switch(result)}</nav>\n'
        f"<main>\n{body}\n</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def script_of_page() -> str:
    """The content of the page's one script element."""
    return '"use strict";\n' + "".join(_asset(name) for name in _SCRIPTS)


def _asset(name: str) -> str:
    return asset(name, "radnlp.evaluation.page")


def _header(result: Result) -> str:
    experiment, schema = result.experiment, result.schema
    systems = sum(outcome.predictions is not None for outcome in result.outcomes)
    facts = (
        f"schema {schema.id} {schema.version}",
        f"{len(result.gold.gold):,} reports",
        f"{systems} system{'' if systems == 1 else 's'}",
        f"{experiment.draws:,} bootstrap draws, seed {experiment.seed}",
        f"radnlp {__version__}",
    )
    return (
        f'<header class="run"><p class="eyebrow">Systems on the same gold</p><h1>{_plain(experiment.title, 300)}</h1>'
        f'<p class="made">{_plain(" · ".join(facts), 300)}</p><p class="note">{NOTE}</p></header>'
    )


def _switch(result: Result) -> str:
    """Buttons that leave one split on the page; without a script all are there."""
    if len(result.splits) < 2:
        return ""
    # What nobody has looked at is what is to be believed, and shown first.
    first = next((n for n, part in enumerate(result.splits) if part.split.aggregates_only), 0)
    buttons = "".join(
        f'<button type="button" data-split="{number}" aria-pressed="{str(number == first).lower()}">'
        f"{_plain(part.split.name)} <small>{part.scores.reports:,}</small></button>"
        for number, part in enumerate(result.splits)
    )
    return f'<div class="switch" role="group" aria-label="Reports shown" hidden>{buttons}</div>'


def _parts(result: Result, draw: Callable[[int, SplitResult], str]) -> str:
    """What ``draw`` makes of each split, each in an element that the switch can hide."""
    drawn = [(number, part, draw(number, part)) for number, part in enumerate(result.splits)]
    return "".join(
        f'<div class="part" data-split="{number}"><h3>{_where(part)}</h3>\n{content}</div>\n'
        for number, part, content in drawn
        if content
    )


def _where(part: SplitResult) -> str:
    reports = f"{part.scores.reports:,} report{'' if part.scores.reports == 1 else 's'}"
    return reports if part.split.name == "all" else f"{_plain(part.split.name)}, {reports}"


def _not_run(result: Result) -> str:
    rows = [outcome for outcome in result.outcomes if outcome.reason]
    items = "".join(f"<li><b>{_plain(row.system.name)}</b>: {_plain(row.reason, 400)}</li>" for row in rows)
    return f'<div class="not-run"><h3>Not run</h3><ul>{items}</ul></div>' if rows else ""


def _definitions(result: Result) -> str:
    items = "".join(
        f"<dt>{_plain(m.name)}</dt><dd>{_plain(m.summary, 300)}. {_plain(m.formula, 2000)} "
        f"<i>{_plain(m.source, 300)}</i></dd>"
        for m in result.metrics
    )
    return f'<dl class="definitions">{items}</dl>'


def _numbers(tables: Iterable[Table]) -> str:
    return "".join(f"<details><summary>{_plain(t.title, 300)}</summary>{_table(t)}</details>\n" for t in tables)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_plain(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{_plain(row[0])}</th>{"".join(f"<td>{_plain(cell, 400)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    note = f'<p class="hint">{_plain(table.note, 2000)}</p>' if table.note else ""
    return (
        f'<div class="scroll"><table class="numbers"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _plain(words: str, limit: int = 120) -> str:
    return escape(one_line(words, limit=limit))
