"""Terms of the lexicon found in a text: one automaton over the folded text, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from radnlp.records import Sentence, Term, TermMatch
from radnlp.text.folding import fold

# The automaton takes UTF-8, which a lone surrogate cannot become; it stands in no term either.
_SURROGATE = re.compile("[\ud800-\udfff]")


class TermMatcher:
    """Finds the terms of a lexicon.

    A match is a whole word where the script has words: a Latin letter or digit may not touch it on either side, a
    Hangul particle or a kana ending may ("lesion은"). Matches lie inside one sentence and do not overlap: of all
    candidates the leftmost is taken, and of those the longest. A term without entities ("thyroid nodule") takes its
    words and gives no match.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = tuple(terms)
        named = {term.phrase: term.entities for term in self._terms}
        # All phrases folded at once: thousands of single calls would be a good part of loading a pipeline.
        folded = fold("\x00".join(named)).text.split("\x00") if named else []
        entities = {phrase: names for phrase, names in zip(folded, named.values(), strict=True) if phrase}
        self._phrases = tuple(entities)
        self._entities = tuple(entities.values())
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases) if self._phrases else None

    def __reduce__(self) -> tuple[type[TermMatcher], tuple[tuple[Term, ...]]]:
        """The automaton cannot be pickled (for a process that is spawned); it is built again from the terms."""
        return type(self), (self._terms,)

    def find(self, text: str, sentences: Sequence[Sentence]) -> tuple[TermMatch, ...]:
        """The matches in text order.

        Args:
            text: The report text.
            sentences: Its sentences, in text order.
        """
        if self._automaton is None:
            return ()
        folded = fold(text)
        words = _SURROGATE.sub("\ufffd", folded.text)
        candidates = [
            (start, -end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True)
            if not (start and _in_one_word(words[start - 1], words[start]))
            and not (end < len(words) and _in_one_word(words[end - 1], words[end]))
        ]
        candidates.sort()
        matches: list[TermMatch] = []
        taken, row = 0, 0
        for start, minus_end, number in candidates:
            if start < taken:
                continue
            first, last = folded.original(start, -minus_end)
            while row < len(sentences) and sentences[row].end <= first:
                row += 1
            if row == len(sentences):
                break
            if first < sentences[row].start or last > sentences[row].end:
                continue
            taken = -minus_end
            if self._entities[number]:
                matches.append(
                    TermMatch(start=first, end=last, entities=self._entities[number], sentence=sentences[row].index)
                )
        return tuple(matches)


def _in_one_word(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word of an alphabetic script."""
    return left < "\u1100" and right < "\u1100" and left.isalnum() and right.isalnum()
