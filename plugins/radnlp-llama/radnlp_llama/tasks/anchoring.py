"""Where a relation that a model answered stands in the report: the mentions of its key and of its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from radnlp.api import ChangeFinder, EvidenceSpan, KeyPrediction, Lexicon, MappingRequest, Mention, Relation, Schema


class Place(NamedTuple):
    """A stretch of the report and its sentence."""

    sentence: int
    start: int
    end: int


class Anchors:
    """Finds the evidence of relations.

    A key is anchored at its mentions that count, those that are not absent first; where the lexicon finds none, at the
    evidence of stage one. A value is anchored at its own mentions, a change at the words of change; a compound value
    ("both lower lobes") also at the mentions of all its parts, a part also at those of the compound. Of all pairs the
    one in one sentence counts before others, then the nearest.

    Args:
        schema: The values with their parts and changes.
        lexicon: The words of change.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        self._parts = {value.id: value.parts for value in schema.values if value.parts}
        self._wholes = {
            value.id: tuple(whole for whole, parts in self._parts.items() if value.id in parts)
            for value in schema.values
        }
        self._changes = {value.id: frozenset(value.changes) for value in schema.values if value.changes}
        self._finder = ChangeFinder(schema, lexicon.changes) if self._changes else None

    def on(self, request: MappingRequest) -> ReportAnchors:
        """The anchors of one report."""
        changes: list[tuple[Place, str]] = []
        if self._finder is not None:
            view = request.view
            for index, found in self._finder.find(view.report.text, view.sentences, view.mentions).items():
                changes += [(Place(index, change.start, change.end), change.meaning) for change in found]
        return ReportAnchors(request, self, changes)

    def value_places(
        self, value: str, mentions: Sequence[Mention], changes: Sequence[tuple[Place, str]]
    ) -> list[tuple[Place, ...]]:
        """The places that name a value, each one stretch, or one for each part of a compound."""
        if value in self._changes:
            return [(place,) for place, meaning in changes if meaning in self._changes[value]]
        named = {value, *self._wholes[value]}
        places: list[tuple[Place, ...]] = [(_place(mention),) for mention in mentions if mention.entity in named]
        parts = [[_place(m) for m in mentions if m.entity == part] for part in self._parts.get(value, ())]
        if parts and all(parts):
            places += [_around(first, parts) for first in parts[0]]
        return places


class ReportAnchors:
    """The anchors of one report."""

    def __init__(self, request: MappingRequest, anchors: Anchors, changes: Sequence[tuple[Place, str]]) -> None:
        self._view, self._anchors, self._changes = request.view, anchors, changes

    def anchored(self, relation: Relation, prediction: KeyPrediction) -> Relation | None:
        """The relation with its evidence; None when the report does not name its key or its value."""
        keys = list(self._key_places(prediction))
        values = self._anchors.value_places(relation.value, self._view.mentions, self._changes)
        pairs = [(_distance(key, value), key, value) for key in keys for value in values]
        if not pairs:
            return None
        _, key, value = min(pairs)
        return Relation(
            key=relation.key,
            type=relation.type,
            value=relation.value,
            score=relation.score,
            key_evidence=(self._span(key),),
            value_evidence=tuple(self._span(place) for place in sorted(set(value), key=lambda place: place.start)),
            source=relation.source,
            rule=relation.rule,
        )

    def _key_places(self, prediction: KeyPrediction) -> Iterator[Place]:
        named = [m for m in self._view.mentions if m.entity == prediction.key and m.excluded is None]
        counted = [mention for mention in named if mention.status != "absent"]
        if counted or named:
            yield from map(_place, counted or named)
            return
        for span in prediction.evidence:
            inside = [s.index for s in self._view.sentences if s.start <= span.start < s.end]
            yield Place(inside[0] if inside else -1, span.start, span.end)

    def _span(self, place: Place) -> EvidenceSpan:
        text = self._view.report.text
        return EvidenceSpan(start=place.start, end=place.end, text=text[place.start : place.end])


def _place(mention: Mention) -> Place:
    return Place(mention.sentence, mention.start, mention.end)


def _around(first: Place, parts: Sequence[Sequence[Place]]) -> tuple[Place, ...]:
    """One place for each part, those nearest to the first part's."""
    return (first, *(min(places, key=lambda place: _distance(first, (place,))) for places in parts[1:]))


def _distance(key: Place, value: Sequence[Place]) -> tuple[bool, int]:
    """Whether they stand in different sentences, and how many characters lie between them."""
    apart = any(place.sentence != key.sentence for place in value)
    return apart, sum(max(0, place.start - key.end, key.start - place.end) for place in value)
