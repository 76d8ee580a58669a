"""Reports with their expected mentions written into them, for tests a clinician can read.

``No [effusion](pleural_effusion absent) but [nodule](nodules present located_in=rul) in [RUL](rul).``

In the round brackets: the entity, for a key its status (and ``excluded`` when it must not count), and, where the test
is about it, what the key's finding has as values (``located_in=`` and nothing after it: none). A stretch that names two
entities carries both, with ``;`` between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from radnlp.records import Extraction, Mention, Status

_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
_STATUSES = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One expected mention.

    Attributes:
        status: Expected status; None for a value.
        excluded: Whether it must not count.
        values: Relation type -> the values that the key's finding must have, where the test says so.
    """

    entity: str
    status: str | None
    start: int
    end: int
    excluded: bool = False
    values: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedReport:
    """A report text without its marks, and the marks."""

    text: str
    marks: tuple[Mark, ...]


def parse_markup(line: str) -> MarkedReport:
    """Take the marks out of a marked report.

    Raises:
        ValueError: A mark that says something unknown.

    >>> marked = parse_markup("No [effusion](pleural_effusion absent).")
    >>> marked.text, marked.marks[0].entity, marked.marks[0].status, marked.marks[0].start
    ('No effusion.', 'pleural_effusion', 'absent', 3)
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    at, length = 0, 0
    for match in _MARK.finditer(line):
        before, words = line[at : match.start()], match[1]
        pieces += [before, words]
        start = length + len(before)
        length, at = start + len(words), match.end()
        marks += [_mark(note, start, length) for note in match[2].split(";")]
    return MarkedReport(text="".join([*pieces, line[at:]]), marks=tuple(marks))


def _mark(note: str, start: int, end: int) -> Mark:
    entity, *rest = note.split()
    status: str | None = None
    excluded = False
    values: dict[str, frozenset[str]] = {}
    for word in rest:
        relation, equals, names = word.partition("=")
        if equals:
            values[relation] = frozenset(name for name in names.split(",") if name)
        elif word == "excluded":
            excluded = True
        elif word in _STATUSES:
            status = word
        else:
            raise ValueError(f"{word!r} in the mark ({note.strip()}): a status, 'excluded' or relation=value,value")
    return Mark(entity=entity, status=status, start=start, end=end, excluded=excluded, values=values)


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
