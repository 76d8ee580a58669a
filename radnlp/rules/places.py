"""The values of a report, by sentence, clause and list: where a key looks for its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from radnlp.api import ClauseSplitter, Mention, ReportView


@dataclass(frozen=True, slots=True)
class _List:
    """Values with nothing but commas and connectives between them."""

    start: int
    end: int
    values: tuple[Mention, ...]


class Places:
    """The values that one relation may point to in one report.

    Each sentence is looked at once, when its first key asks; a question then costs the logarithm of its values.

    Args:
        view: The report.
        allowed: Ids of the values.
        clauses: Splits sentences.
        glue: Matches what may stand between two members of a list.
    """

    def __init__(
        self, view: ReportView, allowed: Collection[str], clauses: ClauseSplitter, glue: re.Pattern[str]
    ) -> None:
        self._view = view
        self._clauses = clauses
        self._glue = glue
        self._values: dict[int, list[Mention]] = defaultdict(list)
        for mention in view.mentions:
            if mention.entity in allowed:
                self._values[mention.sentence].append(mention)
        self._lists: dict[int, list[_List]] = {}
        self._bounds: dict[int, list[int]] = {}

    def near(self, key: Mention) -> tuple[Mention, ...]:
        """The nearest value in the key's clause, with all the values of its list, in text order; none is possible."""
        number = key.sentence
        if number not in self._values:
            return ()
        if number not in self._lists:
            self._lists[number] = self._joined(self._values[number])
            sentence = self._view.sentences[number]
            clauses = self._clauses.split(self._view.report.text, sentence.start, sentence.end)
            self._bounds[number] = [start for start, _ in clauses]
        clause = self._clause(number, key.start)
        lists = self._lists[number]
        after = bisect_right(lists, key.start, key=lambda found: found.start)
        neighbours = [
            found for found in lists[max(0, after - 1) : after + 1] if self._clause(number, found.start) == clause
        ]
        if not neighbours:
            return ()
        return min(neighbours, key=lambda found: (_gap(key, found), found.start < key.start)).values

    def _clause(self, sentence: int, at: int) -> int:
        return bisect_right(self._bounds[sentence], at)

    def _joined(self, values: Sequence[Mention]) -> list[_List]:
        text = self._view.report.text
        lists: list[_List] = []
        members: list[Mention] = []
        for value in values:
            if members and not (
                value.start < members[-1].end or self._glue.fullmatch(text, members[-1].end, value.start)
            ):
                lists.append(_List(members[0].start, members[-1].end, tuple(members)))
                members = []
            members.append(value)
        return [*lists, _List(members[0].start, members[-1].end, tuple(members))]


def _gap(key: Mention, found: _List) -> int:
    return max(found.start - key.end, key.start - found.end, 0)
