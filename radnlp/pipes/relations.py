"""radnlp_relations: relationship mapping, stage two of Shin et al., Sci Rep 2025;15:31550."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import is_

from radnlp.pipes.answers import exact, mapping_results, usable_score
from radnlp.pipes.asking import ask_batch
from radnlp.pipes.draft import Draft
from radnlp.pipes.steps import Steps
from radnlp.records import MappingRequest, MappingResult, Relation, RelationMapper, Schema


class RelationStage:
    """Asks the relation mapper for the keys that are not absent and keeps what the schema licenses.

    Args:
        schema: The relations and values that may be answered.
        mapper: The provider, ready-made.
        provider: Its name, distribution and version, for the provenance.
    """

    name, needs = "relations", "keys"

    def __init__(self, schema: Schema, mapper: RelationMapper, provider: Mapping[str, str]) -> None:
        self._mapper = mapper
        self._provider = dict(provider)
        self._steps = Steps(schema)
        self._licensed = {
            (key, relation.id): frozenset(schema.values_of(relation))
            for relation in schema.relations
            for key in relation.keys
        }

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``mapping``."""
        requests = [
            MappingRequest(view=draft.view(), keys=tuple(key for key in draft.keys or () if key.status != "absent"))
            for draft in drafts
        ]
        name = self._provider["name"]
        answers = ask_batch(
            self.name, drafts, self._ask, requests, nothing=MappingResult(), provider=self._mapper, name=name
        )
        for draft, answer in zip(drafts, answers, strict=True):
            draft.providers[self.name] = self._provider
            draft.issues += answer.issues
            draft.mapping = replace(answer, relations=self._checked(draft, answer.relations))
            decided = self._steps.relation_steps(draft.mapping.relations, name)
            draft.steps = self._steps.ordered((*draft.steps, *decided))

    def _ask(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        return mapping_results(self._mapper.map(requests))

    def _checked(self, draft: Draft, relations: Sequence[Relation]) -> tuple[Relation, ...]:
        kept = []
        keys = {key.key for key in draft.keys or () if key.status != "absent"}
        for relation in relations:
            if relation.value in self._licensed.get((relation.key, relation.type), ()):
                if self._steps.asks(relation, keys):
                    kept.append(self._exact(draft, relation))
                else:
                    draft.note(
                        "error",
                        self.name,
                        "outside_step",
                        f"the provider {self._provider['name']!r} answered {relation.type!r} of {relation.key!r}, "
                        "which no step before has found; it was left out",
                    )
            else:
                draft.note(
                    "error",
                    self.name,
                    "outside_schema",
                    f"the provider {self._provider['name']!r} answered {relation.key!r} -{relation.type!r}-> "
                    f"{relation.value!r}, which the schema does not license; it was left out",
                )
        return tuple(kept)

    def _exact(self, draft: Draft, relation: Relation) -> Relation:
        name = self._provider["name"]
        score = usable_score(draft, self.name, name, relation.score)
        key_evidence = exact(draft, self.name, name, relation.key_evidence)
        value_evidence = exact(draft, self.name, name, relation.value_evidence)
        given = (relation.score, relation.key_evidence, relation.value_evidence)
        if all(map(is_, (score, key_evidence, value_evidence), given)):
            return relation
        return replace(relation, score=score, key_evidence=key_evidence, value_evidence=value_evidence)
