"""The error browser: its frame, a list of all mistakes, and a line of data for each report, drawn by the page's script.

A line is read when somebody asks for its report, so that a page with thousands of reports opens at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from radnlp.batch.formats.html.document import script_json
from radnlp.batch.formats.shown import one_line
from radnlp.evaluation.bench import Result
from radnlp.evaluation.keywise import labels_findings
from radnlp.evaluation.mistakes import KINDS, mistakes
from radnlp.evaluation.openness import may_be_shown
from radnlp.evaluation.page.lines import Case, report_line
from radnlp.records import STATUS_ORDER


def browser(result: Result, *, with_text: bool) -> str:
    """The browser; empty where there is no split of which single reports may be seen."""
    cases = list(open_cases(result))
    hidden = [part.split.name for part in result.splits if part.split.aggregates_only]
    if not cases:
        return ""
    systems = list(result.splits[0].pairs)
    lines = "\n".join(script_json(report_line(result, case, systems, with_text=with_text)) for case in cases)
    index = script_json(_index(result, cases, systems, with_text=with_text))
    note = "" if with_text else "The texts are not on this page (bench writes them with --with-text)."
    if hidden:
        note += f" Of {', '.join(map(_plain, hidden))} only aggregates are shown."
    return _FRAME.format(note=note.strip(), index=index, lines=lines)


def open_cases(result: Result) -> Iterator[Case]:
    """The reports that may be shown one by one, split by split."""
    reports = {report.id: report for report in result.gold.reports}
    raw = {
        outcome.system.name: {extraction.report_id: extraction for extraction in outcome.predictions}
        for outcome in result.outcomes
        if outcome.predictions is not None
    }
    findings = labels_findings(result)
    for number, part in enumerate(result.splits):
        if part.split.aggregates_only:
            continue
        for rows in zip(*part.pairs.values(), strict=True):
            gold = rows[0][0]
            if not may_be_shown(result.experiment, gold.report_id):
                continue
            said = tuple(predicted for _, predicted in rows)
            yield Case(
                split=number,
                report=reports[gold.report_id],
                gold=gold,
                said=said,
                wrong=tuple(tuple(mistakes(result.schema, gold, one, findings=findings)) for one in said),
                raw=tuple(raw[system][gold.report_id] for system in part.pairs),
                findings=findings,
            )


def _index(result: Result, cases: Sequence[Case], systems: Sequence[str], *, with_text: bool) -> dict[str, Any]:
    """What the page's script needs before it reads a report."""
    schema = result.schema
    keys = {key.id: number for number, key in enumerate(schema.keys)}
    kinds = list(KINDS)
    errors = [
        [number, system, keys.get(str(row.key), -1), _number(row.sentence), kinds.index(row.kind), row.gold, row.said]
        for number, case in enumerate(cases)
        for system, wrong in enumerate(case.wrong)
        for row in wrong
    ]
    return {
        "schema": [schema.id, schema.version],
        "file": result.experiment.path.stem,
        "systems": [one_line(name) for name in systems],
        "splits": [one_line(part.split.name) for part in result.splits],
        "keys": [[key.id, key.label, key.lasting] for key in schema.keys],
        "values": {value.id: value.label for value in schema.values},
        "relations": {
            relation.id: {"keys": list(relation.keys), "values": list(schema.values_of(relation))}
            for relation in schema.relations
        },
        "statuses": list(STATUS_ORDER),
        "kinds": [[name, meaning] for name, meaning in KINDS.items()],
        "withText": with_text,
        "findings": labels_findings(result),
        "classes": [row.id for row in schema.sentence_classes],
        "reports": [[one_line(case.report.id, limit=200), case.split] for case in cases],
        "errors": errors,
    }


def _number(sentence: int | None) -> int:
    return -1 if sentence is None else sentence


def _plain(words: str) -> str:
    return escape(one_line(words, limit=80))


_FRAME = """<p class="hint">{note}</p>
<noscript><p class="hint">The errors are drawn by a script of this page, which this browser does not run; the file
decisions.jsonl holds the same.</p></noscript>
<form id="pick" hidden>
<label>System <select name="system"></select></label>
<label>Finding <select name="key"></select></label>
<label>Kind <select name="kind"></select></label>
<label>Report <input name="find" type="search" autocomplete="off" spellcheck="false" placeholder="id"></label>
<output></output>
</form>
<div id="browser" hidden>
<div class="rows"><ol id="rows" aria-label="Errors; arrow keys move, Enter opens"></ol>
<button type="button" id="more" hidden>Show more</button></div>
<article id="report" tabindex="-1" aria-live="polite"></article>
</div>
<div id="corrections" hidden></div>
<script type="application/json" id="index">{index}</script>
<script type="application/json" id="lines">{lines}</script>"""
