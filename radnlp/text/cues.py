"""Cues of the lexicon found in a sentence; of overlapping ones the longest."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
        distinct = _distinct(rules)
        known: dict[tuple[object, ...], int] = {}
        # Plain numbers and strings only: a record a rule would be looked at by every run of the garbage collector.
        self.behaviour = [known.setdefault(_doing(rule), len(known)) for rule in distinct.values()]
        examples = dict(zip(self.behaviour, distinct.values(), strict=True))
        self.behaviours = tuple(
            replace(examples[number], literal="", pattern=None, followed_by=None) for number in range(len(known))
        )
        self.literals = [rule.literal for rule in distinct.values()]
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._conditioned: dict[str, list[_Conditioned]] = {}
        plain: dict[str, int] = {}
        for number, ((words, _, _), rule) in enumerate(distinct.items()):
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

    def find(self, text: SpelledText) -> list[FoundCue]:
        """The cues of a sentence in text order, none overlapping another."""
        folded = text.folded.text
        candidates: list[Candidate] = []
        for first, last, which in self._automaton.matches(text):
            rule = self._plain[which]
            for conditioned in self._conditions.get(which, ()):  # what has a condition says more than the words alone
                if conditioned.condition.match(folded, last):
                    rule = conditioned.rule
                    break
            if rule >= 0:
                candidates.append((first, -last, rule, self._lengths[which]))
        for pattern, number in self._patterns:
            for match in pattern.finditer(folded):
                if match[0]:
                    candidates.append((match.start(), -match.end(), number, len(split_tokens(match[0])[0])))
        return [FoundCue(*found) for found in longest(candidates)]


def distinct_rules(rules: Iterable[CueRule]) -> tuple[CueRule, ...]:
    """The rules without those whose words a later rule has: at one place only one cue acts."""
    return tuple(_distinct(rules).values())


def _distinct(rules: Iterable[CueRule]) -> dict[tuple[str, str | None, str | None], CueRule]:
    """The same by their words, as :func:`all_spelled` gives them, their condition and their pattern."""
    given = tuple(rules)
    spelled = all_spelled([rule.literal for rule in given])
    return {(words, rule.followed_by, rule.pattern): rule for words, rule in zip(spelled, given, strict=True)}


def _doing(rule: CueRule) -> tuple[object, ...]:
    """What a rule does, whatever its words."""
    return (
        rule.category,
        rule.direction,
        rule.max_scope,
        rule.max_targets,
        rule.allowed_types,
        rule.excluded_types,
        rule.terminated_by,
        rule.owner,
    )
