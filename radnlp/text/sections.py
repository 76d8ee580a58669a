"""Sections of a report, by its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from radnlp.records import HeadingRule, Section

_SIGNS = r"\n:\uff1a\[\]<>(){}\u3010\u3011\uff1c\uff1e\u300c\u300d\uff3b\uff3d\u3008\u3009\u300a\u300b\u3014\u3015"
_OPENING = r"[\[<({\u3010\uff1c\u300c\uff3b\u3008\u300a\u3014*#=\-\u25a0\u25cf\u25b6\u25a1\u25cb\u25c6\u25c7 \t\u3000]*"
_CLOSING = r"[\])>}\u3011\uff1e\u300d\uff3d\u3009\u300b\u3015*= \t]*"
_WORDS = rf"[^\s{_SIGNS}*#=\-][^{_SIGNS}]{{0,60}}?"
#: What may be a heading at the start of a line; whether it is one, the lexicon says.
_LINE = re.compile(
    rf"^{_OPENING}(?P<line>{_WORDS}){_CLOSING}(?:[:\uff1a]|$)"
    # "Hx) lung cancer"
    rf"|^[ \t]*(?P<paren>[^\s\d{_SIGNS}*#=\-][^{_SIGNS}]{{1,20}}?)\)(?=\s)"
    rf"|^[ \t\u3000]*[\[<({{\u3010\uff1c\uff3b\u3008\u300a\u3014](?P<box>{_WORDS})"
    r"[\])>}\u3011\uff1e\uff3d\u3009\u300b\u3015]",
    re.MULTILINE,
)
#: The same inside a line, with the sign before it.
_INNER = re.compile(rf"[.;)] +(?P<inner>[A-Z\uac00-\ud7a3][^{_SIGNS}.;]{{0,60}}?) ?:")
_FULL_STOP, _COLONS = "\u3002", (":", "\uff1a")
_FIRST_ITEM = re.compile(r"\n[ \t]*[#(]?1[.)]\s")
_NUMBERED = re.compile(r"\s*[#(]?\d{1,2}[.)]\s")
_NEXT_ITEM = re.compile(r"\n[ \t]*[#(]?\d{1,2}[.)]\s")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
# A line that no wrapped sentence goes on in.
_OWN_LINE = re.compile(
    r"\n[ \t]*(?:\n|[#(]?1[.)]\s|[-*\u2022\u00b7\u25aa\u25cf] ?\S|[A-Z\uac00-\ud7a3\u3041-\u30ff\u4e00-\u9fff])"
)
_BEFORE_FINDINGS = ("history", "technique", "comparison")


class SectionFinder:
    r"""Finds the headings of a lexicon.

    A heading stands at the start of a line, decorated or not, and is followed by a colon or by the end of the line,
    unless it stands in brackets: ``[Finding] nodule``. In text whose line breaks were lost, a heading that begins
    with a capital may also follow a sentence's end, if a colon follows it.

    In a report that titles no findings nothing else tells where the clinical information ends: a history, technique or
    comparison then ends with its line, when the next one begins like a sentence or item of its own ("Background:
    cough.\nNodule in the RUL."), or with its paragraph. A numbered list below a one-line section of any kind is not of
    that section, and in any report the next item of a list is not of a recommendation given inside the list.
    """

    def __init__(self, headings: Iterable[HeadingRule]) -> None:
        self._sections = {_plain(heading.phrase): heading.section for heading in headings}

    def find(self, text: str) -> tuple[Section, ...]:
        """The sections in text order, from each heading's first character to the next heading or the end."""
        headings: list[tuple[int, int, str]] = []
        lines = text.replace("\r", "\n")  # every kind of line end, offsets unchanged
        for start, end, words in _candidates(lines):
            section = self._sections.get(_plain(words))
            if section is not None:
                headings.append((start, end, section))
        ends = [start for start, _, _ in headings[1:]] + [len(text)]
        untitled = all(section != "findings" for _, _, section in headings)
        return tuple(
            Section(
                id=section,
                start=start,
                end=_end(lines, section, below, end) if untitled else _end_of_advice(lines, section, below, end),
            )
            for (start, below, section), end in zip(headings, ends, strict=False)
        )


def _candidates(lines: str) -> Iterator[tuple[int, int, str]]:
    """What may be a heading, in text order: its start and end with what decorates it, and its words.

    Looked for where one can stand, because to try every character of a report takes ten times as long.
    """
    start = 0
    while start <= len(lines):
        end = lines.find("\n", start)
        end = end if end >= 0 else len(lines)
        free = start
        if found := _LINE.match(lines, start):
            free = found.end()
            yield free - len(found[0].lstrip()), free, found["line"] or found["paren"] or found["box"]
        while lines.find(":", free, end) >= 0 and (found := _INNER.search(lines, max(start, free - 1), end)):
            free = found.end()
            yield found.start("inner"), free, found["inner"]
        start = end + 1


def _end(lines: str, section: str, start: int, end: int) -> int:
    """Where a section ends in a report that titles no findings; ``start`` is where the heading's words end."""
    line = lines.find("\n", start, end)
    stop = lines.find(_FULL_STOP, start, end if line < 0 else line) + 1
    if section in _BEFORE_FINDINGS and 0 < stop < end and lines[start - 1] in _COLONS:
        return stop  # a Japanese line often goes on: "既往：肺結核。右肺尖に索状影を認める。"
    if line < 0:
        return end
    alone = not lines[start:line].strip()
    before_findings = section in _BEFORE_FINDINGS
    if alone:
        text = len(lines[line:end]) - len(lines[line:end].lstrip())
        found = _PARAGRAPH_END.search(lines, line + text, end) if before_findings else None
    else:
        found = (_OWN_LINE if before_findings else _FIRST_ITEM).search(lines, line, end)
    return found.start() + 1 if found else _end_of_advice(lines, section, start, end)


def _end_of_advice(lines: str, section: str, start: int, end: int) -> int:
    """Where a recommendation in the line of its heading ends: before the next item of the list that it stands in."""
    line = lines.find("\n", start, end)
    if section != "recommendation" or line < 0 or not lines[start:line].strip() or _NUMBERED.match(lines, start, line):
        return end
    found = _NEXT_ITEM.search(lines, line, end)
    return found.start() + 1 if found else end


def _plain(heading: str) -> str:
    """A heading as it is looked up: letter case and white space play no part."""
    return " ".join(heading.casefold().split())
