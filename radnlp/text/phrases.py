"""Fixed phrases found in a text: one automaton over its tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import ahocorasick_rs

from radnlp.records import Sentence
from radnlp.text.folding import fold
from radnlp.text.recurring import Remembering
from radnlp.text.spelling import OPEN, SpelledText, joined, spell
from radnlp.text.tokens import token_starts

# The automaton takes UTF-8, which a lone surrogate cannot become; it stands in no phrase either.
_SURROGATE = re.compile("[\ud800-\udfff]")

#: Start, end and number of a phrase.
Found = tuple[int, int, int]
#: Start, minus end, number and weight of a match; sorted, the first in the text and the longer come first.
Candidate = tuple[int, int, int, int]


def all_spelled(phrases: Sequence[str]) -> list[str]:
    """Phrases as they are matched: the tokens of their folded forms between signs; white space is no token.

    All at once: thousands of single calls would be a good part of loading a pipeline.

    >>> one, other = all_spelled(["변화 없", "변화없"])
    >>> one == other
    True
    """
    folded = fold("\x00".join(phrases)).text.split("\x00") if phrases else []
    return [joined(token_starts(phrase)[0]) for phrase in folded]


def token_count(spelled: str) -> int:
    """How many tokens a phrase has, as :func:`all_spelled` gives it."""
    return spelled.count(OPEN)


class PhraseAutomaton:
    """Finds every occurrence of some phrases in a text.

    Args:
        phrases: As :func:`all_spelled` gives them, all different.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._automaton = ahocorasick_rs.AhoCorasick(phrases) if phrases else None

    def matches(self, text: SpelledText) -> list[Found]:
        """Folded start and end and the number of every phrase in the text, sorted; they may overlap."""
        if self._automaton is None:
            return []
        words = text.spelled
        if not words.isascii():
            words = _SURROGATE.sub("\ufffd", words)
        tokens, starts, places = text.tokens, text.starts, text.places
        found = []
        for number, first, last in self._automaton.find_matches_as_indexes(words, overlapping=True):
            token = bisect_left(places, last) - 1
            found.append((starts[bisect_left(places, first)], starts[token] + len(tokens[token]), number))
        found.sort()
        return found


class PhraseMatcher:
    """Finds phrases in a report; of overlapping ones the one with more tokens, of equal ones the first.

    Args:
        phrases: As people write them; of two that fold to the same the later one counts.

    >>> PhraseMatcher(["same lobe", "lobe", "it"]).find("In the same  lobe with it")
    [(7, 17, 0), (23, 25, 2)]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)
        numbers = {words: number for number, words in enumerate(all_spelled(self._phrases)) if words}
        self._numbers = list(numbers.values())
        self._weights = [token_count(words) for words in numbers]
        self._automaton = PhraseAutomaton(list(numbers))
        self._in_sentence = Remembering(self.find)

    def __reduce__(self) -> tuple[type[PhraseMatcher], tuple[tuple[str, ...]]]:
        """The automaton cannot be pickled (for a process that is spawned); it is built again from the phrases."""
        return type(self), (self._phrases,)

    def find(self, text: str) -> list[Found]:
        """Start, end and number of each phrase in a text, in text order."""
        spelled = spell(text)
        original = spelled.folded.original
        return [(*original(first, last), number) for first, last, number in self.find_folded(spelled)]

    def by_sentence(self, text: str, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, list[Found]]]:
        """The same for sentences, in their order, with offsets of the text; those without any phrase are left out."""
        for sentence in sentences:
            at = sentence.start
            if found := self._in_sentence(text[at : sentence.end]):
                yield sentence, [(at + first, at + last, number) for first, last, number in found]

    def find_folded(self, text: SpelledText) -> list[Found]:
        """The same for a whole text, with offsets in its folded form."""
        return longest(
            [
                (first, -last, self._numbers[which], self._weights[which])
                for first, last, which in self._automaton.matches(text)
            ]
        )


def longest(candidates: list[Candidate]) -> list[Found]:
    """Of overlapping candidates the heaviest, of equal ones the first: start, end and number, in text order."""
    candidates.sort()
    taken: list[Found] = []
    row, count = 0, len(candidates)
    while row < count:
        start, minus_end, number, _ = candidates[row]
        reach, behind = -minus_end, row + 1
        while behind < count and candidates[behind][0] < reach:
            reach = max(reach, -candidates[behind][1])
            behind += 1
        if behind == row + 1:
            taken.append((start, reach, number))
        else:
            taken += _best(candidates[row:behind])
        row = behind
    return taken


def _best(cluster: Sequence[Candidate]) -> list[Found]:
    """Of matches that hang together the heaviest, and of the rest those that do not touch it."""
    kept: list[Found] = []
    for start, minus_end, number, _ in sorted(cluster, key=lambda candidate: (-candidate[3], candidate[0])):
        at = bisect_right(kept, (start, -minus_end, number))
        if not ((at and kept[at - 1][1] > start) or (at < len(kept) and kept[at][0] < -minus_end)):
            kept.insert(at, (start, -minus_end, number))
    return kept
