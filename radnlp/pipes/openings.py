"""The first words of a report, where no heading says that they tell why it was made and what the patient has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from radnlp.pipes.draft import Draft
from radnlp.records import Cue, Mention, Schema, Sentence, Signpost
from radnlp.text import PhraseMatcher, Target

_FINDINGS = ("unnamed_finding", "common_name")
_THERE = ("present", "uncertain")
_LISTED = re.compile(r"\s*(?:[-*\u2022]|[#(]?\d{1,2}[.)]|#\d)")
_FIRST_ITEM = re.compile(r"\n ?[#(]?1[.)]\s")
# "58/F", "M/71", "(65/M)", "34-year-old", "67세".
_PATIENT = re.compile(r"\b(?:[MF] ?/ ?\d{1,3}|\d{1,3} ?/ ?[MF])\b|\b\d{1,3}[- ]?(?:years?[- ]old|y/?o)\b|\d{1,3} ?세")


def opening_line(text: str, mentions: Sequence[Mention]) -> tuple[int, int, int] | None:
    """Start and end of the line that opens a report, and the index of the sentence in which it first names a finding.

    The first or second line, when the first mention of the report stands in it and it is no item of a list.
    """
    first = next((mention for mention in mentions if mention.status is not None), None)
    if first is None or text.count("\n", 0, first.start) > 1:
        return None
    start = text.rfind("\n", 0, first.start) + 1
    end = text.find("\n", first.end)
    return None if _LISTED.match(text, start) else (start, end if end >= 0 else len(text), first.sentence)


class _Engine(Protocol):
    def cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]: ...


class OpeningReader:
    """Reads the first sentence of a report as its writer means it.

    A suspicion that ends the first line is the question the report answers, and no finding, when the line names a
    patient ("F/58, r/o metastasis"), when the list of findings begins below it, or when what was suspected is denied
    later. A line that tells of a lesion is none such ("Enhancing nodule, r/o metastasis."). What is told of a treatment
    right behind a name is told of it: "Glioblastoma. S/P op."

    Args:
        schema: Its keys with ``referred``.
        signposts: ``unnamed_finding`` and ``common_name``: words that tell of a lesion.
        engine: Finds the cues.
    """

    def __init__(self, schema: Schema, signposts: Iterable[Signpost], engine: _Engine) -> None:
        self._referred = frozenset(key.id for key in schema.keys if key.referred)
        self._engine = engine
        self._lesions = PhraseMatcher(sign.phrase for sign in signposts if sign.kind in _FINDINGS)

    def read(self, draft: Draft, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions, those of the first sentence as they are meant."""
        text, sentences = draft.report.text, draft.sentences or ()
        line = opening_line(text, mentions)
        if line is None:
            return mentions
        row = line[2]
        named = [mention for mention in mentions if mention.status is not None and mention.sentence == row]
        if row + 1 >= len(sentences) or sentences[row].section is not None:
            return mentions
        first, behind = sentences[row], sentences[row + 1]
        if all(mention.status == "uncertain" for mention in named) and self._is_question(
            text, first, behind, mentions, named
        ):
            changed = {id(mention): replace(mention, excluded="question") for mention in named}
        else:
            told_apart = any(mention.status is not None and mention.sentence == behind.index for mention in mentions)
            changed = {} if told_apart else self._treated(text, first, behind, named)
        return tuple(changed.get(id(mention), mention) for mention in mentions) if changed else mentions

    def _is_question(
        self, text: str, first: Sentence, behind: Sentence, mentions: Sequence[Mention], named: Sequence[Mention]
    ) -> bool:
        last = max(mention.end for mention in named)
        gap = text[first.end : behind.start]
        if "\n" not in gap or any(char.isalnum() for char in text[last : first.end]):
            return False
        taken = [(mention.start, mention.end) for mention in named]
        lesions = [lesion for _, found in self._lesions.by_sentence(text, [first]) for lesion in found]
        if any(not any(start < b and a < end for a, b in taken) for start, end, _ in lesions):
            return False
        if _PATIENT.search(text, first.start, first.end) or _FIRST_ITEM.match(
            gap + text[behind.start : behind.start + 5]
        ):
            return True
        keys = {mention.entity for mention in named}
        later = {
            key: {m.status for m in mentions if m.entity == key and m.sentence != first.index and m.excluded is None}
            for key in keys
        }
        return all("absent" in statuses and statuses.isdisjoint(_THERE) for statuses in later.values())

    def _treated(self, text: str, first: Sentence, behind: Sentence, named: Sequence[Mention]) -> dict[int, Mention]:
        """Mentions of which the next sentence tells that they were treated, by their identity."""
        bare = [m for m in named if m.entity in self._referred and m.status == "present" and not m.cues]
        if not bare or len(bare) < len(named):
            return {}
        acting = self._engine.cues(text, first.start, behind.end, [(m.start, m.end, m.entity) for m in bare])
        changed: dict[int, Mention] = {}
        for mention, cues in zip(bare, acting, strict=True):
            past = tuple(cue for cue in cues if cue.start >= first.end and cue.category == "historical")
            if past:
                changed[id(mention)] = replace(mention, status="historical", cues=past)
        return changed
