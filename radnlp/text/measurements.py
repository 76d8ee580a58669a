"""Sizes tied to the findings they measure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from radnlp.records import EvidenceSpan, Lexicon, Measurement, Mention, Sentence
from radnlp.text.folding import fold
from radnlp.text.recurring import Remembering
from radnlp.text.size_words import SizeWords, any_of
from radnlp.text.sizes import Size, SizeFinder, likely_places
from radnlp.text.spelling import spell
from radnlp.text.subjects import Row, Subject, SubjectFinder, first_behind, last_before

#: How far a size may stand before its noun, and "the largest" before its size, in characters.
_REACH, _FAR = 80, 160
_TOUCHING = re.compile(r"[가-힣]{0,2}[\s(:\-]*")  # a particle or a bracket
_SIGN = re.compile(r"[^\w\s,+/'.\-]")
_WORD = re.compile(r"[^\W_]+")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}|[a-z]")
_RowBefore = Callable[[], Row | None]


class MeasurementFinder:
    """Finds the sizes of a report and ties each to the mention of a key that it measures, or to none.

    A size belongs to the noun it stands before ("8 mm solid nodule"), else to what was named last in its clause, else,
    when its words go on about something ("the largest measures 8 mm", "It measures 8 mm."), to what was named last
    before, at most one sentence back and not across sections. Where that is a denied finding, or something without a
    key (a lymph node, the aorta), the size belongs to no finding.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.measurement_words
        self._sizes = SizeFinder(SizeWords(words))
        self._subjects = SubjectFinder(lexicon)
        folded = [(fold(word.phrase).text, word.meaning) for word in words]
        self._largest = any_of(phrase for phrase, meaning in folded if meaning == "largest")
        self._joins = any_of(phrase for phrase, meaning in folded if meaning == "joins")
        self._prepositions = any_of(phrase for phrase, meaning in folded if meaning == "preposition")
        self._small_words = frozenset(
            word
            for phrase, meaning in folded
            if meaning in ("preposition", "filler", "article", "joins")
            for word in phrase.split()
        )
        self._in_sentence = Remembering(self._find)

    def find(
        self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Mapping[str, tuple[Measurement, ...]]:
        """Entity key -> its measurements, in text order.

        Args:
            text: The report text.
            sentences: Its sentences, in text order, ``index`` counting from 0.
            mentions: Its mentions; sizes are tied to those that are present or uncertain and count.
        """
        if not any(mention.status in ("present", "uncertain") for mention in mentions):
            return {}
        sizes = self._sizes_by_sentence(text, sentences)
        if not sizes:
            return {}
        rows = self._subjects.rows(text, [sentences[number] for number in sizes], mentions)

        def row_before(number: int) -> Row | None:
            """That of the sentence before in the same section; few sizes ask for it."""
            before = self._subjects.rows(text, sentences[number - 1 : number], mentions).get(number - 1)
            return before if before and before.section == rows[number].section else None

        found: dict[str, list[Measurement]] = defaultdict(list)
        for number, sizes_here in sizes.items():
            row = rows[number]
            for size, subject, rule, reference in self._tied(row, partial(row_before, number), sizes_here):
                for mention in subject.mentions:
                    found[mention.entity].append(self._measurement(text, row, size, mention, rule, reference))
        return {entity: tuple(measurements) for entity, measurements in found.items()}

    def _sizes_by_sentence(self, text: str, sentences: Sequence[Sentence]) -> dict[int, list[Size]]:
        found: dict[int, list[Size]] = {}
        ends = [sentence.end for sentence in sentences]
        likely = sorted({bisect_right(ends, at) for at in likely_places(text)})
        for sentence in (sentences[number] for number in likely if number < len(sentences)):
            if sizes := self._in_sentence(text[sentence.start : sentence.end]):
                found[sentence.index] = sizes
        return found

    def _find(self, sentence: str) -> list[Size]:
        folded = spell(sentence).folded.text
        return self._sizes.find(folded, 0, len(folded))

    def _tied(self, row: Row, before: _RowBefore, sizes: list[Size]) -> Iterator[tuple[Size, Subject, str, int]]:
        """Each size with its subject, how it was tied to it, and from where on "the largest" may stand."""
        free = 0
        for run in _runs(sizes):
            for size, (subject, rule) in zip(run, self._ties(row, run, free), strict=True):
                reference = max(free, row.clause(size.start)[0])
                if subject is None:
                    continue
                first = min(subject.start, size.start)
                earlier = last_before(row.named, first)
                reference = max(reference, earlier.end if earlier else 0, size.start - _FAR)
                if subject.kind == "back":
                    resolved, where = self._resolved(row, before, subject.start)
                    subject, rule = resolved, f"{rule}, which goes back to {where}"
                if subject and "not_a_size" not in (*size.before, *size.after):
                    yield size, subject, rule, reference
            free = run[-1].last

    def _ties(self, row: Row, run: list[Size], free: int) -> Sequence[tuple[Subject | None, str]]:
        """For each size of a list of sizes the subject it is said of; one of kind ``back`` where it goes on."""
        text = row.text
        first, last = run[0], run[-1]
        start, end = row.clause(first.start)
        left = last_before(row.plain, first.first, start=start)
        touching = last_before(row.subjects, first.first, start=start)
        if touching and not _TOUCHING.fullmatch(text, touching.end, first.first):
            touching = None
        right = first_behind(row.subjects, last.last, end=end)
        article = _has_article(first)
        told = "dimension" in first.before and not article
        if right and not told and self._stands_before(text, last.last, right.start, commas=article or left is None):
            if not touching or article:
                return [(right, "size before the words")] * len(run)
            if len(run) > 1:
                return [(touching, "size behind the words")] * (len(run) - 1) + [(right, "size before the words")]
        left = touching or left
        if left:
            return [(left, "size behind the words")] * len(run)
        if self._goes_on(row, first, last, free, told=told, article=article):
            return [(Subject(start, start, "back"), "size without a word of its own")] * len(run)
        near = right is not None and right.start - last.last <= _REACH
        if right and near and not self._joins.search(text, last.last, right.start):
            return [(right, "size before the words in the clause")] * len(run)
        return [(None, "")] * len(run)

    def _stands_before(self, text: str, start: int, end: int, *, commas: bool) -> bool:
        """Whether only adjectives and places stand between a size and a noun."""
        return (
            end - start <= _REACH
            and not _SIGN.search(text, start, end)
            and (commas or "," not in text[start:end])
            and not self._joins.search(text, start, end)
            and not self._prepositions.search(text, start, end)
        )

    def _goes_on(self, row: Row, first: Size, last: Size, free: int, *, told: bool, article: bool) -> bool:
        """Whether a size stands for itself, with a place at most: "8 mm in the RUL.", "Diameter: 8 mm."."""
        text = row.text
        start, end = row.clause(first.start)
        start = max(start, free)
        if article or first.first - start > _REACH:
            return False
        for word in _WORD.finditer(text, start, first.first):
            if not (
                word[0] in self._small_words
                or _LIST_NUMBER.fullmatch(word[0])
                or row.names_a_value(word.start(), word.end())
            ):
                return False
        end = min(end, last.last + _REACH)
        behind = _WORD.search(text, last.last, end)
        signs = text[last.last : behind.start() if behind else end].strip()
        return told or not behind or bool(signs) or behind[0] in self._small_words or behind.start() == last.last

    def _resolved(self, row: Row, row_before: _RowBefore, at: int) -> tuple[Subject | None, str]:
        found = last_before(row.named, at)
        before = None if found else row_before()
        if before is None:
            return found, "the words before"
        return (before.named[-1] if before.named else None), "the sentence before"

    def _measurement(self, text: str, row: Row, size: Size, mention: Mention, rule: str, reference: int) -> Measurement:
        start, end = row.original(size.start, size.end)
        qualifier = size.qualifier
        alone = qualifier != "previous" and size.joint != "list"
        if alone and self._largest.search(row.text, reference, size.start):
            qualifier = "largest"
        return Measurement(
            mm=size.mm,
            range=size.range,
            qualifier=qualifier,
            evidence=EvidenceSpan(start=start, end=end, text=text[start:end]),
            mention=EvidenceSpan(start=mention.start, end=mention.end, text=text[mention.start : mention.end]),
            rule=rule,
        )


def _runs(sizes: list[Size]) -> Iterator[list[Size]]:
    """Sizes that one list holds ("5 and 8 mm") go together."""
    run = sizes[:1]
    for size in sizes[1:]:
        if size.joint != "list":
            yield run
            run = []
        run.append(size)
    yield run


def _has_article(size: Size) -> bool:
    """Whether "a", "an" or "another" stands before it with nothing else but how exact it is: its noun follows."""
    for meaning in size.before:
        if meaning == "article":
            return True
        if meaning in ("dimension", "filler"):
            return False
    return False
