"""The words between a finding and a place, and what they say of the two."""

from __future__ import annotations

import re
from typing import NamedTuple

from radnlp.rules.reading.items import Items

#: Between a place and the lesion it belongs to stand at most so many adjectives' characters.
_ADJECTIVES = 60
_TYING = {"in", "is", "means", "with", "and", "more_than"}
# A size or an image reference ("[#1-2]") is as good as an adjective.
_SIZE = re.compile(
    r"\d+(?:[.,]\d+)?(?: ?[x\u00d7*] ?\d+(?:[.,]\d+)?)*[ -]?(?:mm|cm)(?![a-z])|\[#[\d, \-]{1,12}\]", re.IGNORECASE
)
_SIGNS = re.compile(r"[,:;.()\[\]\u3001\uff0c\uff1a]|\d")
_DIGIT, _PARTS, _COLON = re.compile(r"\d"), re.compile("[,()\\[\\]\u3001\uff0c]"), re.compile("[:\uff1a]")


class Gap(NamedTuple):
    """What stands between two items.

    Attributes:
        bare: Nothing but a few adjectives or a size ("RUL [small calcified] nodule").
        listed: A word or sign of a list ("and", "/", ">"), or a number.
        ranked: A sign that puts one place over another ("RLL > LLL").
        leads: A word that ties a place to the finding before it ("nodule [in the] RUL").
        tells: A word or sign that ties a finding to the place before it ("RUL [shows] nodule", "RUL[:] nodule").
        claims: It does so with no word for the finding before it behind ("of the lung [are] collapsed").
        closes: A verb behind a place that ends what is said of the finding before ("있으며").
        joins: A word that joins two findings ("with", "which may represent").
        parts: A comma or bracket.
        restarts: It ends in "and in": a statement that begins with its place, like the one before.
    """

    bare: bool
    listed: bool
    ranked: bool
    leads: bool
    tells: bool
    claims: bool
    closes: bool
    joins: bool
    parts: bool
    restarts: bool


#: Gaps without a word or sign that says anything.
_ADJACENT, _APART = Gap(True, *[False] * 9), Gap(*[False] * 10)


def read_gap(text: str, items: Items, start: int, end: int) -> Gap:
    """The gap between two offsets of a sentence with these items."""
    known = items.gaps.get((start, end))
    if known is None:
        known = items.gaps[start, end] = _read(text, items, start, end)
    return known


def _read(text: str, items: Items, start: int, end: int) -> Gap:
    words = text[start:end]
    kinds = items.marked(start, end)
    signs = _SIGNS.search(words) is not None
    if not kinds and not signs:
        return _ADJACENT if len(words) <= _ADJECTIVES else _APART
    listed = "and" in kinds
    spoken = [kind for kind in kinds if kind in ("in", "is", "closes")]
    joined = max((at for at, kind in enumerate(kinds) if kind in ("and", "with")), default=-1)
    colon = signs and _COLON.search(words) is not None
    return Gap(
        bare=len(words) <= _ADJECTIVES
        and not _TYING.intersection(kinds)
        and not (signs and _SIGNS.search(_SIZE.sub("", words))),
        listed=(listed and "is" not in kinds) or (signs and _DIGIT.search(words) is not None),
        ranked="more_than" in kinds,
        leads="in" in kinds[joined + 1 :],
        tells="is" in kinds or colon,
        claims=spoken[-1:] == ["is"] or (colon and not spoken),
        closes="closes" in kinds,
        joins="with" in kinds or "means" in kinds,
        parts=signs and _PARTS.search(words) is not None,
        restarts=kinds[-2:] == ["and", "in"],
    )
