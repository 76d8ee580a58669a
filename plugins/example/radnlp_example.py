"""A relation mapper in one file: every place goes to the finding that stands nearest to it.

Copy this folder, give it a name of your own and put your idea into ``_pairs``; nothing else has to be known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from radnlp import api

NAME = "nearest"


@api.hookimpl
def radnlp_register_relation_mappers() -> list[api.Provider[api.RelationMapper]]:
    """What radnlp asks once of every plugin; nothing is built before somebody writes ``--relations nearest``."""
    summary = "each place goes to the nearest finding of its sentence"
    return [api.Provider(name=NAME, summary=summary, factory=build, settings={"reach": 80})]


def build(schema: api.Schema, lexicon: api.Lexicon, settings: api.Settings) -> NearestMapper:
    """The mapper. All settings are there and of the kind of their defaults; only the range is left to check."""
    reach = int(settings["reach"] or 0)
    if reach < 1:
        raise api.ConfigError(
            f"relations.reach={reach}: a distance in characters; give a whole number above 0, e.g. 80"
        )
    return NearestMapper(schema, reach=reach)


class NearestMapper:
    """Gives each place to the nearest finding of its sentence that may have it.

    Args:
        schema: Says which findings may have which places, and what that relation is called.
        reach: At most so many characters lie between a finding and its place.
    """

    def __init__(self, schema: api.Schema, *, reach: int) -> None:
        self._reach = reach
        self._relation = {
            (key, value): relation.id
            for relation in schema.relations
            for key in relation.keys
            for value in schema.values_of(relation)
        }

    def map(self, requests: Sequence[api.MappingRequest]) -> list[api.MappingResult]:
        """One result a request, in order: the one method that a relation mapper has."""
        return [api.MappingResult(relations=tuple(self._relations(request))) for request in requests]

    def _relations(self, request: api.MappingRequest) -> Iterator[api.Relation]:
        asked = {prediction.key: prediction.status for prediction in request.keys}
        sentences: dict[int, list[api.Mention]] = defaultdict(list)
        for mention in request.view.mentions:
            sentences[mention.sentence].append(mention)
        for mentions in sentences.values():
            for finding, place in self._pairs(mentions):
                # The place of "no nodule in the RUL" is nobody else's, but no finding's either. What is past tells
                # nothing of a finding that is there today, and "follow-up of nodules" (excluded) is no finding.
                stated = finding.status in ("present", "uncertain", asked.get(finding.entity))
                if finding.entity in asked and stated and finding.excluded is None:
                    yield self._related(request.view.report.text, finding, place)

    def _pairs(self, mentions: Sequence[api.Mention]) -> Iterator[tuple[api.Mention, api.Mention]]:
        """Each place of a sentence with its finding; of two that are as near, the one before it."""
        findings = [mention for mention in mentions if mention.status is not None]
        for place in (mention for mention in mentions if mention.status is None):
            able = [finding for finding in findings if (finding.entity, place.entity) in self._relation]
            near = [(_distance(finding, place), finding.start) for finding in able]
            if near and min(near)[0] <= self._reach:
                # Words may name two findings: "fibroatelectasis" is both of its parts.
                yield from ((finding, place) for finding in able if finding.start == min(near)[1])

    def _related(self, text: str, finding: api.Mention, place: api.Mention) -> api.Relation:
        """The answer with the words that it rests on; ``rule`` is for ``radnlp explain``."""
        return api.Relation(
            key=finding.entity,
            type=self._relation[finding.entity, place.entity],
            value=place.entity,
            key_evidence=(_words(text, finding),),
            value_evidence=(_words(text, place),),
            source=NAME,
            rule="the nearest finding",
        )


def _distance(one: api.Mention, other: api.Mention) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _words(text: str, mention: api.Mention) -> api.EvidenceSpan:
    return api.EvidenceSpan(start=mention.start, end=mention.end, text=text[mention.start : mention.end])
