"""Reports with their mentions written into them, so that a clinician can read and write what is expected.

``No [effusion](pleural_effusion absent) but [nodule](nodules present located_in=rul) in [RUL](rul).``

In the round brackets: the entity, for a key its status (and ``excluded`` when it must not count), and, where the test
is about it, what the key's finding has as values (``located_in=`` and nothing after it: none). A stretch that names two
entities carries both, with ``;`` between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import get_args

from radnlp.records.mentions import Status

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
