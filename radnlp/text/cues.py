"""Cues of the lexicon found in a sentence; of overlapping ones the longest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from radnlp.records import CueRule
from radnlp.text.phrases import Candidate, PhraseAutomaton, all_spelled, longest, token_count
from radnlp.text.spelling import SpelledText
from radnlp.text.tokens import split_tokens


class FoundCue(NamedTuple):
    """A cue in a folded text: its offsets there and the number of its rule."""

    start: int
    end: int
    rule: int


class _Conditioned(NamedTuple):
    """A rule that needs certain words behind its own."""

    rule: int
    condition: re.Pattern[str]


class CueMatcher:
    """Finds the cues of a lexicon.

    A cue starts and ends at a token (radnlp.text.tokens), so "no" is not in "nodule", but 없 is in "없음". Of
    overlapping cues the one with more tokens wins, of equal ones the first in the text, as in medspaCy. Of two rules
    with the same words and the same condition the later one counts.

    Attributes:
        behaviours: What the rules do, each once, without words: thousands of rules differ in nothing else.
        behaviour: Of each rule the number of its behaviour.
        literals: Of each rule its words.
    """

    def __init__(self, rules: Iterable[CueRule]) -> None:
        numbered = distinct_rules(rules)
        known: dict[CueRule, int] = {}
        # Plain numbers and strings only: a record a rule would be looked at by every run of the garbage collector.
        self.behaviour = [
            known.setdefault(replace(rule, literal="", pattern=None, followed_by=None), len(known)) for rule in numbered
        ]
        self.behaviours = tuple(known)
        self.literals = [rule.literal for rule in numbered]
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._conditioned: dict[str, list[_Conditioned]] = {}
        plain: dict[str, int] = {}
        for number, (rule, words) in enumerate(zip(numbered, all_spelled(self.literals), strict=True)):
            if rule.pattern is not None:
                self._patterns.append((re.compile(rule.pattern, re.IGNORECASE), number))
            elif rule.followed_by is not None:
                condition = _Conditioned(number, re.compile(rule.followed_by, re.IGNORECASE))
                self._conditioned.setdefault(words, []).append(condition)
            else:
                plain[words] = number
        self._words = list(dict.fromkeys((*plain, *self._conditioned)))
        self._plain = [plain.get(words, -1) for words in self._words]
        self._lengths = [token_count(words) for words in self._words]
        self._conditions = {
            which: self._conditioned[words] for which, words in enumerate(self._words) if words in self._conditioned
        }
        self._automaton = PhraseAutomaton(self._words)

    @property
    def rules(self) -> tuple[CueRule, ...]:
        """The rules that are looked for, those with the same words and condition once."""
        patterns = {number: pattern.pattern for pattern, number in self._patterns}
        conditions = {found.rule: found.condition.pattern for rows in self._conditions.values() for found in rows}
        return tuple(
            replace(
                self.behaviours[self.behaviour[number]],
                literal=literal,
                pattern=patterns.get(number),
                followed_by=conditions.get(number),
            )
            for number, literal in enumerate(self.literals)
        )

    def words(self, text: SpelledText) -> list[tuple[int, int, int]]:
        """Folded start and end and the number of all words that may be cues, for :meth:`find`."""
        return self._automaton.matches(text)

    def patterns(self, folded: str) -> list[tuple[re.Pattern[str], int]]:
        """The patterns that match anywhere in a folded text, with the numbers of their rules, for :meth:`find`."""
        return [(pattern, number) for pattern, number in self._patterns if pattern.search(folded)]

    def find(
        self,
        folded: str,
        words: Sequence[tuple[int, int, int]],
        patterns: Sequence[tuple[re.Pattern[str], int]],
        start: int,
        end: int,
    ) -> list[FoundCue]:
        """The cues of a sentence in text order, none overlapping another.

        Args:
            folded: The folded text.
            words: What :meth:`words` found in it.
            patterns: What :meth:`patterns` found in it.
            start: Where the sentence starts in it.
            end: Where it ends.
        """
        candidates: list[Candidate] = []
        for first, last, which in words[bisect_left(words, (start,)) : bisect_left(words, (end,))]:
            if last > end:
                continue
            rule = self._plain[which]
            for conditioned in self._conditions.get(which, ()):  # what has a condition says more than the words alone
                if conditioned.condition.match(folded, last, end):
                    rule = conditioned.rule
                    break
            if rule >= 0:
                candidates.append((first, -last, rule, self._lengths[which]))
        for pattern, number in patterns:
            for match in pattern.finditer(folded, start, end):
                if match[0]:
                    candidates.append((match.start(), -match.end(), number, len(split_tokens(match[0])[0])))
        return [FoundCue(*found) for found in longest(candidates)]


def distinct_rules(rules: Iterable[CueRule]) -> tuple[CueRule, ...]:
    """The rules without those whose words a later rule has: at one place only one cue acts."""
    given = tuple(rules)
    spelled = all_spelled([rule.literal for rule in given])
    by_words = {(words, rule.followed_by, rule.pattern): rule for words, rule in zip(spelled, given, strict=True)}
    return tuple(by_words.values())
