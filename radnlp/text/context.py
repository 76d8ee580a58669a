"""The status engine ``native``: ConText over compiled cues, without a Doc and in time linear in the text.

It decides as medspaCy's ConText does on the same rules, with one difference: a cue that may end another's scope ends it
wherever it stands in it, while medspaCy compares the two scopes and takes one that lies inside the other, or side by
side with it, for apart.

Source: the algorithm is ConText (Harkema et al., J Biomed Inform 2009;42:839); scopes, pruning and ``terminated_by``
after medspaCy (Eyre et al., AMIA Annu Symp Proc 2021;2021:438).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from radnlp.records import Cue, CueCategory, CueRule
from radnlp.text.cues import CueMatcher, FoundCue
from radnlp.text.folding import FoldedText, fold
from radnlp.text.recurring import Remembering
from radnlp.text.spelling import spell
from radnlp.text.tokens import some_tokens

Target = tuple[int, int, str]
_Answer = tuple[tuple[Cue, ...], list[list[int]]]


class NativeContext:
    """Finds the cues that act on targets.

    Args:
        rules: The cues; compiled once.
    """

    def __init__(self, rules: Iterable[CueRule]) -> None:
        self._matcher = CueMatcher(rules)
        self._rules = self._matcher.behaviours
        self._kinds = [_kind(rule) for rule in self._rules]
        self._ended_by = [
            frozenset(number for number, kind in enumerate(self._kinds) if _ends(kind, rule)) for rule in self._rules
        ]
        self._acting = [rule.direction not in ("terminate", "pseudo") for rule in self._rules]
        self._reach = [None if rule.max_scope is None else some_tokens(rule.max_scope) for rule in self._rules]
        self._in_sentence = Remembering(self._find)

    def __reduce__(self) -> tuple[type[NativeContext], tuple[tuple[CueRule, ...]]]:
        """For a spawned process: compiled again from the rules."""
        return type(self), (self._matcher.rules,)

    def cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]:
        """The cues of each target, in the targets' order, each target's in text order.

        Args:
            text: The report text.
            start: Where the sentence starts.
            end: Where it ends.
            targets: Start, end and entity id, inside the sentence and in text order.
        """
        known, acting = self._in_sentence(
            text[start:end], tuple((first - start, last - start, entity) for first, last, entity in targets)
        )
        cues = [_moved(cue, start) for cue in known] if start else known
        return [tuple(cues[row] for row in rows) for rows in acting]

    def _find(self, words: str, targets: tuple[Target, ...]) -> _Answer:
        """The cues of a sentence, by offsets from its start, and for each target the rows of those that act on it."""
        text = spell(words)
        folded = text.folded
        found = self._matcher.find(text)
        cues: list[Cue] = []
        acting: list[list[int]] = [[] for _ in targets]
        if found:
            sentence = _Sentence(folded.text)
            places = _Places([folded.folded(*target[:2]) for target in targets])
            for row, cue in enumerate(found):
                behaviour = self._matcher.behaviour[cue.rule]
                if not self._acting[behaviour]:
                    continue
                rule = self._rules[behaviour]
                scope = self._scope(sentence, found, row)
                hit = [at for at in places.touching(scope, cue) if _allows(rule, targets[at][2])]
                if rule.max_targets is not None:
                    hit = places.nearest(hit, cue, rule.max_targets)
                if hit:
                    for at in hit:
                        acting[at].append(len(cues))
                    cues.append(self._record(words, folded, cue, scope))
        return tuple(cues), acting

    def _scope(self, sentence: _Sentence, found: Sequence[FoundCue], row: int) -> tuple[int, int]:
        """Where a cue acts: up to the next cue that ends it, its reach, or the end of the sentence."""
        cue = found[row]
        behaviours = self._matcher.behaviour
        behaviour = behaviours[cue.rule]
        rule, ended_by, reach = self._rules[behaviour], self._ended_by[behaviour], self._reach[behaviour]
        first, last = cue.start, cue.end
        if rule.direction != "backward":
            last = len(sentence.text) if reach is None else sentence.ahead(cue.end, reach)
            for other in range(row + 1, len(found)):
                if found[other].start >= last:
                    break
                if behaviours[found[other].rule] in ended_by:
                    last = found[other].start
                    break
        if rule.direction != "forward":
            first = 0 if reach is None else sentence.behind(cue.start, reach)
            for other in range(row - 1, -1, -1):
                if found[other].end <= first:
                    break
                if behaviours[found[other].rule] in ended_by:
                    first = found[other].end
                    break
        if rule.direction == "forward":
            first = cue.end
        elif rule.direction == "backward":
            last = cue.start
        return first, last

    def _record(self, text: str, folded: FoldedText, cue: FoundCue, scope: tuple[int, int]) -> Cue:
        rule = self._rules[self._matcher.behaviour[cue.rule]]
        start, end = folded.original(cue.start, cue.end)
        first, last = _without_spaces(folded.text, *scope)
        first, last = folded.original(first, last)
        return Cue(
            start=start,
            end=end,
            text=text[start:end],
            category=rule.category,
            direction=rule.direction,
            literal=fold(self._matcher.literals[cue.rule]).text,
            scope=(first, last),
        )


class _Sentence:
    """A folded sentence, read forth and back by tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._backwards: str | None = None

    def ahead(self, at: int, tokens: re.Pattern[str]) -> int:
        """The offset after some tokens from ``at`` on."""
        found = tokens.match(self.text, at)
        return found.end() if found else at

    def behind(self, at: int, tokens: re.Pattern[str]) -> int:
        """The offset before some tokens up to ``at``."""
        if self._backwards is None:
            self._backwards = self.text[::-1]
        size = len(self.text)
        found = tokens.match(self._backwards, size - at)
        return size - found.end() if found else at


