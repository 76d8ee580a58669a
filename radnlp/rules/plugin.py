"""The built-in providers, offered through the same hooks as everybody's."""

from __future__ import annotations

from radnlp.api import EntityKeyClassifier, Provider, RelationMapper, hookimpl
from radnlp.rules import cooccurrence, mapper
from radnlp.rules.cascade import building
from radnlp.rules.cascade import mapper as cascade
from radnlp.rules.cooccurrence import CooccurrenceMapper
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.rules.mapper import RuleMapper


@hookimpl
def radnlp_register_entity_key_classifiers() -> list[Provider[EntityKeyClassifier]]:
    return [
        Provider(
            name="rules",
            summary="a key is what its mentions say",
            factory=lambda schema, lexicon, settings: RuleKeyClassifier(schema),
        )
    ]


@hookimpl
def radnlp_register_relation_mappers() -> list[Provider[RelationMapper]]:
    return [
        Provider(
            name=cooccurrence.NAME,
            summary="same sentence, the baseline of Shin et al. 2025",
            factory=lambda schema, lexicon, settings: CooccurrenceMapper(schema),
        ),
        Provider(
            name=mapper.NAME,
            summary="reads clauses, lists and what they refer back to",
            factory=lambda schema, lexicon, settings: RuleMapper(schema, lexicon),
        ),
        Provider(
            name=cascade.NAME,
            summary="rules, and another provider where the rules are unsure",
            factory=building.build,
            settings=building.SETTINGS,
            inner=building.THEN,
        ),
    ]
