"""A report's text as HTML, with everything that was found in it marked.

Marks may overlap in any way (one phrase can name two entities), HTML elements may not: the text is cut at every
border of a mark, and each piece says which marks cover it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from radnlp.batch.formats.shown import one_line, visible
from radnlp.records.extraction import Extraction
from radnlp.records.mentions import STATUS_ORDER, Mention, Status

Labels = Mapping[str, str]
_Place = tuple[str, int, int]
_LONE_RETURN = visible("\r")

# A section starts with its heading; how long the heading is, only its end tells. Longer than this it is a sentence.
_HEADING = re.compile(r"[^:：\]】\n]{1,40}[:：\]】\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One mark.

    Attributes:
        kind: k key, v value, x excluded, c cue, h heading.
        findings: Row numbers in the findings table.
    """

    kind: str
    start: int
    end: int
    title: str = ""
    status: Status | None = None
    findings: tuple[int, ...] = ()


def marked_text(text: str, extraction: Extraction, labels: Labels) -> str:
    """The text as HTML to stand inside an element with ``white-space: pre-wrap``.

    Classes: ``k`` and the status for a key mention (``end`` where one ends), ``v`` value, ``x`` excluded, ``c`` cue,
    ``h`` heading. ``data-f`` names the rows of the findings table whose evidence a piece is, ``data-v`` those it
    gives a value to.

    Args:
        text: The report's text.
        extraction: What was found in it; its offsets are code points of the text.
        labels: Entity id -> what people call it.
    """
    marks = [*_evidence(extraction, labels), *_cues(extraction), *_headings(text, extraction)]
    return "".join(_piece(text, start, end, covering) for start, end, covering in _cut(len(text), marks))


def _evidence(extraction: Extraction, labels: Labels) -> Iterator[_Mark]:
    rows = {finding.key: row for row, finding in enumerate(extraction.findings)}
    keys: dict[_Place, list[int]] = defaultdict(list)
    values: dict[_Place, list[int]] = defaultdict(list)
    for row, finding in enumerate(extraction.findings):
        for span in finding.evidence:
            keys[finding.key, span.start, span.end].append(row)
    for relation in extraction.relations:
        for span in relation.value_evidence:
            if relation.key in rows and relation.value in extraction.findings[rows[relation.key]].values.get(
                relation.type, ()
            ):
                values[relation.value, span.start, span.end].append(rows[relation.key])
    for m in extraction.mentions:
        place = (m.entity, m.start, m.end)
        kind = "x" if m.excluded else "v" if m.status is None else "k"
        found = (values if kind == "v" else keys).pop(place, [])
        title = _title(m, labels)
        rows_of_key = tuple(dict.fromkeys(found))
        yield _Mark(kind=kind, start=m.start, end=m.end, title=title, status=m.status, findings=rows_of_key)
    # A model may point at words that no term of the lexicon names.
    for (key, start, end), found in keys.items():
        status = extraction.findings[found[0]].status
        title = f"{labels.get(key, key)}: {status}"
        yield _Mark(kind="k", start=start, end=end, title=title, status=status, findings=tuple(found))
    for (value, start, end), found in values.items():
        rows_of_value = tuple(dict.fromkeys(found))
        yield _Mark(kind="v", start=start, end=end, title=labels.get(value, value), findings=rows_of_value)


def _title(mention: Mention, labels: Labels) -> str:
    label = labels.get(mention.entity, mention.entity)
    if mention.excluded:
        return f"{label}: not counted ({mention.excluded})"
    if mention.status is None:
        return label
    cues = ", ".join(f"“{one_line(cue.text, limit=40)}” {cue.category}" for cue in mention.cues)
    return f"{label}: {mention.status}" + (f" (cue: {cues})" if cues else "")


def _cues(extraction: Extraction) -> Iterator[_Mark]:
    cues = {(cue.start, cue.end): cue for mention in extraction.mentions for cue in mention.cues}
    for (start, end), cue in cues.items():
        yield _Mark(kind="c", start=start, end=end, title=f"cue: {cue.category}")


def _headings(text: str, extraction: Extraction) -> Iterator[_Mark]:
    for section in extraction.sections:
        heading = _HEADING.match(text, section.start, section.end)
        if heading and not any(section.start <= m.start < heading.end() for m in extraction.mentions):
            yield _Mark(kind="h", start=heading.start(), end=heading.end())


def _cut(length: int, marks: list[_Mark]) -> Iterator[tuple[int, int, list[_Mark]]]:
    borders = sorted({0, length, *(at for mark in marks for at in (mark.start, mark.end) if 0 <= at <= length)})
    waiting = sorted(marks, key=lambda mark: mark.start)[::-1]
    covering: list[_Mark] = []
    for start, end in pairwise(borders):
        while waiting and waiting[-1].start <= start:
            covering.append(waiting.pop())
        covering = [mark for mark in covering if mark.end > start]
        yield start, end, covering


def _piece(text: str, start: int, end: int, covering: list[_Mark]) -> str:
    words = _escaped(text, start, end)
    if not covering:
        return words
    kinds = {mark.kind for mark in covering}
    classes = [kind for kind in "hkvxc" if kind in kinds]
    keys = [mark for mark in covering if mark.kind == "k"]
    if keys:
        status = min((mark.status for mark in keys if mark.status), key=STATUS_ORDER.index)
        classes.append(status)
        if any(mark.end == end and mark.status == status for mark in keys):
            classes.append("end")
    titles = dict.fromkeys(mark.title for mark in covering if mark.title)
    attributes = f' class="{" ".join(classes)}"'
    attributes += f' title="{escape(visible(" · ".join(titles)))}"' if titles else ""
    for name, wanted in (("f", "kx"), ("v", "v")):
        rows = sorted({row for mark in covering if mark.kind in wanted for row in mark.findings})
        attributes += f' data-{name}="{" ".join(map(str, rows))}"' if rows else ""
    tag = "mark" if keys else "span"
    return f"<{tag}{attributes}>{words}</{tag}>"


def _escaped(text: str, start: int, end: int) -> str:
    return escape(shown_piece(text, start, end))


def shown_piece(text: str, start: int, end: int) -> str:
    """The words ``text[start:end]`` as a page may show them; pieces that follow each other show the whole text."""
    piece = text[start:end]
    if piece.endswith("\r") and text.startswith("\n", end):
        piece = piece[:-1]
    # A browser takes a carriage return for a line end; one that stands alone is shown, since other programs may not.
    return visible(piece.replace("\r\n", "\n")).replace(_LONE_RETURN, f"{_LONE_RETURN}\n")
