"""Words that only tell where something else is: "around the [mass]", "abutting the [left upper lobe]"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from radnlp.rules.reading.items import Head, Items, Place

_ARTICLE = re.compile(r"\s*(?:(?:the|this|that|these|those|its|a|an|both|said|above|described|known)\s+)*")
_OR = re.compile(r"\s*(?:and|or|&|/)\s*(?:the\s+)?")
_THE = re.compile(
    r"(?:\b(?:the|this|that|these|those|said|aforementioned|above|described|known)\s+|[이그]\s?|상기\s?)$"
)
_BACK = 20
#: "In the vicinity of the aforementioned [mass]".
_PHRASE = 60


def without_touched(text: str, items: Items) -> list[Head | Place]:
    """The items without the places that a finding only touches: "abutting the RUL and the aorta"."""
    reached = sorted(end for _, end, kind in items.marks if kind == "touches")
    if not reached:
        return items.found
    kept: list[Head | Place] = []
    touched: Place | None = None
    for item in items.found:
        listed = touched is not None and _OR.fullmatch(text, touched.end, item.start) is not None
        at = bisect_right(reached, item.start)
        near = at > 0 and _ARTICLE.fullmatch(text, reached[at - 1], item.start) is not None
        if isinstance(item, Place) and (near or listed):
            touched = item
        else:
            kept.append(item)
            touched = None
    return kept


def is_landmark(text: str, items: Items, start: int) -> bool:
    """Whether a finding whose words begin there stands behind "around": "around the RLL mass"."""
    first, last = bisect_left(items.marks, (start - _PHRASE,)), bisect_left(items.marks, (start,))
    return first < last and any(
        kind == "around" and end <= start and _ARTICLE.fullmatch(text, end, start) is not None
        for _, end, kind in items.marks[first:last]
    )


def is_known(text: str, head: Head) -> bool:
    """Whether a finding is spoken of as one named before: "the mass", "these nodules"."""
    return _THE.search(text[max(0, head.start - _BACK) : head.start].casefold()) is not None
