"""The rule mapper: reads a report as its author meant it, clause by clause, and gives each finding its values."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.api import Lexicon, MappingRequest, MappingResult, Schema
from radnlp.rules.episodes import EpisodeMapper
from radnlp.rules.pairing import counted_mentions, licensed, relate
from radnlp.rules.reading import Reader, Reading

NAME = "rules"


class RuleMapper:
    """Gives each mention of a key the values that the sentences around it give it.

    Values that are places are read by :mod:`radnlp.rules.reading`, values that are changes, as the schema declares
    them, by :mod:`radnlp.rules.episodes`.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        changing = {value.type for value in schema.values if value.changes}
        self._readers = {
            value_type: Reader(schema, lexicon, [value.id for value in schema.values if value.type == value_type])
            for value_type in dict.fromkeys(relation.value_type for relation in schema.relations)
            if value_type not in changing
        }
        self._episodes = [
            EpisodeMapper(schema, lexicon, relation) for relation in schema.relations if relation.value_type in changing
        ]
        self._licensed = {
            key.id: tuple(row for row in licensed(schema, key.id) if row[0].value_type in self._readers)
            for key in schema.keys
        }

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request, in order."""
        return [self._map(request) for request in requests]

    def _map(self, request: MappingRequest) -> MappingResult:
        relations = [relation for episodes in self._episodes for relation in episodes.relations(request, NAME)]
        read: dict[str, dict[str, list[Reading]]] = {}
        for prediction in request.keys:
            counted = {(mention.start, mention.end) for mention in counted_mentions(request, prediction)}
            for relation, allowed in self._licensed[prediction.key]:
                if relation.value_type not in read:
                    read[relation.value_type] = self._read(request, relation.value_type)
                for reading in read[relation.value_type].get(prediction.key, ()):
                    if (reading.key.start, reading.key.end) in counted:
                        reader = self._readers[relation.value_type]
                        for value in reader.projected(reading.values, allowed):
                            places = reader.naming(value, reading.places)
                            relations.append(
                                relate(request, reading.key, relation, value, places, source=NAME, rule=reading.way)
                            )
        return MappingResult(relations=tuple(relations))

    def _read(self, request: MappingRequest, value_type: str) -> dict[str, list[Reading]]:
        by_key: dict[str, list[Reading]] = {}
        for reading in self._readers[value_type].read(request.view):
            by_key.setdefault(reading.key.entity, []).append(reading)
        return by_key
