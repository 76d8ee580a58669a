"""How a report is laid out: which sentences belong to one list item."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from radnlp.api import ReportView

_NUMBER = re.compile(r"\s*(?:[#(]?\d{1,2}[.)]|#\d{1,2})")
_BULLET = re.compile(r"\s*(?:[-*•·▪●■>=]|[a-z가-힣][.)]\s)")
_REST = re.compile(
    r"\s*(?:[#(]?\d{1,2}[.)]|[-*•·])?\s*(?:otherwise|others?\b|other findings|the rest|그 ?외|이외|기타|나머지)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands.

    Attributes:
        item: The number of its list item, or of its line where there is no list; counts through the report.
        opens: Whether it begins an item.
        rest: Whether it speaks of all that was not named yet ("Otherwise, ...").
        counts: Whether its section tells what is seen now.
    """

    item: int
    opens: bool
    rest: bool
    counts: bool


def places(view: ReportView, past_sections: Collection[str]) -> Mapping[int, Place]:
    """The place of every sentence, by its index.

    A number begins an item; what follows in its line, and bullets or indented lines below it, belong to it. Elsewhere
    each line is an item. A section or an empty line begins one too.
    """
    text = view.report.text
    found: dict[int, Place] = {}
    item, before, section, numbered = 0, 0, None, False
    for number, sentence in enumerate(view.sentences):
        gap = text[before : sentence.start]
        begins_number = _NUMBER.match(text, sentence.start, sentence.end) is not None
        new_line = "\n" in gap or "\r" in gap
        indented = new_line and gap.rpartition("\n")[2].startswith((" ", "\t"))
        below = numbered and (indented or _BULLET.match(text, sentence.start, sentence.end) is not None)
        opens = (
            number == 0
            or begins_number
            or sentence.section != section
            or "\n\n" in gap.replace(" ", "")
            or (new_line and not below)
        )
        item += opens
        if opens:
            numbered = begins_number
        before, section = sentence.end, sentence.section
        found[sentence.index] = Place(
            item=item,
            opens=opens,
            rest=_REST.match(text, sentence.start, sentence.end) is not None,
            counts=sentence.section not in past_sections,
        )
    return found
