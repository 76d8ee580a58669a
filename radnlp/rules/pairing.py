"""What both rule mappers share: which mentions may be paired, and the relation that a pair becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from radnlp.api import EvidenceSpan, KeyPrediction, MappingRequest, Mention, Relation, RelationType, Schema


def counted_mentions(request: MappingRequest, prediction: KeyPrediction) -> list[Mention]:
    """The mentions of a key that can give it values.

    All that are not absent; the past gives no value to a key that is there now (guide: status of a key).
    """
    allowed = {"historical"} if prediction.status == "historical" else {"present", "uncertain"}
    return [
        mention
        for mention in request.view.mentions
        if mention.entity == prediction.key and mention.status in allowed and mention.excluded is None
    ]


def licensed(schema: Schema, key: str) -> Iterator[tuple[RelationType, frozenset[str]]]:
    """The relation types that a key may have, each with the values it may point to."""
    for relation in schema.relation_types_of(key):
        yield relation, frozenset(schema.values_of(relation))


def relate(
    request: MappingRequest,
    key: Mention,
    relation: RelationType,
    value: str,
    places: Sequence[Mention],
    *,
    source: str,
    rule: str,
) -> Relation:
    """The relation between a mention of a key and a value, which the words at ``places`` name."""
    return Relation(
        key=key.entity,
        type=relation.id,
        value=value,
        key_evidence=(_evidence(request, key.start, key.end),),
        value_evidence=tuple(
            _evidence(request, start, end) for start, end in sorted({(place.start, place.end) for place in places})
        ),
        source=source,
        rule=rule,
    )


def _evidence(request: MappingRequest, start: int, end: int) -> EvidenceSpan:
    return EvidenceSpan(start=start, end=end, text=request.view.report.text[start:end])
