"""What a sentence speaks of: the mentions of keys, other things with sizes of their own, and words that refer back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from radnlp.records import Lexicon, Mention, Sentence
from radnlp.text.folding import FoldedText, fold
from radnlp.text.phrases import PhraseMatcher
from radnlp.text.recurring import Remembering
from radnlp.text.spelling import spell

SubjectKind = Literal["key", "other", "back"]

_KINDS: Mapping[str, SubjectKind] = {
    "other_finding": "other",
    "other_place": "other",
    "other_subject": "other",
    "same_finding": "back",
    "refers_back": "back",
}
#: Where to look for the words that make a landmark of what follows: characters, words of such a phrase, words between.
_WINDOW, _LONGEST, _BETWEEN = 40, 3, 2


@dataclass(frozen=True, slots=True)
class Subject:
    """What a size may belong to; offsets are those of the folded sentence.

    Attributes:
        kind: ``key``: mentions that are asserted and count; ``other``: anything else, whose sizes are its own, a
            denied finding too; ``back``: means the subject before it.
        landmark: Only tells where something else is ("adjacent to the aorta").
    """

    start: int
    end: int
    kind: SubjectKind
    mentions: tuple[Mention, ...] = ()
    landmark: bool = False


@dataclass(slots=True)
class Row:
    """A sentence, folded; all offsets are those of its folded text.

    Attributes:
        at: Where it starts in the report.
        clauses: Where its clauses begin.
        subjects: In text order, none overlapping another.
        plain: Those that are no landmarks.
        named: Those of them that do not mean another one.
        values: Where values (locations) are named.
    """

    folded: FoldedText
    at: int
    section: str | None
    clauses: list[int]
    subjects: list[Subject]
    values: list[tuple[int, int]]
    plain: list[Subject] = field(init=False)
    named: list[Subject] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = [subject for subject in self.subjects if not subject.landmark]
        self.named = [subject for subject in self.plain if subject.kind != "back"]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def original(self, start: int, end: int) -> tuple[int, int]:
        """An interval by its offsets in the report."""
        start, end = self.folded.original(start, end)
        return self.at + start, self.at + end

    def clause(self, at: int) -> tuple[int, int]:
        """The clause that holds an offset."""
        number = max(bisect_right(self.clauses, at), 1)
        return self.clauses[number - 1], self.clauses[number] if number < len(self.clauses) else len(self.text)

    def names_a_value(self, start: int, end: int) -> bool:
        """Whether the words of an interval belong to a value."""
        number = bisect_right(self.values, (start, len(self.text)))
        return number > 0 and end <= self.values[number - 1][1]


def last_before(subjects: Sequence[Subject], at: int, *, start: int = 0) -> Subject | None:
    """The last subject that ends at or before an offset and begins at or behind ``start``."""
    number = bisect_right(subjects, at, key=lambda subject: subject.end)
    return subjects[number - 1] if number and subjects[number - 1].start >= start else None


def first_behind(subjects: Sequence[Subject], at: int, *, end: int) -> Subject | None:
    """The first subject that begins at or behind an offset and before ``end``."""
    number = bisect_left(subjects, at, key=lambda subject: subject.start)
    return subjects[number] if number < len(subjects) and subjects[number].start < end else None


class SubjectFinder:
    """Finds the subjects of sentences by the signposts and measurement words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words: Iterable[tuple[str, str]] = (
            *((sign.phrase, sign.kind) for sign in lexicon.signposts),
            *((word.phrase, word.meaning) for word in lexicon.measurement_words),
        )
        others: dict[str, SubjectKind | Literal["break"] | None] = {
            phrase: _KINDS.get(kind) for phrase, kind in words if kind in _KINDS or kind == "nothing"
        }
        others.update(dict.fromkeys(lexicon.clause_breaks, "break"))
        self._others = PhraseMatcher(others)
        self._kinds: tuple[SubjectKind | Literal["break"] | None, ...] = tuple(others.values())
        self._landmarks = frozenset(
            fold(word.phrase).text for word in lexicon.measurement_words if word.meaning == "landmark"
        )
        self._in_sentence = Remembering(self._find)
        self._landmark = Remembering(self._is_landmark)

    def rows(self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Row]:
        """The rows of sentences, by index.

        Args:
            text: The report text.
            sentences: Those wanted, in text order.
            mentions: All of the report.
        """
        spans: dict[int, dict[tuple[int, int], list[Mention]]] = {sentence.index: {} for sentence in sentences}
        for mention in mentions:
            if mention.sentence in spans and mention.start < mention.end:
                spans[mention.sentence].setdefault((mention.start, mention.end), []).append(mention)
        return {
            sentence.index: self._row(text, sentence, spans[sentence.index])
            for sentence in sentences
            if sentence.start < sentence.end
        }

    def _row(self, text: str, sentence: Sentence, spans: Mapping[tuple[int, int], Sequence[Mention]]) -> Row:
        at = sentence.start
        words = text[at : sentence.end]
        folded = spell(words).folded
        clauses, others = self._in_sentence(words)
        subjects, values = list(others), []
        for (start, end), named in spans.items():
            first, last = folded.folded(start - at, end - at)
            keys = tuple(mention for mention in named if mention.status is not None)
            if not keys:
                values.append((first, last))
                continue
            counted = tuple(m for m in keys if m.status in ("present", "uncertain") and m.excluded is None)
            kind: SubjectKind = "key" if counted else "other"
            subjects.append(Subject(first, last, kind, counted, self._landmark(folded.text, first)))
        return Row(folded, at, sentence.section, clauses, _apart(subjects), sorted(values))

    def _find(self, sentence: str) -> tuple[list[int], list[Subject]]:
        """Where the clauses of a sentence begin, and its subjects that are no mentions."""
        text = spell(sentence)
        clauses, subjects = [0], []
        for first, last, number in self._others.find_folded(text):
            kind = self._kinds[number]
            if kind == "break":
                clauses += [first] if first else []
            elif kind is not None:
                subjects.append(Subject(first, last, kind, (), self._is_landmark(text.folded.text, first)))
        return clauses, subjects

    def _is_landmark(self, text: str, start: int) -> bool:
        """Whether "adjacent to", "near" or the like stands before it, with an article or side in between at most."""
        words = text[max(0, start - _WINDOW) : start].split()
        return any(
            " ".join(words[max(0, end - length) : end]) in self._landmarks
            for end in range(len(words), max(0, len(words) - _BETWEEN - 1), -1)
            for length in range(1, _LONGEST + 1)
        )


def _apart(subjects: list[Subject]) -> list[Subject]:
    """In text order, without those that overlap a mention of a key or an earlier subject."""
    apart: list[Subject] = []
    for subject in sorted(subjects, key=lambda found: (found.start, not found.mentions)):
        if not apart or subject.start >= apart[-1].end:
            apart.append(subject)
        elif subject.mentions and not apart[-1].mentions:
            apart[-1] = subject
    return apart
