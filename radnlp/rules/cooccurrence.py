"""The baseline: what stands in one sentence belongs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from radnlp.api import MappingRequest, MappingResult, Mention, Schema
from radnlp.rules.pairing import licensed, relate

NAME = "cooccurrence"


class CooccurrenceMapper:
    """Pairs every mention of a key with every mention of a licensed value in the same sentence.

    Source: the rule-based baseline of Shin et al., Sci Rep 2025;15:31550 (macro F1 42.97 for chest CT). It looks at
    words alone: a mention's status plays no part, only which keys it is asked for.
    """

    def __init__(self, schema: Schema) -> None:
        self._licensed = {key.id: tuple(licensed(schema, key.id)) for key in schema.keys}

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request, in order."""
        return [self._map(request) for request in requests]

    def _map(self, request: MappingRequest) -> MappingResult:
        relations = []
        sentences: dict[int, list[Mention]] = defaultdict(list)
        for mention in request.view.mentions:
            sentences[mention.sentence].append(mention)
        for prediction in request.keys:
            for relation, allowed in self._licensed[prediction.key]:
                relations += [
                    relate(request, key, relation, value.entity, [value], source=NAME, rule="same sentence")
                    for mentions in sentences.values()
                    for key in mentions
                    if key.entity == prediction.key and key.excluded is None
                    for value in mentions
                    if value.entity in allowed
                ]
        return MappingResult(relations=tuple(relations))