class _Places:
    """Folded intervals of the targets in text order."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._reached = list(accumulate((end for _, end in spans), max))

    def touching(self, scope: tuple[int, int], cue: FoundCue) -> list[int]:
        """The numbers of the targets that overlap the scope, and not the cue itself."""
        return [
            at
            for at in range(bisect_right(self._reached, scope[0]), bisect_left(self._starts, scope[1]))
            if self._spans[at][1] > scope[0] and not _touch(self._spans[at], cue)
        ]

    def nearest(self, numbers: Sequence[int], cue: FoundCue, count: int) -> list[int]:
        """The ``count`` of them next to the cue, in text order."""
        spans = self._spans
        by_distance = sorted(numbers, key=lambda at: min(abs(cue.start - spans[at][1]), abs(spans[at][0] - cue.end)))
        return sorted(by_distance[:count])


def _moved(cue: Cue, by: int) -> Cue:
    """The cue of a sentence that begins ``by`` characters further on."""
    return Cue(
        start=cue.start + by,
        end=cue.end + by,
        text=cue.text,
        category=cue.category,
        direction=cue.direction,
        literal=cue.literal,
        scope=(cue.scope[0] + by, cue.scope[1] + by),
    )


def _touch(target: tuple[int, int], cue: FoundCue) -> bool:
    """Whether they share characters: a cue in the words of a target says nothing of it."""
    return target[0] < cue.end and cue.start < target[1]


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """Folded text has no two spaces in a row."""
    return start + (text[start] == " "), end - (text[end - 1] == " ")


_Kind = tuple[CueCategory, bool, tuple[str, ...], tuple[str, ...]]


def _kind(rule: CueRule) -> _Kind:
    """What decides whether a cue ends the scope of another."""
    return rule.category, rule.direction == "terminate", rule.allowed_types, rule.excluded_types


def _ends(kind: _Kind, rule: CueRule) -> bool:
    category, terminates, allowed, excluded = kind
    if category == rule.category:
        return (allowed, excluded) == (rule.allowed_types, rule.excluded_types)
    return terminates or category in rule.terminated_by


def _allows(rule: CueRule, entity: str) -> bool:
    if rule.allowed_types:
        return entity in rule.allowed_types
    return entity not in rule.excluded_types
