"""Sentences as the classifiers compare them: one width, one case, numbers as one sign. For matching only."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: Image references as in "[#1-2]", which say nothing of what a sentence is for.
_REFERENCE = re.compile(r"[\[(]#[^\])]*[\])]")
_SPACE = re.compile(r"\s+")
_STOPS = "。.． "


def fold(sentence: str) -> str:
    """NFKC, lower case, every number ``0``, single spaces, no image references, no full stop at the end.

    Half-width kana become full-width ones. Offsets are lost, so this is never used to point into a report.

    >>> fold("右肺上葉に１２ｍｍ大のﾘﾝﾊﾟ節[#1-2]。")
    '右肺上葉に0mm大のリンパ節'
    """
    folded = unicodedata.normalize("NFKC", sentence).lower()
    folded = _REFERENCE.sub("", folded)
    folded = _NUMBER.sub("0", folded)
    return _SPACE.sub(" ", folded).strip().rstrip(_STOPS)
