"""The relation mapper: rounds of questions about each report, and the relations that the answers come to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from radnlp.api import (
    ConfigError,
    Generated,
    GenerationRequest,
    Issue,
    Lexicon,
    MappingRequest,
    MappingResult,
    Relation,
    RelationMapper,
    Schema,
    TextGenerator,
)
from radnlp_llama.answers import Names, Row, Slot, form, read, written
from radnlp_llama.prompts import Prompt, prefix, question, rest
from radnlp_llama.tasks.anchoring import Anchors
from radnlp_llama.tasks.asking import Asker, answer_issues, fault_issue, score, summed
from radnlp_llama.tasks.process import check_process
from radnlp_llama.tasks.questions import Round
from radnlp_llama.tasks.talk import Talk, denies, meant

NAME, STAGE = "llama", "relations"
_NOTHING: Mapping[str, str] = {}


class LlamaMapper:
    """Asks a language model for the values of the keys that stage one found.

    A key that the model calls absent (or not mentioned) is denied. With a schema that decides in steps
    (:func:`radnlp_llama.tasks.questions.step_rounds`) a first question asks for the status of the keys that a first
    step decides about and of the names that stand for several keys; what is denied takes its keys along. A second one
    asks for the values and the keys of what is left, with the first answer before it. The classifier of stage one is
    not replaced by this: only keys that it found are asked about, and they can be denied, not added.

    An answer that was not understood is an issue of level error, and its keys have no relations, or, with a
    ``fallback``, the fallback's. Relations of denied keys are left out with a warning.

    Source: stage two of Shin et al., Sci Rep 2025;15:31550; labels with side after Noh et al., Sci Rep 2026;16:4645.

    Args:
        schema: What may be answered.
        lexicon: What other words mean, and the words of change.
        generator: Writes the answers.
        prompt: Instruction and examples.
        rounds: The questions.
        fallback: Answers for keys whose answer was not understood; None for no relations.
        keep_unanchored: Whether relations that the report does not name stay, with empty evidence.
        about: What is to be said of the model in the provenance.
    """

    def __init__(
        self,
        schema: Schema,
        lexicon: Lexicon,
        generator: TextGenerator,
        *,
        prompt: Prompt,
        rounds: Sequence[Round],
        fallback: RelationMapper | None = None,
        keep_unanchored: bool = True,
        about: Mapping[str, str] = _NOTHING,
    ) -> None:
        if len(prompt.questions) != len(rounds):
            raise ConfigError(
                f"the prompt {prompt.id!r} has {len(prompt.questions)} questions; the schema {schema.id!r} asks "
                f"{len(rounds)} of them"
            )
        self._generator, self._prompt, self._about = generator, prompt, dict(about)
        self._rounds, self._fallback, self._keep_unanchored = tuple(rounds), fallback, keep_unanchored
        self._names, self._anchors = Names(schema, lexicon), Anchors(schema, lexicon)
        self._prefix = prefix(prompt, schema, self._example_slots)
        self._licensed = {relation.id: frozenset(schema.values_of(relation)) for relation in schema.relations}
        self._askers = [Asker(generator) for _ in self._rounds]
        self._spent: list[dict[str, int]] = []
        self._process = os.getpid()

    @property
    def about(self) -> Mapping[str, str]:
        """Prompt and model, for the provenance."""
        return {**self._about, "prompt": self._prompt.name}

    def spent(self) -> list[dict[str, int]]:
        """For each report of the last batch: tokens and calls, keys that fell back, relations dropped."""
        return self._spent

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request, in order.

        Raises:
            ConfigError: In a process that was started around a pipeline that existed before.
        """
        check_process(self._process, STAGE)
        talks = [Talk(request, frozenset(key.key for key in request.keys)) for request in requests]
        for number in range(len(self._rounds)):
            self._ask(number, talks)
        results = [self._result(talk) for talk in talks]
        self._spent = [talk.counts for talk in talks]
        return results

    def question(self, request: MappingRequest, answered: Sequence[str] = ()) -> GenerationRequest | None:
        """What the model is asked about a report when it has given these answers; None when there is nothing to ask."""
        talk = Talk(request, frozenset(key.key for key in request.keys))
        for number in range(len(self._rounds)):
            slots = self._slots(number, talk)
            if slots and len(talk.questions) == len(answered):
                return self._question(number, talk, slots)
            if slots:
                text = answered[len(talk.questions)]
                self._take(number, talk, slots, Generated(text=text))
        return None

    def _example_slots(self, number: int, names: Sequence[str]) -> tuple[Slot, ...]:
        if number >= len(self._rounds):
            raise ConfigError(f"prompt {self._prompt.id}: an example answers {number + 1} rounds of questions")
        return tuple(slot for name, slot in self._rounds[number].slots.items() if name in names)

    def _ask(self, number: int, talks: Sequence[Talk]) -> None:
        asked = [(talk, slots) for talk in talks if (slots := self._slots(number, talk))]
        requests = [self._question(number, talk, slots) for talk, slots in asked]
        for (talk, slots), generated in zip(asked, self._askers[number].ask(requests), strict=True):
            self._take(number, talk, slots, generated)

    def _slots(self, number: int, talk: Talk) -> tuple[Slot, ...]:
        """What is still to be asked about a report."""
        return self._rounds[number].asked(talk.targets - talk.denied - talk.unanswered, talk.left)

    def _question(self, number: int, talk: Talk, slots: Sequence[Slot]) -> GenerationRequest:
        asked = [*talk.questions, question(self._prompt, number, slots)]
        report = talk.request.view.report
        return GenerationRequest(
            id=report.id, prefix=self._prefix, rest=rest(report.text, asked, talk.answers), form=form(slots)
        )

    def _take(self, number: int, talk: Talk, slots: Sequence[Slot], generated: Generated) -> None:
        """Note what an answer says; what it denies or leaves unanswered takes the keys it stands for along."""
        asked = self._rounds[number]
        talk.questions.append(question(self._prompt, number, slots))
        talk.generated.append(generated)
        talk.slots += slots
        lost = "these keys have no relations" if self._fallback is None else "for these keys the rules answer"
        if generated.fault:
            missing = [slot.key for slot in slots]
            talk.issues.append(fault_issue(STAGE, generated, lost))
        else:
            answer = read(generated.text, slots, self._names)
            missing = list(answer.missing)
            complete = [s for s in slots if all(f.name in answer.rows.get(s.key, ()) for f in s.fields)]
            talk.answers.append(written(complete, answer.rows))  # as understood, whatever it was written like
            talk.issues += answer_issues(STAGE, answer, lost)
            for slot in slots:
                if slot.key in answer.rows:
                    row = answer.rows[slot.key]
                    talk.rows.append((slot, row))
                    if denies(slot, row):
                        talk.denied |= meant(asked, slot.key, talk.targets)
                        talk.left.discard(slot.key)
                    else:
                        talk.left.add(slot.key)
        for key in missing:
            talk.unanswered |= meant(asked, key, talk.targets)
            talk.left.discard(key)

    def _result(self, talk: Talk) -> MappingResult:
        talk.counts = summed([generated.counts for generated in talk.generated])
        relations = self._relations(talk)
        if self._fallback is not None and talk.unanswered:
            relations += self._fallen_back(talk)
        denied = tuple(key.key for key in talk.request.keys if key.key in talk.denied - talk.unanswered)
        return MappingResult(relations=tuple(relations), denied=denied, issues=tuple(talk.issues))

    def _relations(self, talk: Talk) -> list[Relation]:
        predictions = {prediction.key: prediction for prediction in talk.request.keys}
        anchors = self._anchors.on(talk.request)
        relations: list[Relation] = []
        contradicted: dict[str, None] = {}
        dropped = 0
        for slot, row in talk.rows:
            if slot.key not in predictions or slot.key in talk.unanswered:
                continue
            for found in self._found(slot, row, talk):
                if slot.key in talk.denied:
                    contradicted[slot.key] = None
                    continue
                anchored = anchors.anchored(found, predictions[slot.key])
                if anchored is None and not self._keep_unanchored:
                    dropped += 1
                    continue
                relations.append(anchored or found)
        if contradicted:
            message = (
                f"the model gave values to keys that it calls absent ({', '.join(contradicted)}); they were left out"
            )
            talk.issues.append(Issue(level="warning", stage=STAGE, code="values_of_absent_key", message=message))
        if dropped:
            talk.counts["dropped_relations"] = dropped
        return relations

    def _found(self, slot: Slot, row: Row, talk: Talk) -> list[Relation]:
        """The relations of one answered slot, without evidence."""
        statuses = (
            row[field.name][0]
            for told, row in talk.rows
            for field in told.fields
            if told.key == slot.key and field.strongest and field.name in row
        )
        stated = next(statuses, None)
        probability = score(talk.generated, talk.slots, {slot.key})
        return [
            Relation(
                key=slot.key,
                type=field.relation,
                value=value,
                score=probability,
                source=NAME,
                rule=f"answered as {stated}" if stated else "answered",
            )
            for field in slot.fields
            if field.relation is not None
            for value in row.get(field.name, ())
            if value in self._licensed[field.relation]
        ]

    def _fallen_back(self, talk: Talk) -> list[Relation]:
        assert self._fallback is not None
        keys = tuple(key for key in talk.request.keys if key.key in talk.unanswered)
        (result,) = self._fallback.map([replace(talk.request, keys=keys)])
        talk.counts["fallback_keys"] = len(keys)
        return list(result.relations)
