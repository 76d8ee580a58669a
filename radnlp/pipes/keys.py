"""radnlp_keys: entity key classification, stage one of Shin et al., Sci Rep 2025;15:31550."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from radnlp.errors import ProviderError
from radnlp.pipes.draft import Draft
from radnlp.pipes.stage import ask_batch
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
        answers = ask_batch(self.name, drafts, self._ask, views, nothing=nothing, provider=self._classifier)
        for draft, answer in zip(drafts, answers, strict=True):
            draft.providers[self.name] = self._provider
            draft.keys = self._checked(draft, answer)
            draft.steps = self._steps.key_steps(answer, draft.keys, self._provider["name"])

    def _ask(self, views: Sequence[ReportView]) -> list[tuple[KeyPrediction, ...]]:
        answers = [tuple(answer) for answer in self._classifier.classify(views)]
        if not all(isinstance(prediction, KeyPrediction) for answer in answers for prediction in answer):
            raise ProviderError("the provider answered something else than KeyPredictions")
        return answers

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
            if prediction.key in self._order:
                kept.setdefault(prediction.key, prediction)
            else:
                draft.note(
                    "error",
                    self.name,
                    "outside_schema",
                    f"the provider {self._provider['name']!r} answered the key {prediction.key!r}, which the schema "
                    "does not have; it was left out",
                )
        return tuple(sorted(kept.values(), key=lambda prediction: self._order[prediction.key]))
