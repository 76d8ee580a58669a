"""What both rule mappers share: which mentions may be paired, and the relation that a pair becomes."""

from __future__ import annotations

from collections.abc import Iterator

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
    request: MappingRequest, key: Mention, relation: RelationType, value: Mention, *, source: str, rule: str
) -> Relation:
    """The relation between two mentions of the request's report."""
    return Relation(
        key=key.entity,
        type=relation.id,
        value=value.entity,
        key_evidence=(_evidence(request, key),),
        value_evidence=(_evidence(request, value),),
        source=source,
        rule=rule,
    )


def _evidence(request: MappingRequest, mention: Mention) -> EvidenceSpan:
    text = request.view.report.text[mention.start : mention.end]
    return EvidenceSpan(start=mention.start, end=mention.end, text=text)
