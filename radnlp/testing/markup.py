"""What a report's extraction says otherwise than the marks written into the report."""

from __future__ import annotations

from collections.abc import Iterable

from radnlp.records import Extraction, Mention
from radnlp.text.markup import Mark, MarkedReport, parse_markup

__all__ = ["Mark", "MarkedReport", "differences", "parse_markup"]


def differences(expected: MarkedReport, extraction: Extraction) -> list[str]:
    """What an extraction says otherwise than the marks; empty when they agree.

    Compared are the mentions of keys (all of them), the mentions of values when any is marked, and the values of
    findings for which a mark names them.
    """
    values_marked = any(mark.status is None and not mark.excluded for mark in expected.marks)
    wanted = {_row(mark.entity, mark.status, mark.start, mark.end, mark.excluded) for mark in expected.marks}
    found = set(_rows(extraction.mentions, with_values=values_marked))
    rows = [f"missing: {_shown(row, expected.text)}" for row in sorted(wanted - found, key=str)]
    rows += [f"not marked: {_shown(row, expected.text)}" for row in sorted(found - wanted, key=str)]
    findings = {finding.key: finding for finding in extraction.findings}
    for mark in expected.marks:
        for relation, names in mark.values.items():
            finding = findings.get(mark.entity)
            actual = frozenset(finding.values.get(relation, ())) if finding else frozenset()
            if actual != names:
                rows.append(f"{mark.entity} {relation}: {sorted(actual)} instead of {sorted(names)}")
    return rows


_Row = tuple[str, str | None, int, int, bool]


def _row(entity: str, status: str | None, start: int, end: int, excluded: bool) -> _Row:
    return (entity, None if excluded else status, start, end, excluded)


def _rows(mentions: Iterable[Mention], *, with_values: bool) -> list[_Row]:
    return [
        _row(m.entity, m.status, m.start, m.end, m.excluded is not None)
        for m in mentions
        if m.status is not None or with_values
    ]


def _shown(row: _Row, text: str) -> str:
    entity, status, start, end, excluded = row
    return f"{entity} {'excluded' if excluded else status or 'value'} [{start}-{end}] {text[start:end]!r}"
