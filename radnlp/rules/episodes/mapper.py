"""From the words of change in a report to the episodes of its keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from radnlp.api import (
    Change,
    ChangeFinder,
    EvidenceSpan,
    Lexicon,
    MappingRequest,
    Mention,
    Relation,
    RelationType,
    Schema,
)
from radnlp.rules.episodes.binding import bind
from radnlp.rules.episodes.layout import Place, places
from radnlp.rules.episodes.owners import Owner, Owners
from radnlp.rules.episodes.sizes import SizeComparer
from radnlp.rules.episodes.subjects import Row, SubjectFinder

_STEADY = ("same", "less", "gone", "mixed")
#: Subjects further back in a sentence are no more looked at.
_NEIGHBOURS = 12
#: What may have become of a finding that is not there now.
_FROM_THERE = ("less", "gone")
#: How far from two sizes, in characters, words of change speak of them.
_NEAR, _FAR = 45, 200


class Reading(NamedTuple):
    """A change of the finding that a mention names, and how it was tied to it."""

    mention: Mention
    change: Change
    way: str


@dataclass(slots=True)
class _Memory:
    """What the sentences so far leave behind: whose the last subject was, and whether it was told to have changed."""

    owner: Owner = None
    item: int = -1
    told: bool = False
    pending: list[Change] = field(default_factory=list)


class EpisodeMapper:
    """Gives keys the values that are changes (:class:`radnlp.records.schema.EntityValue`).

    A change is said of the subject that its clause gives it (:mod:`radnlp.rules.episodes.binding`); a subject that
    names no key is resolved to one (:mod:`radnlp.rules.episodes.owners`); a change without a subject is that of the
    finding before it in the list item, or, as an item of its own, of the finding of the item before it, else of all
    keys of which the report tells nothing else.

    Args:
        schema: Its values say which kinds of change they sum up.
        lexicon: Words of change, signposts, clause breaks and words around sizes.
        relation: The relation type to give.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon, relation: RelationType) -> None:
        self._relation = relation
        self._values: dict[str, list[str]] = {}
        for value in (schema.value(value_id) for value_id in schema.values_of(relation)):
            for meaning in value.changes:
                self._values.setdefault(meaning, []).append(value.id)
        self._past = frozenset(schema.section_effects)
        self._changes = ChangeFinder(schema, lexicon.changes)
        self._sizes = SizeComparer(lexicon)
        self._subjects = SubjectFinder(lexicon, relation.keys)

    def relations(self, request: MappingRequest, source: str) -> list[Relation]:
        """The relations of one report, in text order of the changes."""
        asked = frozenset(key.key for key in request.keys).intersection(self._relation.keys)
        if not asked:
            return []
        text = request.view.report.text
        found: dict[tuple[int, int, str], Relation] = {}
        past = {key.key for key in request.keys if key.status == "historical"}
        for mention, change, way in self._readings(request, asked):
            if mention.entity in past and change.meaning not in _FROM_THERE:
                continue  # what is not there any more has not stayed the same, nor grown
            for value in self._values.get(change.meaning, ()):
                found.setdefault(
                    (mention.start, change.start, f"{mention.entity} {value}"),
                    Relation(
                        key=mention.entity,
                        type=self._relation.id,
                        value=value,
                        key_evidence=(_evidence(text, mention.start, mention.end),),
                        value_evidence=(_evidence(text, change.start, change.end),),
                        source=source,
                        rule=way,
                    ),
                )
        return list(found.values())

    def _readings(self, request: MappingRequest, asked: frozenset[str]) -> list[Reading]:
        view = request.view
        text = view.report.text
        layout = places(view, self._past)
        rows = self._subjects.rows(view, asked)
        owners = Owners(view, rows, layout, asked)
        changes = self._changes.find(text, view.sentences, view.mentions)
        sizes = self._sizes.changes(text, view.sentences)
        memory = _Memory()
        readings: list[Reading] = []
        for sentence in view.sentences:
            place = layout[sentence.index]
            if place.counts:
                said = _with_sizes(changes.get(sentence.index, []), sizes.get(sentence.index, []))
                row = rows.get(sentence.index) or Row()
                readings += self._sentence(text, sentence.index, sentence.end, row, said, place, owners, memory)
        readings += self._gone(view.mentions, asked, layout, readings)
        spoken = {reading.mention.entity for reading in readings}
        for change in memory.pending:
            for mention in _one_of_each(view.mentions, asked - spoken):
                readings.append(Reading(mention, change, "said of all that nothing else is said of"))
        return readings

    def _gone(
        self,
        mentions: Sequence[Mention],
        asked: frozenset[str],
        layout: Mapping[int, Place],
        readings: Sequence[Reading],
    ) -> list[Reading]:
        """The mentions whose status already rests on words that tell of a disappearance, when none was read there."""
        told = {reading.mention.entity for reading in readings}
        return [
            Reading(mention, Change(cue.start, cue.end, "gone"), "its status tells that it is gone")
            for mention in mentions
            if mention.entity in asked - told and mention.excluded is None and layout[mention.sentence].counts
            for cue in mention.cues
            if cue.category == "gone" and mention.status == "historical"
        ]

    def _sentence(
        self,
        text: str,
        index: int,
        end: int,
        row: Row,
        changes: Sequence[Change],
        place: Place,
        owners: Owners,
        memory: _Memory,
    ) -> list[Reading]:
        last = memory.owner if memory.item == place.item else None
        resolved: list[Owner] = []
        for number, subject in enumerate(row.subjects):
            start = max(0, number - _NEIGHBOURS)
            resolved.append(owners.of(subject, index, row.subjects[start:number], resolved[start:], last))
        whose = dict(zip(row.subjects, resolved, strict=True))
        readings: list[Reading] = []
        for change in changes:
            bound = bind(text, row, changes, change, end)
            if change.meaning == "recurrent":  # nothing but a tumour recurs
                bound = [subject for subject in bound if whose[subject]]
            if bound:
                for subject in bound:
                    way = _way(text, subject.kind, subject.start, subject.end)
                    readings += [Reading(mention, change, way) for mention in whose[subject] or ()]
            elif change.meaning == "recurrent":
                readings += [
                    Reading(mention, change, "nothing but a tumour recurs")
                    for mention in last or owners.default(change.start) or ()
                ]
            else:
                readings += self._without_subject(change, place, memory, row, owners)
        readings = _without_names(readings)
        known = [owner for subject, owner in whose.items() if subject.kind != "denied" and owner is not None]
        if known:
            memory.owner = next((owner for owner in known if owner), known[-1])
            memory.item, memory.told = place.item, bool(readings)
        elif memory.item == place.item:
            memory.told |= bool(readings)
        return readings

    def _without_subject(
        self, change: Change, place: Place, memory: _Memory, row: Row, owners: Owners
    ) -> list[Reading]:
        """Whose a change is of which the sentence does not say whose."""
        if memory.item == place.item and memory.owner is not None:
            return [Reading(mention, change, "goes on about the finding before it") for mention in memory.owner]
        named = any(subject.kind != "denied" for subject in row.subjects)
        if change.sized:
            owner = owners.default(change.start) if memory.owner is None else memory.owner
            if owner and not place.rest and not named:
                return [Reading(mention, change, "said of no other finding") for mention in owner]
        if place.rest or not memory.owner or memory.told or named:
            memory.pending.append(change)
            return []
        return [Reading(mention, change, "said after the finding of the item before it") for mention in memory.owner]


