"""Finds what a sentence holds: the schema's terms as heads and places, and the signposts between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, zip_longest
from typing import Literal

from radnlp.api import Lexicon, Mention, PhraseMatcher, Remembering, ReportView
from radnlp.rules.reading.items import Head, Items, Place, PlaceKind
from radnlp.rules.reading.landmarks import without_touched

_HEADS: Mapping[str, Literal["other", "same"]] = {"other_finding": "other", "same_finding": "same", "placed": "same"}
_PLACES: Mapping[str, PlaceKind] = {
    "other_place": "elsewhere",
    "same_place": "same",
    "beside": "beside",
    "opposite": "opposite",
    "same_side": "same_side",
}
#: A few words and no sign between two items.
_BARE = re.compile(r"[\w\s-]{0,40}")
#: Start and end of words that mentions share, whether they name a key, and the values that they name.
_Named = tuple[int, int, bool, tuple[str, ...]]
_NOTHING: Mapping[tuple[int, int], list[Mention]] = {}


class ItemFinder:
    """Finds the items of every sentence of a report.

    Args:
        lexicon: Its signposts and clause breaks.
        values: The values that count as places.
    """

    def __init__(self, lexicon: Lexicon, values: Collection[str]) -> None:
        self._values = frozenset(values)
        kinds = dict.fromkeys(lexicon.clause_breaks, "break")
        kinds.update((signpost.phrase, signpost.kind) for signpost in lexicon.signposts)
        self._kinds = list(kinds.values())
        self._signposts = PhraseMatcher(kinds)
        self._in_sentence = Remembering(self._find)

    def items(self, view: ReportView) -> dict[int, Items]:
        """By index of the sentence; sentences with nothing of interest are left out."""
        spans: dict[int, dict[tuple[int, int], list[Mention]]] = defaultdict(dict)
        any_key = False
        for mention in view.mentions:
            if mention.status is not None or mention.entity in self._values:
                spans[mention.sentence].setdefault((mention.start, mention.end), []).append(mention)
                any_key |= mention.status is not None
        if not any_key:
            return {}
        text, found = view.report.text, {}
        for sentence in view.sentences:
            at, named = sentence.start, sorted(spans.get(sentence.index, _NOTHING).items())
            words = tuple((start - at, end - at, *_meaning(mentions)) for (start, end), mentions in named)
            items = self._in_sentence(text[at : sentence.end], words)
            if items.found or items.marks or items.breaks:
                found[sentence.index] = items.with_mentions([mentions for _, mentions in named])
        return found

    def _find(self, sentence: str, named: tuple[_Named, ...]) -> Items:
        """The items of a sentence without their mentions."""
        items = Items([_item(row, words) for row, words in enumerate(named)])
        first_head = min((item.start for item in items.found if isinstance(item, Head)), default=None)
        at_start = {item.start: item for item in items.found}
        reached = list(accumulate((words[1] for words in named), max))
        for start, end, number in self._signposts.find(sentence):
            kind = self._kinds[number]
            if kind == "nothing":
                continue
            at = bisect_left(named, (end,))
            if at and reached[at - 1] > start:  # the schema's own words say more
                _own_word(kind, start, at_start.get(named[at - 1][0]))
            elif kind == "break":
                items.breaks.append(start)
            elif kind in _HEADS:
                if kind == "placed" and first_head is not None and first_head < start:
                    continue
                items.found.append(Head(start, end, _HEADS[kind]))
                first_head = start if first_head is None else min(first_head, start)
            elif kind in _PLACES:
                items.found.append(Place(start, end, _PLACES[kind]))
            else:
                items.marks.append((start, end, kind))
        items.found = _without_adjectives(sentence, items)
        items.found = without_touched(sentence, items)
        return items


def _own_word(kind: str, start: int, item: Head | Place | None) -> None:
    """What a word inside the words of a place says of it."""
    if isinstance(item, Place):
        item.led |= kind == "in" and start == item.start
        item.level |= kind == "level"
        item.both |= kind == "both"


def _meaning(mentions: Sequence[Mention]) -> tuple[bool, tuple[str, ...]]:
    """Whether words name a key, and the values that they name."""
    values = tuple(mention.entity for mention in mentions if mention.status is None)
    return len(values) < len(mentions), values


def _item(row: int, named: _Named) -> Head | Place:
    start, end, is_key, values = named
    place = Place(start, end, "named", frozenset(values), row=row)
    return Head(start, end, "key", (), [place] if values else [], row) if is_key else place


def _without_adjectives(text: str, items: Items) -> list[Head | Place]:
    """Without words for a finding before that stand at a finding's own name: "the largest nodule"."""
    found = sorted(items.found, key=lambda item: item.start)
    return [
        item
        for item, behind in zip_longest(found, found[1:])
        if not (
            isinstance(item, Head)
            and item.kind == "same"
            and isinstance(behind, Head)
            and behind.kind != "same"
            and _BARE.fullmatch(text, item.end, behind.start)
            and not {"is", "means"}.intersection(items.marked(item.end, behind.start))
        )
    ]
