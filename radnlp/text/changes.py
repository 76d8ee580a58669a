"""The words of change in a report, and whether they are denied."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from radnlp.records import ChangeWord, Mention, Schema, Sentence
from radnlp.text.phrases import PhraseMatcher

#: What the denial of a change comes to: "no increase" is no change; "no new lesion" and "no recurrence" say nothing.
_DENIED: Mapping[str, str] = {"change": "same", "more": "same", "less": "same"}
_MARKERS = ("not", "not_behind", "void")
#: Between a denial and the change it denies: a few words, and none that begins another statement.
_AHEAD, _BEHIND = 70, 30
#: No marker further off than this is looked at.
_REACH = 120
_PARTED = re.compile(
    r"[;:.]\s|,(?! ?(?:or|nor|and|enlarg|increas|recurr|new)\b)|\b(?:in|with|but|for|on|at|which|there)\b",
    re.IGNORECASE,
)
_PARTED_BEHIND = re.compile(
    r"[;:.,]|\b(?:and|with|but|which)\b|[가-힣](?:고|며|나|면서|지만) |[어여아져] ", re.IGNORECASE
)


#: Start, end and kind of words that deny what stands near them.
Denial: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement of change.

    Attributes:
        start: Where its words begin in the report.
        end: Where they end.
        meaning: What it comes to, its denial heeded: one of the kinds of change that values of a schema sum up.
        sized: Whether it is read from two sizes.
    """

    start: int
    end: int
    meaning: str
    sized: bool = False


class ChangeFinder:
    """Finds the statements of change by the words of a lexicon, and by mentions of values for misspelt words."""

    def __init__(self, schema: Schema, words: Iterable[ChangeWord]) -> None:
        given = tuple(words)
        self._words = PhraseMatcher(word.phrase for word in given)
        self._meanings = [word.meaning for word in given]
        self._first = {value.id: value.changes[0] for value in schema.values if value.changes}

    def find(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention] = ()
    ) -> dict[int, list[Change]]:
        """By index of the sentence, in text order; sentences without any are left out.

        Args:
            text: The report text.
            sentences: Its sentences, in text order.
            mentions: Its mentions; those of values count as words of change.
        """
        found = self._found(text, sentences)
        for mention in mentions:
            if mention.entity in self._first:
                words = found[mention.sentence]
                at = bisect_left(words, (mention.end,))
                if not (at and words[at - 1][1] > mention.start):
                    words.insert(at, (mention.start, mention.end, self._first[mention.entity]))
        read = {index: _read(text, words) for index, words in found.items()}
        return {index: changes for index, changes in read.items() if changes}

    def denials(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[Denial]]:
        """The words that deny or ask, by index of the sentence; for :func:`is_denied`."""
        return {
            index: [word for word in words if word[2] in _MARKERS]
            for index, words in self._found(text, sentences).items()
        }

    def _found(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[tuple[int, int, str]]]:
        found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for sentence, words in self._words.by_sentence(text, sentences):
            found[sentence.index] += [(start, end, self._meanings[number]) for start, end, number in words]
        return found


def is_denied(text: str, denials: Sequence[Denial], start: int, end: int) -> bool:
    """Whether one of the denials of a sentence speaks of the words between ``start`` and ``end``."""
    return bool(_acting(text, denials, start, end))


def _read(text: str, words: Sequence[tuple[int, int, str]]) -> list[Change]:
    """The changes of a sentence without those that are only asked about, denials turned into what they mean."""
    markers = [word for word in words if word[2] in _MARKERS]
    changes: list[Change] = []
    silenced = False
    for start, end, meaning in words:
        if meaning in _MARKERS or meaning == "nothing":
            continue
        acting = _acting(text, markers, start, end)
        if "void" in acting:
            continue
        if acting:
            silenced |= meaning in ("new", "recurrent")
            meaning = _DENIED.get(meaning, "")
            if not meaning or silenced:  # "no new or enlarged lesion" tells of no old one
                continue
        if meaning != "change":
            changes.append(Change(start, end, meaning))
    return changes


def _acting(text: str, markers: Sequence[Denial], start: int, end: int) -> set[str]:
    """The kinds of the markers that speak of the words between two offsets."""
    first, last = bisect_left(markers, (start - _REACH,)), bisect_right(markers, (end + _REACH,))
    return {kind for at, to, kind in markers[first:last] if _acts(text, at, to, kind, start, end)}


def _acts(text: str, at: int, to: int, kind: str, start: int, end: int) -> bool:
    """Whether a marker speaks of the change between ``start`` and ``end``."""
    if to <= start and kind != "not_behind":
        gap = text[to:start]
        return len(gap) <= _AHEAD and not _PARTED.search(gap)
    if at >= end and kind != "not":
        gap = text[end:at]
        return len(gap) <= _BEHIND and not _PARTED_BEHIND.search(gap)
    return False