def _with_sizes(changes: Sequence[Change], sizes: Sequence[Change]) -> list[Change]:
    """Words weigh more than numbers: a comparison of sizes counts where no change is told near it."""
    words = sorted(change.start for change in changes if change.meaning in ("more", "less", "same", "mixed"))
    reach = _NEAR if len(sizes) > 1 else _FAR

    def told(size: Change) -> bool:
        row = bisect_left(words, size.start - reach)
        return row < len(words) and words[row] < size.end + reach

    return sorted([*changes, *(size for size in sizes if not told(size))], key=lambda change: change.start)


def _without_names(readings: Sequence[Reading]) -> list[Reading]:
    """Without words of change that only name a finding of which the same sentence tells how it is now.

    "Recurrent glioblastoma, no change"; "enlarged prostate, stable".
    """
    steady: dict[str, set[Change]] = {}
    for reading in readings:
        if reading.change.meaning in _STEADY:
            steady.setdefault(reading.mention.entity, set()).add(reading.change)

    def names(reading: Reading) -> bool:
        mention, change = reading.mention, reading.change
        inside = mention.start <= change.start and change.end <= mention.end
        others = steady.get(mention.entity, set())
        return (inside or change.meaning == "recurrent") and bool(others) and others != {change}

    return [reading for reading in readings if not names(reading)]


def _one_of_each(mentions: Sequence[Mention], keys: frozenset[str]) -> list[Mention]:
    """For each key its last mention that counts."""
    last: Mapping[str, Mention] = {
        mention.entity: mention
        for mention in mentions
        if mention.entity in keys and mention.status != "absent" and mention.excluded is None
    }
    return list(last.values())


def _way(text: str, kind: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    return {
        "key": "said of it",
        "part": f"said of a part of it, {words!r}",
        "back": f"said of {words!r}, which goes back to it",
    }.get(kind, f"said of {words!r}, which stands for it")


def _evidence(text: str, start: int, end: int) -> EvidenceSpan:
    return EvidenceSpan(start=start, end=end, text=text[start:end])
