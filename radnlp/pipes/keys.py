"""radnlp_keys: entity key classification, stage one of Shin et al., Sci Rep 2025;15:31550."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from radnlp.pipes.answers import exact, key_rows, known_status, usable_score
from radnlp.pipes.asking import ask_batch
from radnlp.pipes.draft import Draft
from radnlp.pipes.steps import Steps
from radnlp.records import EntityKeyClassifier, KeyPrediction, ReportView, Schema


class KeyStage:
    """Asks the entity key classifier and keeps what the schema knows.

    Args:
        schema: The keys that may be answered.
        classifier: The provider, ready-made.
        provider: Its name, distribution and version, for the provenance.
    """

    name, needs = "keys", "mentions"

    def __init__(self, schema: Schema, classifier: EntityKeyClassifier, provider: Mapping[str, str]) -> None:
        self._classifier = classifier
        self._provider = dict(provider)
        self._steps = Steps(schema)
        self._order = {key.id: number for number, key in enumerate(schema.keys)}

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``keys``, in schema order."""
        views = [draft.view() for draft in drafts]
        nothing: tuple[KeyPrediction, ...] = ()
        name = self._provider["name"]
        answers = ask_batch(self.name, drafts, self._ask, views, nothing=nothing, provider=self._classifier, name=name)
        for draft, answer in zip(drafts, answers, strict=True):
            draft.providers[self.name] = self._provider
            draft.keys = self._checked(draft, answer)
            draft.steps = self._steps.key_steps(answer, draft.keys, name)

    def _ask(self, views: Sequence[ReportView]) -> list[tuple[KeyPrediction, ...]]:
        return key_rows(self._classifier.classify(views))

    def _checked(self, draft: Draft, answer: Sequence[KeyPrediction]) -> tuple[KeyPrediction, ...]:
        kept: dict[str, KeyPrediction] = {}
        asked, refused = self._steps.allowed(answer)
        for key in refused:
            draft.note(
                "error",
                self.name,
                "outside_step",
                f"the provider {self._provider['name']!r} answered the key {key!r} and denied the answer it stands "
                "under in the step before; it was left out",
            )
        for prediction in asked:
            if prediction.key in self._order and known_status(prediction.status):
                kept.setdefault(prediction.key, self._exact(draft, prediction))
            elif prediction.key in self._order:
                draft.note(
                    "error",
                    self.name,
                    "wrong_status",
                    f"the provider {self._provider['name']!r} answered the key {prediction.key!r} with a status that "
                    "is none of present, uncertain, historical, absent; it was left out",
                )
            else:
                draft.note(
                    "error",
                    self.name,
                    "outside_schema",
                    f"the provider {self._provider['name']!r} answered the key {prediction.key!r}, which the schema "
                    "does not have; it was left out",
                )
        return tuple(sorted(kept.values(), key=lambda prediction: self._order[prediction.key]))

    def _exact(self, draft: Draft, prediction: KeyPrediction) -> KeyPrediction:
        name = self._provider["name"]
        score = usable_score(draft, self.name, name, prediction.score)
        evidence = exact(draft, self.name, name, prediction.evidence)
        if score is prediction.score and evidence is prediction.evidence:
            return prediction
        return replace(prediction, score=score, evidence=evidence)
