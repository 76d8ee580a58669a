"""What a sentence speaks of: the findings whose change is asked for, others, and words that stand for either."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from radnlp.api import Lexicon, Mention, PhraseMatcher, ReportView

SubjectKind = Literal["key", "other", "denied", "unnamed", "part", "back"]
_KINDS: Mapping[str, SubjectKind] = {
    "other_finding": "other",
    "other_place": "other",
    "unnamed_finding": "unnamed",
    "common_name": "unnamed",
    "finding_part": "part",
    "same_finding": "back",
}
#: "At the [resection margin]": only tells where the finding before it is.
_PLACING = re.compile(
    r"\b(?:at|in|along|around|near|within|abutting|adjacent to|into|to|of|from|surrounding|involving|next to)"
    r"(?: the| both| left| right| lateral| previous| prior| post)*[ -]*$",
    re.IGNORECASE,
)
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change may be said of.

    Attributes:
        kind: ``key``: mentions of the keys asked for; ``denied``: one that is said not to be there; ``other``: anything
            else that owns its changes; ``unnamed``: told by its looks; ``part``: of what was spoken of; ``back``: what
            was named before.
        mentions: Of a ``key``.
        entity: The key that it names, one asked for or not; "" for words that name none.
        placing: Whether it only tells where another one is.
    """

    start: int
    end: int
    kind: SubjectKind
    mentions: tuple[Mention, ...] = ()
    entity: str = ""
    placing: bool = False


@dataclass(slots=True)
class Row:
    """The subjects of a sentence in text order, and where its clauses begin after the first."""

    subjects: list[Subject] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def clause(self, at: int, end: int) -> tuple[int, int]:
        """The clause that holds an offset; ``end`` is that of the sentence."""
        number = bisect_right(self.breaks, at)
        return self.breaks[number - 1] if number else 0, self.breaks[number] if number < len(self.breaks) else end


class SubjectFinder:
    """Finds the subjects of every sentence by a schema's mentions and a lexicon's signposts.

    Args:
        lexicon: Its signposts and clause breaks.
        keys: The keys whose change is asked for.
    """

    def __init__(self, lexicon: Lexicon, keys: Collection[str]) -> None:
        self._keys = frozenset(keys)
        kinds: dict[str, SubjectKind | Literal["break"] | None] = dict.fromkeys(lexicon.clause_breaks, "break")
        kinds.update((sign.phrase, _KINDS.get(sign.kind)) for sign in lexicon.signposts)
        self._places = frozenset(sign.phrase for sign in lexicon.signposts if sign.kind == "other_place")
        self._phrases = list(kinds)
        self._kinds = list(kinds.values())
        self._signposts = PhraseMatcher(kinds)

    def rows(self, view: ReportView, asked: Collection[str]) -> dict[int, Row]:
        """By index of the sentence.

        Args:
            view: The report.
            asked: The keys that it has by stage one.
        """
        text = view.report.text
        rows: dict[int, Row] = defaultdict(Row)
        spans: dict[tuple[int, int, int], list[Mention]] = defaultdict(list)
        for mention in view.mentions:
            if mention.status is not None:
                spans[mention.start, mention.end, mention.sentence].append(mention)
        for (start, end, index), mentions in spans.items():
            rows[index].subjects.append(self._named(text, start, end, mentions, asked))
        taken = sorted((start, end) for start, end, _ in spans)
        reached = list(accumulate((end for _, end in taken), max))
        for sentence, found in self._signposts.by_sentence(text, view.sentences):
            for start, end, number in found:
                kind = self._kinds[number]
                if kind is None:
                    continue
                index = sentence.index
                placing = self._phrases[number] in self._places or _places(text, start)
                if kind == "break":
                    rows[index].breaks.append(start)
                elif not ((before := bisect_left(taken, (end,))) and reached[before - 1] > start):
                    rows[index].subjects.append(Subject(start, end, kind, placing=placing))
        for row in rows.values():
            row.subjects.sort(key=lambda subject: subject.start)
        return rows

    def _named(self, text: str, start: int, end: int, mentions: list[Mention], asked: Collection[str]) -> Subject:
        meant = tuple(
            mention
            for mention in mentions
            if mention.entity in self._keys
            and mention.entity in asked
            and mention.status != "absent"
            and mention.excluded is None
        )
        if meant:
            return Subject(start, end, "key", meant, meant[0].entity)
        gone = all(mention.status == "absent" or mention.excluded for mention in mentions)
        return Subject(start, end, "denied" if gone else "other", (), mentions[0].entity, _places(text, start))


def _places(text: str, start: int) -> bool:
    return _PLACING.search(text, max(0, start - _LOOK_BACK), start) is not None
