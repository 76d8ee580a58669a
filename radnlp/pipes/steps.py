"""A schema that decides in steps: what each step may decide, and what it has decided.

Nothing here knows a schema or a provider: the stages ask it what to keep of any provider's answer, and the records say
the rest (:class:`radnlp.records.schema.DecisionStep`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from radnlp.records import KeyPrediction, Relation, Schema, Step


class Steps:
    """The steps of one schema; without any, everything is kept and nothing reported."""

    def __init__(self, schema: Schema) -> None:
        self._steps = schema.steps
        keys = [key.id for key in schema.keys]
        self._lasting = frozenset(key.id for key in schema.keys if key.lasting)
        answers = {answer for step in self._steps for answer in step.answers}
        #: Answers that are no keys, each with the keys it stands for.
        self.groups = {
            answer: frozenset(key for step in self._steps if answer in step.after for key in step.keys)
            for answer in answers.difference(keys)
        }
        self._asked_by = {relation: frozenset(step.after) for step in self._steps for relation in step.relations}

    def allowed(self, predictions: Sequence[KeyPrediction]) -> tuple[list[KeyPrediction], list[str]]:
        """The keys that a provider's answer leaves, and the ids of those it may not give.

        A provider may answer a group ("non_tumor") beside keys: denied, it takes its keys with it. What is said to be
        absent is no answer of a step and is always kept. The groups themselves are no findings.
        """
        if not self.groups:
            return list(predictions), []
        closed: frozenset[str] = frozenset()
        for prediction in predictions:
            if prediction.key in self.groups and prediction.status == "absent":
                closed |= self.groups[prediction.key]
        kept = [prediction for prediction in predictions if prediction.key not in self.groups]
        refused = [prediction.key for prediction in kept if prediction.key in closed and prediction.status != "absent"]
        return [prediction for prediction in kept if prediction.key not in refused], refused

    def key_steps(
        self, answered: Sequence[KeyPrediction], keys: Sequence[KeyPrediction], source: str
    ) -> tuple[Step, ...]:
        """What the steps about keys have decided.

        Args:
            answered: All that the provider answered, groups too.
            keys: What was kept of it.
            source: The provider.
        """
        there = {prediction.key for prediction in keys if self._is_positive(prediction)}
        there |= {
            prediction.key for prediction in answered if prediction.key in self.groups and prediction.status != "absent"
        }
        decided: list[Step] = []
        for step in self._steps:
            if step.answers:
                found = [a for a in step.answers if a in there or not self.groups.get(a, frozenset()).isdisjoint(there)]
                decided.append(Step(step=step.id, decided=tuple(found), source=source))
            elif step.keys:
                found = [key for key in step.keys if key in there]
                decided.append(Step(step=step.id, decided=tuple(found), source=source))
        return tuple(decided)

    def asks(self, relation: Relation, keys: Collection[str]) -> bool:
        """Whether a relation answers what is asked: its key is one that a step before has given.

        Args:
            relation: What a provider answered.
            keys: The keys of the report that are not absent.
        """
        after = self._asked_by.get(relation.type)
        return after is None or (relation.key in after and relation.key in keys)

    def relation_steps(self, relations: Sequence[Relation], source: str) -> tuple[Step, ...]:
        """What the steps about relations have decided: "metastasis: progression", each once."""
        return tuple(
            Step(
                step=step.id,
                decided=tuple(dict.fromkeys(f"{r.key}: {r.value}" for r in relations if r.type in step.relations)),
                source=source,
            )
            for step in self._steps
            if step.relations
        )

    def ordered(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """In the order of the schema."""
        order = {step.id: number for number, step in enumerate(self._steps)}
        return tuple(sorted(steps, key=lambda step: order[step.step]))

    def _is_positive(self, prediction: KeyPrediction) -> bool:
        return prediction.status in ("present", "uncertain") or (
            prediction.status == "historical" and prediction.key in self._lasting
        )
