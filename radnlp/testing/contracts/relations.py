"""The contract of radnlp_register_relation_mappers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from radnlp.pipeline import Assembly
from radnlp.records import KeyPrediction, MappingRequest, MappingResult, Provider, RelationMapper, Report, Settings
from radnlp.testing.contracts.asking import NO_SETTINGS, SECONDS, built, consistent, require_exact, require_score
from radnlp.testing.contracts.errors import require
from radnlp.testing.contracts.probes import inputs, views_of


def check_relation_mapper(
    provider: Provider[RelationMapper],
    *,
    schema: str = "chest_ct",
    settings: Settings = NO_SETTINGS,
    reports: Iterable[Report | str] = (),
    seconds: float = SECONDS,
) -> None:
    """radnlp_register_relation_mappers: one answer a request, in order, repeatable, licensed, exact.

    Every report is asked about with all keys of the schema present, the first one once more with none. Arguments and
    errors as for :func:`check_entity_key_classifier`.
    """
    assembly = Assembly.of(schema)
    mapper = built(provider, assembly, settings, "map")
    asked = inputs(reports)
    present = tuple(KeyPrediction(key=key.id, status="present") for key in assembly.schema.keys)
    requests = [MappingRequest(view=view, keys=present) for view in views_of(assembly, asked)]
    asked.append(replace(asked[0], where=f"{asked[0].where} with no keys"))
    requests.append(MappingRequest(view=requests[0].view, keys=()))
    answers = consistent(mapper.map, requests, asked, wanted=MappingResult, seconds=seconds)
    licensed = {
        (key, relation.id, value)
        for relation in assembly.schema.relations
        for key in relation.keys
        for value in assembly.schema.values_of(relation)
    }
    for one, request, answer in answers:
        keys = {prediction.key for prediction in request.keys}
        for relation in answer.relations:
            triple = (relation.key, relation.type, relation.value)
            require(triple in licensed, "inside_schema", f"{triple} is not licensed by the schema", where=one.where)
            require(relation.key in keys, "asked", f"{relation.key!r} was not asked for", where=one.where)
            require_score(relation.score, one.where)
            require_exact(one.report.text, (*relation.key_evidence, *relation.value_evidence), one.where)
        others = sorted(set(answer.denied) - keys)
        require(not others, "asked", f"it denies keys that were not asked for: {others}", where=one.where)
