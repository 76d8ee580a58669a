"""Sections of a report, by its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from radnlp.records import HeadingRule, Section

_SIGNS = r"\n:\uff1a\[\]<>(){}\u3010\u3011\uff1c\uff1e\u300c\u300d"
_OPENING, _CLOSING = r"[\[<({\u3010\uff1c\u300c*#=\-\u25a0\u25cf\u25b6 \t]*", r"[\])>}\u3011\uff1e\u300d*= \t]*"
_WORDS = rf"[^\s{_SIGNS}*#=\-][^{_SIGNS}]{{0,60}}?"
#: What may be a heading; whether it is one, the lexicon says.
_CANDIDATE = re.compile(
    rf"^{_OPENING}(?P<line>{_WORDS}){_CLOSING}(?:[:\uff1a]|$)"
    rf"|^[ \t]*[\[<({{\u3010\uff1c](?P<box>{_WORDS})[\])>}}\u3011\uff1e]"
    rf"|(?<=[.;)]) +(?P<inner>[A-Z\uac00-\ud7a3][^{_SIGNS}.;]{{0,60}}?) ?:",
    re.MULTILINE,
)
_FIRST_ITEM = re.compile(r"\n[ \t]*[#(]?1[.)]\s")


class SectionFinder:
    r"""Finds the headings of a lexicon.

    A heading stands at the start of a line, decorated or not, and is followed by a colon or by the end of the line,
    unless it stands in brackets: ``[Finding] nodule``. In text whose line breaks were lost, a heading that begins
    with a capital may also follow a sentence's end, if a colon follows it. In a report that titles no findings a
    numbered list below a one-line section is not of that section: "Background: cough.\n1. Nodule."
    """

    def __init__(self, headings: Iterable[HeadingRule]) -> None:
        self._sections = {_plain(heading.phrase): heading.section for heading in headings}

    def find(self, text: str) -> tuple[Section, ...]:
        """The sections in text order, from each heading's first character to the next heading or the end."""
        headings: list[tuple[int, int, str]] = []
        lines = text.replace("\r", "\n")  # every kind of line end, offsets unchanged
        for match in _CANDIDATE.finditer(lines):
            section = self._sections.get(_plain(match["line"] or match["box"] or match["inner"]))
            if section is not None:
                headings.append((match.end() - len(match[0].lstrip()), match.end(), section))
        ends = [start for start, _, _ in headings[1:]] + [len(text)]
        untitled = all(section != "findings" for _, _, section in headings)
        return tuple(
            Section(id=section, start=start, end=_before_list(lines, below, end) if untitled else end)
            for (start, below, section), end in zip(headings, ends, strict=False)
        )


def _before_list(lines: str, start: int, end: int) -> int:
    """Where a list begins below a heading that has its text on its own line, in a report that titles no findings.

    ``start`` is where the heading's words end.
    """
    line = lines.find("\n", start, end)
    if line < 0 or not lines[start:line].strip():
        return end
    found = _FIRST_ITEM.search(lines, line, end)
    return found.start() + 1 if found else end


def _plain(heading: str) -> str:
    """A heading as it is looked up: letter case and white space play no part."""
    return " ".join(heading.casefold().split())
