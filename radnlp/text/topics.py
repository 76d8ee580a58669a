"""What a sentence speaks of: whether a lesion's word means one of another organ.

"肝S5に結節を認めます。内部は均一です。" speaks of the liver in both sentences. An organ stands before its lesion, or in
a sentence before; in the list of organs that stands nearest, one of the schema's own region is enough.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from radnlp.records import Sentence, TermMatch, Topic
from radnlp.text.phrases import PhraseMatcher

#: What stands between the members of a list of organs, the ends of their names included ("臓", "野").
_LIST = re.compile(r"[^\s、,。]{0,3}(?:[、,・/／と]|や|および|及び|ならびに|並びに)?[^\s、,。にはをがのも]{0,3}")
#: A verb in its joining form and a comma: what stands before it is another statement.
_CLAUSE_END = re.compile("[りてしくずめがばれき][、,]")
#: No list of organs is longer, and no clause that an organ opens.
_MOST, _REACH = 20, 200


class TopicFinder:
    """Tells which matches are of another organ.

    Args:
        topics: Those of the lexicon; without any, no match is.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        rows = tuple(topics)
        self._keys = [frozenset(topic.keys) for topic in rows]
        self._words = PhraseMatcher([topic.phrase for topic in rows]) if rows else None

    def elsewhere(
        self, text: str, sentences: Sequence[Sentence], matches: Sequence[TermMatch]
    ) -> frozenset[tuple[int, str]]:
        """Start and entity of each match that means a lesion of another organ.

        The organ stands before the match in its clause, else behind it in its sentence. Without any, a match means what
        the same entity meant last in the report; and where it was not named, it belongs to the organ named last.

        Args:
            text: The report text.
            sentences: Its sentences, in text order.
            matches: Its terms, in text order.
        """
        if self._words is None:
            return frozenset()
        found = [(start, end, self._keys[number]) for start, end, number in self._words.find(text)]
        if not any(keys for _, _, keys in found):
            return frozenset()
        starts = [start for start, _, _ in found]
        latest: dict[str, bool] = {}
        other: set[tuple[int, str]] = set()
        for match in matches:
            sentence = sentences[match.sentence]
            first, last = bisect_left(starts, sentence.start), bisect_right(starts, match.start)
            if first < last and _CLAUSE_END.search(text, max(found[last - 1][1], match.start - _REACH), match.start):
                first = last
            if first == last < bisect_left(starts, sentence.end):
                first, last = last, last + 1
            for entity in match.entities:
                if first < last:
                    is_other = self._is_other(text, found, first, last, entity)
                elif entity in latest:
                    is_other = latest[entity]
                else:
                    is_other = last > 0 and self._is_other(text, found, 0, last, entity)
                latest[entity] = is_other
                if is_other:
                    other.add((match.start, entity))
        return frozenset(other)

    def _is_other(
        self, text: str, found: Sequence[tuple[int, int, frozenset[str]]], first: int, last: int, entity: str
    ) -> bool:
        """Whether all organs of the list that ends before row ``last`` have lesions of their own by that name."""
        for row in range(last - 1, max(first, last - _MOST) - 1, -1):
            if row < last - 1 and not _LIST.fullmatch(text, found[row][1], found[row + 1][0]):
                break
            if entity not in found[row][2]:
                return False
        return True
