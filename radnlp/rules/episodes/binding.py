"""Inside one sentence: what a change is said of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from radnlp.api import Change
from radnlp.rules.episodes.subjects import Row, Subject

#: An adjective stands before its noun with nothing but more adjectives or a size between.
_ADJECTIVES = 60
_TIES = re.compile(
    r"[,;:()\n]|\.\s|\b(?:with|in|at|on|is|are|was|were|since|compared|comparison|from|to|than|after|but|then|by|which|there|and|of|for|without)\b",
    re.IGNORECASE,
)
#: "Increase [in size and enhancement of the] mass".
_LEADS = re.compile(r"[^,;:()\n]*?\b(?:of|in|for)\b[^,;:()\n]*", re.IGNORECASE)
_FAR = 90
#: So many subjects and changes on each side are looked at; a longer sentence is no sentence.
_NEIGHBOURS = 12
_VERB = re.compile(r"(?:is|are|was|were|has|have|had|became|become)\b", re.IGNORECASE)
_HANGUL = re.compile(r"[가-힣]")
#: A Korean verb in front of its noun ("증가한 병변"), not at the end of its statement.
_ENDINGS = "한|된|되는|하는|던|을 보이는|를 보이는|소견을 보이는|하고 있는"
_ATTRIBUTE = re.compile(rf"(?:{_ENDINGS}|인|은|는|운|진|든|긴|난|하던|되던|된 양상의)? ?$|(?:{_ENDINGS}) ")
_OPEN_END = re.compile(r"[운진든긴난는은던된한]$|새로|새롭게")
#: Words between subjects that are spoken of together.
_JOINED = re.compile(r"[^,;:.\n]*?(?:\b(?:and|with|plus|as well as)\b|&|/|및|와 |과 |, and\b)[^,;:\n]*", re.IGNORECASE)


def bind(text: str, row: Row, changes: Sequence[Change], change: Change, end: int) -> list[Subject]:
    """The subjects that a change is said of, the nearest first; empty when the sentence names none.

    Args:
        text: The report text.
        row: The subjects of the sentence.
        changes: All changes of the sentence.
        change: The one that is asked about.
        end: Where the sentence ends.
    """
    at = bisect_left(row.subjects, change.start, key=lambda subject: subject.start)
    near = row.subjects[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
    within = [subject for subject in near if subject.start < change.end and change.start < subject.end]
    if within:
        return within
    first, last = row.clause(change.start, end)
    left = [subject for subject in near if subject.end <= change.start]
    right = [subject for subject in near if subject.start >= change.end and subject.start < last]
    left = _without_places(text, left, change)
    here = [subject for subject in left if subject.start >= first]
    row_at = bisect_left(changes, change.start, key=lambda other: other.start)
    others = [other for other in changes[max(0, row_at - _NEIGHBOURS) : row_at + _NEIGHBOURS] if other != change]
    if right and not _between(others, change.end, right[0].start) and _ahead(text, change, right[0], here):
        return _along(text, right, others)
    if here:
        return _back_along(text, here, others)
    if right and not _between(others, change.end, right[0].start) and "." not in text[change.end : right[0].start]:
        return _along(text, right, others)
    return left[-1:]


def _ahead(text: str, change: Change, subject: Subject, before: Sequence[Subject]) -> bool:
    """Whether the words of change belong to the subject behind them."""
    words, gap = text[change.start : change.end], text[change.end : subject.start]
    if _HANGUL.search(words):
        if _OPEN_END.search(words):
            return len(gap) <= _ADJECTIVES and not re.search(r"[,;:.]", gap)
        return len(gap) <= _ADJECTIVES and _ATTRIBUTE.match(gap) is not None and bool(gap.strip())
    if len(gap) <= _FAR and _LEADS.fullmatch(gap) and not _predicate(text, words, change, before):
        return True
    if len(gap) > _ADJECTIVES or _TIES.search(gap) or _HANGUL.search(gap):
        return False
    return not _predicate(text, words, change, before)


def _predicate(text: str, words: str, change: Change, before: Sequence[Subject]) -> bool:
    """Whether the words of change are the verb of the subject before them: "the mass is increased"."""
    if not before:
        return False
    gap = text[before[-1].end : change.start]
    return _VERB.match(words) is not None or not gap.strip() or _VERB.search(gap) is not None


def _between(changes: Sequence[Change], start: int, end: int) -> bool:
    return any(start <= change.start < end for change in changes)


def _without_places(text: str, subjects: Sequence[Subject], change: Change) -> list[Subject]:
    """Without what only tells where the subject before it is, and without what is denied in passing."""
    kept: list[Subject] = []
    for subject in subjects:
        tumour_before = any(other.kind in ("key", "unnamed", "back", "part") for other in kept)
        if subject.kind == "other" and subject.placing and tumour_before:
            continue
        if subject.kind == "denied" and ("," in text[subject.end : change.start] or tumour_before):
            continue
        kept.append(subject)
    return kept


def _along(text: str, subjects: Sequence[Subject], changes: Sequence[Change]) -> list[Subject]:
    """The first of some subjects and those it is joined with."""
    found = [subjects[0]]
    for subject in subjects[1:]:
        gap = text[found[-1].end : subject.start]
        if not _JOINED.fullmatch(gap) or _between(changes, found[-1].end, subject.start):
            break
        found.append(subject)
    return found


def _back_along(text: str, subjects: Sequence[Subject], changes: Sequence[Change]) -> list[Subject]:
    """The last of some subjects and those before it that it is joined with."""
    found = [subjects[-1]]
    for subject in reversed(subjects[:-1]):
        gap = text[subject.end : found[-1].start]
        if not _JOINED.fullmatch(gap) or _between(changes, subject.end, found[-1].start):
            break
        found.append(subject)
    return found
