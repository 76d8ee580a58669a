"""A finding that the report names once and goes on about in other words: whether it is there now.

"GBM, s/p op. Enhancing mass at the margin, c/w recurrence." - "PCNSL. The enhancing lesion has disappeared."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple, Protocol

from radnlp.pipes.draft import Draft
from radnlp.pipes.openings import opening_line
from radnlp.records import ChangeWord, Cue, Mention, Schema, Signpost, Status
from radnlp.text import ChangeFinder, PhraseMatcher, Target, decide_status, is_denied

#: Names of any tumour say more than looks: "enhancing nodule, r/o recurrence" is uncertain.
_NAME, _LOOKS, _BACK = "common_name", "unnamed_finding", "same_finding"
_THERE = ("present", "uncertain")
#: Changes of what is there, unlike a disappearance.
_MOVING = frozenset({"more", "less", "same", "mixed", "new"})


class _Engine(Protocol):
    def cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]: ...


class _Sight(NamedTuple):
    """Words that stand for a finding, and what is said of it."""

    kind: str
    start: int
    end: int
    status: Status
    gone: bool
    sentence: int


class RemnantReader:
    """Gives the mention that names a finding the status that later words tell of it.

    A report that names a tumour once, as operated on, goes on with "residual tumour", "enhancing nodule" or
    "recurrence". Where these are asserted, the last naming mention is present; where they are only suspected, it is
    uncertain; and where a lasting finding is but named, and all that is told of its lesions is that they are gone, it
    is historical. A finding that only the line that opens the report names is known from before: it is historical also
    where all that is told is that there is no lesion, and uncertain where the tumour's change is only suspected. The
    words become a cue of that mention, so that it can be seen why. Looks count where no name of a tumour does, and not
    in a sentence that names another finding that is there. Of a key that is not ``referred`` a change must be told
    ("Abscess, drained. The lesion has become smaller.").

    Args:
        schema: Its keys with ``referred`` and ``lasting``, and its sections.
        signposts: ``common_name``, ``unnamed_finding``; ``same_finding``, which counts where a change is told of it;
            and ``other_finding``, which explains what it stands beside.
        changes: Words of change; those that mean ``recurrent`` are common names too.
        engine: Finds the cues.
    """

    def __init__(
        self, schema: Schema, signposts: Iterable[Signpost], changes: Iterable[ChangeWord], engine: _Engine
    ) -> None:
        self._keys = frozenset(key.id for key in schema.keys if key.referred)
        self._lasting = frozenset(key.id for key in schema.keys if key.lasting)
        self._effects = schema.section_effects
        self._engine = engine
        given = tuple(signposts) if self._keys else ()
        kinds = {sign.phrase: sign.kind for sign in given if sign.kind != _BACK}
        self._kinds = list(kinds.values())
        self._words = PhraseMatcher(kinds)
        self._back = PhraseMatcher(sign.phrase for sign in given if sign.kind == _BACK)
        self._changes = ChangeFinder(schema, changes if self._keys else ())

    def read(
        self, draft: Draft, mentions: tuple[Mention, ...], carried: Mapping[int, Cue] | None = None
    ) -> tuple[Mention, ...]:
        """The mentions, one of them with another status where later words tell it.

        Args:
            draft: The report.
            mentions: Its mentions so far.
            carried: By the index of a sentence, the cue of the list that it is an item of.
        """
        last, statuses = self._named(mentions) if self._keys else ({}, {})
        past = [key for key, found in statuses.items() if found == {"historical"}]
        there = {key for key, found in statuses.items() if not found.isdisjoint(_THERE)}
        past = [key for key in past if key in self._lasting] or [key for key in past if key in self._keys] or past
        if len(past) == 1 and not there & self._lasting:
            sight = _told(self._sights(draft, mentions, past[0], carried or {})[0])
            if sight is not None:
                return _with_status(draft, mentions, last[past[0]], sight, sight.status)
        bare = [key for key in there & self._lasting if _is_bare(mentions, key)]
        if len(there & self._keys) == len(bare) == 1:
            sights, changed = self._sights(draft, mentions, bare[0], carried or {})
            told, opening = _told(sights), _is_opening(draft, mentions, bare[0])
            if changed and opening and told is not None and _is_doubted_name(mentions, bare[0], told):
                return _with_status(draft, mentions, last[bare[0]], told, "uncertain")
            if not changed and told is None:
                away = next((sight for sight in sights if sight.gone), None)
                if away is None and opening:
                    away = next(iter([*_gone(mentions, bare[0]), *(s for s in sights if s.kind != _BACK)]), None)
                if away is not None:
                    return _with_status(draft, mentions, last[bare[0]], away, "historical")
        return mentions

    def _named(self, mentions: Sequence[Mention]) -> tuple[Mapping[str, Mention], Mapping[str, set[Status]]]:
        """The last mention of each key that may be meant, and all statuses of its mentions but ``absent``."""
        last: dict[str, Mention] = {}
        statuses: dict[str, set[Status]] = {}
        for mention in mentions:
            if mention.excluded is None and mention.status not in (None, "absent"):
                last[mention.entity] = mention
                statuses.setdefault(mention.entity, set()).add(mention.status)
        return last, statuses

    def _sights(
        self, draft: Draft, mentions: Sequence[Mention], entity: str, carried: Mapping[int, Cue]
    ) -> tuple[list[_Sight], bool]:
        """The words that may stand for a key, and whether any change but a disappearance is told."""
        text, referred = draft.report.text, entity in self._keys
        sentences = [sentence for sentence in draft.sentences or () if sentence.section not in self._effects]
        rows = {sentence.index: row for row, sentence in enumerate(sentences)}
        named = {
            mention.sentence
            for mention in mentions
            if mention.status in _THERE and mention.entity != entity and mention.excluded is None
        }
        taken = sorted((mention.start, mention.end) for mention in mentions if mention.status is not None)
        reached = list(accumulate((end for _, end in taken), max))
        words: dict[int, list[tuple[int, int, str]]] = {row: [] for row in rows.values()}
        moved: dict[int, set[str]] = {}
        for index, changes in self._changes.find(text, sentences).items():
            moved[rows[index]] = {change.meaning for change in changes}
            words[rows[index]] += [(c.start, c.end, _NAME) for c in changes if c.meaning == "recurrent"]
        others: set[int] = set()
        for matcher, kinds in ((self._words, self._kinds), (self._back, None)):
            for sentence, phrases in matcher.by_sentence(text, sentences):
                row = rows[sentence.index]
                for start, end, number in phrases:
                    kind = kinds[number] if kinds is not None else _BACK
                    if kind == "other_finding":
                        others.add(row)
                    elif kind in (_NAME, _LOOKS, _BACK) and not (
                        (before := bisect_left(taken, (end,))) and reached[before - 1] > start
                    ):
                        words[row].append((start, end, kind))
        denials = self._changes.denials(text, sentences)
        sights: list[_Sight] = []
        for row, found in words.items():
            sentence, changes_here = sentences[row], moved.get(row, set())
            # "Increased enhancement, necrosis or recurrence" is the tumour's, "thin enhancement, necrosis" is not.
            explained = row in others and not changes_here & {"more", "new", "less"}
            moving = bool(changes_here & _MOVING)
            counted = [
                word
                for word in sorted(found)
                if (word[2] == _NAME and referred)
                or (sentence.index not in named and not explained and ((word[2] == _LOOKS and referred) or moving))
            ]
            cues = self._engine.cues(text, sentence.start, sentence.end, [(a, b, entity) for a, b, _ in counted])
            head = [carried[sentence.index].category] if sentence.index in carried else []
            for (start, end, kind), acting in zip(counted, cues, strict=True):
                said = [*head, *(cue.category for cue in acting)]
                status, excluded = decide_status(said, sentence.section, self._effects, lasting=True)
                markers = denials.get(sentence.index, ())
                if status == "uncertain":  # what is asked or weighed against something else is in doubt already
                    markers = [marker for marker in markers if marker[2] != "void"]
                if status in _THERE and is_denied(text, markers, start, end):
                    continue  # the cue that denies it may hold its own words: "no evidence of tumour recurrence"
                if excluded is None:
                    sights.append(
                        _Sight(kind, start, end, status, "gone" in said and status == "historical", sentence.index)
                    )
        return sights, any(changes & _MOVING for changes in moved.values())


def _told(sights: Sequence[_Sight]) -> _Sight | None:
    """The sight that decides: names before looks, what is there before what is suspected."""
    for kind in (_NAME, _LOOKS, _BACK):
        for status in _THERE:
            for sight in sights:
                if (sight.kind, sight.status) == (kind, status):
                    return sight
    return None


def _is_bare(mentions: Sequence[Mention], key: str) -> bool:
    """Whether a key is only named, with no word that says anything of it."""
    return all(
        mention.status == "present" and not mention.cues
        for mention in mentions
        if mention.entity == key and mention.excluded is None and mention.status != "historical"
    )


def _is_opening(draft: Draft, mentions: Sequence[Mention], key: str) -> bool:
    """Whether a key is said to be there only in the line that opens the report: it is what the patient is known for."""
    line = opening_line(draft.report.text, mentions)
    return line is not None and all(
        line[0] <= mention.start < line[1]
        for mention in mentions
        if mention.entity == key and mention.excluded is None and mention.status in _THERE
    )


def _is_doubted_name(mentions: Sequence[Mention], key: str, sight: _Sight) -> bool:
    """Whether a sight is a tumour's name in doubt, and its sentence names nothing else that the doubt may be of."""
    return (sight.kind, sight.status) == (_NAME, "uncertain") and not any(
        mention.sentence == sight.sentence and mention.entity != key and mention.status in _THERE
        for mention in mentions
    )


