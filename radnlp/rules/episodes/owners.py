"""Whose words are those that name no key: "enhancing nodule", "the lesion", "surrounding oedema"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from radnlp.api import Mention, ReportView
from radnlp.rules.episodes.layout import Place
from radnlp.rules.episodes.subjects import Row, Subject

#: The mentions whose finding is meant; empty for something else that owns its changes; None when nothing tells.
Owner = tuple[Mention, ...] | None
OTHER: tuple[Mention, ...] = ()

#: What is inside a lesion does not name it, other than what it is "consistent with".
_WITH = re.compile(
    r"\b(?:(?<!consistent )(?<!compatible )(?<!keeping )with|containing|without|no|and|인한|동반)\b|동반", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Too frequent to tell one place from another.
_COMMON = frozenset(
    word
    for line in (
        "the and with for was are has had not since about area both left right size lesion lesions mass nodule nodules",
        "enhancing enhancement interval change mri previous increased decreased lobe small multiple noted seen",
        "병변 크기 변화 관찰됨 있음 보임 없음 검사 이전 비교",
    )
    for word in line.split()
)
#: Of so many sentences with a key the words are compared.
_COMPARED = 40


class Owners:
    """Resolves the subjects of one report.

    Args:
        view: The report.
        rows: Its subjects by sentence.
        places: Its layout.
        keys: The keys whose change is asked for.
    """

    def __init__(
        self, view: ReportView, rows: Mapping[int, Row], places: Mapping[int, Place], keys: Collection[str]
    ) -> None:
        self._text = view.report.text
        self._sentences = {sentence.index: sentence for sentence in view.sentences}
        named = [
            (index, subject)
            for index in sorted(rows)
            for subject in rows[index].subjects
            if subject.kind == "key" or (subject.kind == "other" and subject.entity)
        ]
        self._places = places
        self._keys = [subject for _, subject in named if subject.kind == "key"]
        self._seen = [subject for subject in self._keys if self._counts(subject)]
        self._alike = len({subject.entity for subject in self._keys}) == 1
        first: dict[tuple[int, str], Subject] = {}
        for index, subject in named:
            first.setdefault((index, subject.entity), subject)
        self._told = [(self._words(index), index, subject) for (index, _), subject in list(first.items())[:_COMPARED]]
        self._mixed = not self._alike or any(subject.kind == "other" for _, subject in named)
        self._item_keys: dict[int, list[Subject]] = {}
        self._item_others: dict[int, list[Subject]] = {}
        for index, subject in named:
            rows_of_kind = self._item_keys if subject.kind == "key" else self._item_others
            rows_of_kind.setdefault(places[index].item, []).append(subject)

    def default(self, at: int, index: int | None = None) -> Owner:
        """What an unnamed finding is when nothing near it tells: the disease that the report is about.

        The key whose sentence shares most words with that of the unnamed finding (they tell where it is), else the
        one named last before it, else the first behind it. None in a report without any of the keys.
        """
        if not self._keys:
            return None
        if index is not None and self._mixed:
            mine = self._words(index)
            shared = [(len(mine & words), subject) for words, other, subject in self._told if other != index]
            best = max((score for score, subject in shared if subject.kind == "key"), default=0)
            alien = max((score for score, subject in shared if subject.kind == "other"), default=0)
            if alien > max(best, 1):
                return OTHER
            if best > 1:
                return next(s.mentions for score, s in shared if score == best and s.kind == "key")
        before, behind = _around(self._seen, at)[0], _around(self._keys, at)[1]
        return (before or behind or self._keys[-1]).mentions

    def of(
        self, subject: Subject, index: int, earlier: Sequence[Subject], owners: Sequence[Owner], last: Owner
    ) -> Owner:
        """Whose a subject is.

        Args:
            subject: The one asked about.
            index: Its sentence.
            earlier: The subjects before it in the sentence.
            owners: Whose those are.
            last: Whose the last subject of the sentence before was, in the same item; None for none.
        """
        if subject.kind == "key":
            return subject.mentions
        if subject.kind in ("other", "denied"):
            return OTHER
        if subject.kind in ("part", "back"):
            for other, owner in zip(reversed(earlier), reversed(owners), strict=True):
                if other.kind != "denied" and not (other.kind == "other" and other.placing) and owner is not None:
                    return owner
            if last is not None:
                return last
        named = self._named_nearby(subject, index)
        if named is not None:
            return named
        for other, owner in zip(reversed(earlier), reversed(owners), strict=True):
            if other.kind in ("key", "unnamed", "back") and owner is not None:
                return owner
        if last and subject.start != self._sentences[index].start:
            return last
        return self.default(subject.start, index)

    def _named_nearby(self, subject: Subject, index: int) -> Owner:
        """What the same sentence, or the rest of the list item, calls it."""
        sentence, item = self._sentences[index], self._places[index].item
        keys, others = self._item_keys.get(item, ()), self._item_others.get(item, ())
        same = [key for key in _around(keys, subject.start) if key and sentence.start <= key.start < sentence.end]
        if same:
            return min(same, key=lambda key: abs(key.start - subject.start)).mentions
        _, other = _around(others, subject.end)
        if other and other.start < sentence.end and not _WITH.search(self._text, subject.end, other.start):
            return OTHER
        _, key = _around(keys, sentence.end)
        if key is not None:
            return key.mentions
        _, other = _around(others, sentence.end)
        return OTHER if other is not None else None

    def _counts(self, subject: Subject) -> bool:
        return any(self._places[mention.sentence].counts for mention in subject.mentions)

    def _words(self, index: int) -> frozenset[str]:
        sentence = self._sentences[index]
        words = _WORD.findall(self._text[sentence.start : sentence.end].casefold())
        return frozenset(words) - _COMMON


def _around(subjects: Sequence[Subject], at: int) -> tuple[Subject | None, Subject | None]:
    """The last subject that begins before an offset, and the first that begins at or behind it."""
    row = bisect_left(subjects, at, key=lambda subject: subject.start)
    return subjects[row - 1] if row else None, subjects[row] if row < len(subjects) else None
