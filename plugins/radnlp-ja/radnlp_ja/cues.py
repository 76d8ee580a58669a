"""The words of ``sentence_cues.toml``, and which of them a sentence has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("sentence_cues.toml")
CLASSES = ("background", "positive", "negative", "continuation")
PLACES = ("opens", "holds", "ends")
#: How far before its end a sentence "ends": longer than the longest ending and a word before it.
_TAIL = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceCues:
    """Cues of each class by where they stand, and anatomical words by what they belong to.

    Attributes:
        classes: Class -> place (``opens``, ``holds``, ``ends``) -> words, folded.
        anatomy: Organ or region -> words, folded.
        same: Meaning -> wordings of it, folded.
        abnormal: Words that name something abnormal, folded.
    """

    classes: Mapping[str, Mapping[str, tuple[str, ...]]]
    anatomy: Mapping[str, tuple[str, ...]]
    same: Mapping[str, tuple[str, ...]]
    abnormal: tuple[str, ...]

    def found(self, folded: str) -> dict[tuple[str, str], str]:
        """(class, place) -> the longest cue that the folded sentence has there."""
        body = after_heading(folded)
        tail = folded[-_TAIL:]
        found: dict[tuple[str, str], str] = {}
        for name, places in self.classes.items():
            for place, words in places.items():
                if place == "opens":
                    hits = [word for word in words if body.startswith(word)]
                elif place == "holds":
                    hits = [word for word in words if word in folded]
                else:
                    hits = [word for word in words if tail.endswith(word)]
                if hits:
                    found[name, place] = max(hits, key=len)
        return found

    def abnormalities(self, folded: str) -> int:
        """How many words for something abnormal the folded sentence has."""
        return sum(word in folded for word in self.abnormal)

    def plain(self, folded: str) -> str:
        """The folded sentence with one sign for every wording of the same; the longest wording first.

        >>> shipped_cues().plain("原発性肺癌を疑います") == shipped_cues().plain("原発性肺癌と考えられる")
        True
        """
        return _wordings(tuple(self.same.items())).sub(lambda found: _sign(self.same, found[0]), folded)

    def organs(self, folded: str) -> frozenset[str]:
        """The organs and regions that the folded sentence names."""
        return frozenset(name for name, words in self.anatomy.items() if any(word in folded for word in words))


def after_heading(folded: str) -> str:
    """The sentence without a heading in brackets in front.

    >>> after_heading("【腹部】肝臓に異常なし")
    '肝臓に異常なし'
    """
    if folded[:1] in "【<[〔" and folded[:1]:
        for close in "】>]〕":
            _, found, rest = folded[:24].partition(close)
            if found and rest.strip():
                return folded[folded.index(close) + 1 :].lstrip()
    return folded


@cache
def _wordings(same: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    words = sorted({word for _, wordings in same for word in wordings}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def _sign(same: Mapping[str, tuple[str, ...]], wording: str) -> str:
    """A character of the private use area: no report has it."""
    number = next(number for number, wordings in enumerate(same.values()) if wording in wordings)
    return chr(0xE000 + number)


@cache
def shipped_cues() -> SentenceCues:
    """The cues of this package."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return SentenceCues(
        classes={name: {place: tuple(rows[name][place]) for place in PLACES} for name in CLASSES},
        anatomy={name: tuple(words) for name, words in rows["anatomy"].items()},
        same={name: tuple(words) for name, words in rows["same"].items()},
        abnormal=tuple(rows["abnormal"]["words"]),
    )