def _gone(mentions: Sequence[Mention], key: str) -> list[_Sight]:
    """The words that tell of mentions of a key that they are gone."""
    return [
        _Sight(_NAME, cue.start, cue.end, "historical", gone=True, sentence=mention.sentence)
        for mention in mentions
        if mention.entity == key and mention.excluded is None and mention.status == "historical"
        for cue in mention.cues
        if cue.category == "gone"
    ]


def _with_status(
    draft: Draft, mentions: tuple[Mention, ...], named: Mention, sight: _Sight, status: Status
) -> tuple[Mention, ...]:
    """The mentions, with the status for the naming one, or for all of a key that is gone."""
    categories: Mapping[str, str] = {"present": "asserted", "uncertain": "uncertain"}
    words = Cue(
        start=sight.start,
        end=sight.end,
        text=draft.report.text[sight.start : sight.end],
        category=categories.get(status, "gone" if sight.gone else "historical"),
        direction="bidirectional",
        literal=sight.kind,
        scope=(named.start, named.end),
    )

    def changed(mention: Mention) -> Mention:
        if mention is not named and not (status == "historical" and mention.status == "present"):
            return mention
        if mention.entity != named.entity or mention.excluded is not None:
            return mention
        return replace(mention, status=status, cues=tuple(sorted((*mention.cues, words), key=lambda cue: cue.start)))

    return tuple(changed(mention) for mention in mentions)
