"""Challenge sets: sentences by phenomenon, with the marks of a clinician written into them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from radnlp.errors import ReportError, UnknownNameError
from radnlp.evaluation.gold.findings import only_relations
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set, require_keys
from radnlp.evaluation.gold.lines import text_of
from radnlp.evaluation.gold.options import Options
from radnlp.records import STATUS_ORDER, EvidenceSpan, Extraction, Finding, Report, Schema
from radnlp.text.markup import Mark, MarkedReport, parse_markup

_FIELDS = {"name", "why", "sentences", "controls"}
#: Where the phenomenon acts, and where its words are near and must not act.
_KINDS = {"sentences": "", "controls": "control "}


def read_challenges(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """A report for each marked text: ``PHENOMENON: 3`` where the phenomenon acts, ``PHENOMENON: control 1`` elsewhere.

    A key's finding has the strongest status of its marks that count, their words as evidence, and all values that are
    written at them. ``meta`` of the gold holds ``phenomenon`` and ``kind`` (``sentences`` or ``controls``), for groups.

    Args:
        path: TOML of ``[[phenomenon]]`` tables: ``name``, ``why``, ``sentences``, ``controls``, the texts marked as
            :func:`radnlp.testing.parse_markup` reads them.
        schema: Has the keys.
        options: ``relations``: the relation types that the marks name; without it no value is asked for.

    Raises:
        ConfigError: The schema lacks a key.
        ReportError: A table or a mark is not as it must be; names file and phenomenon.
    """
    given = Options("challenges", options, allowed=["relations"])
    scored = only_relations(schema, given.words("relations") if "relations" in options else ())
    rows = []
    for name, kind, number, line in _lines(path):
        report_id = f"{name}: {_KINDS[kind]}{number}"
        place = f"{path}: {report_id}"
        try:
            marked = parse_markup(line)
        except ValueError as error:
            raise ReportError(f"{place}: {error}") from None
        gold = Extraction(
            report_id=report_id,
            schema=scored.id,
            schema_version=scored.version,
            findings=tuple(_findings(marked, scored, place)),
            meta={"phenomenon": name, "kind": kind},
        )
        rows.append(LabelledReport(report=Report(id=report_id, text=marked.text), gold=gold, place=place))
    return gold_set(rows, schema=scored)


def _lines(path: Path) -> Iterator[tuple[str, str, int, str]]:
    """Phenomenon, kind, number and marked text."""
    try:
        tables = tomllib.loads(text_of(path)).get("phenomenon", [])
    except tomllib.TOMLDecodeError as error:
        raise ReportError(f"{path}: {error}") from None
    if not isinstance(tables, list) or not tables:
        raise ReportError(f"{path}: there is no [[phenomenon]] in it")
    for at, table in enumerate(tables, start=1):
        if set(table) != _FIELDS:
            raise ReportError(f"{path}: [[phenomenon]] no. {at} has {sorted(table)}; it needs {sorted(_FIELDS)}")
        for kind in _KINDS:
            for number, line in enumerate(table[kind], start=1):
                yield table["name"], kind, number, line


def _findings(marked: MarkedReport, schema: Schema, place: str) -> Iterator[Finding]:
    marks: dict[str, list[Mark]] = {}
    for mark in marked.marks:
        if mark.status is not None and not mark.excluded:
            marks.setdefault(mark.entity, []).append(mark)
    require_keys(schema, marks, reader="challenges")
    for key in schema.keys:
        if key.id in marks:
            yield _finding(key.id, marks[key.id], marked.text, schema, place)


def _finding(key: str, marks: Iterable[Mark], text: str, schema: Schema, place: str) -> Finding:
    rows = list(marks)
    status = next(status for status in STATUS_ORDER if any(mark.status == status for mark in rows))
    values = {}
    for relation in schema.relation_types_of(key):
        named = {value for mark in rows for value in mark.values.get(relation.id, ())}
        order = schema.values_of(relation)
        for value in sorted(named - set(order)):
            raise ReportError(f"{place}: {UnknownNameError(f'value of {relation.id}', value, order)}")
        if named and status != "absent":
            values[relation.id] = tuple(value for value in order if value in named)
    spans = [EvidenceSpan(start=m.start, end=m.end, text=text[m.start : m.end]) for m in rows if m.status == status]
    return Finding(key=key, status=status, values=values, evidence=tuple(spans))
