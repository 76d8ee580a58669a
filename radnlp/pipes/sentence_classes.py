"""radnlp_sentence_classes: what each sentence is for (Kikuchi et al., J Med Internet Res 2026;28:e86365)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from radnlp.errors import ProviderError
from radnlp.pipes.answers import label_rows, usable_score
from radnlp.pipes.asking import ask_batch
from radnlp.pipes.draft import Draft
from radnlp.records import ReportView, Schema, SentenceClassifier, SentenceLabel


class SentenceClassStage:
    """Asks the sentence classifier and keeps the labels that the schema knows.

    A report without sentences is not asked about.

    Args:
        schema: The classes that may be answered.
        classifier: The provider, ready-made.
        provider: Its name, distribution and version, for the provenance.
    """

    name, needs = "sentence_classes", "mentions"

    def __init__(self, schema: Schema, classifier: SentenceClassifier, provider: Mapping[str, str]) -> None:
        self._classifier = classifier
        self._provider = dict(provider)
        self._classes = frozenset(row.id for row in schema.sentence_classes)

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``labelled``: the sentences with label and score."""
        asked = [draft for draft in drafts if draft.sentences]
        nothing: tuple[SentenceLabel, ...] = ()
        answers = ask_batch(
            self.name,
            asked,
            self._ask,
            [draft.view() for draft in asked],
            nothing=nothing,
            provider=self._classifier,
            name=self._provider["name"],
        )
        for draft in drafts:
            draft.providers[self.name] = self._provider
            draft.labelled = draft.sentences or ()
        for draft, answer in zip(asked, answers, strict=True):
            if answer:  # none: the provider failed on this report, which has an issue that says so
                self._take(draft, answer)

    def _ask(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        answers = label_rows(self._classifier.label(views))
        for view, answer in zip(views, answers, strict=False):
            if len(answer) != len(view.sentences):
                raise ProviderError(
                    f"it gave {len(answer)} labels for {len(view.sentences)} sentences; it must give one for each"
                )
        return answers

    def _take(self, draft: Draft, answer: Sequence[SentenceLabel]) -> None:
        labelled = []
        for sentence, given in zip(draft.sentences or (), answer, strict=True):
            if given.label is None or given.label in self._classes:
                score = usable_score(draft, self.name, self._provider["name"], given.score)
                labelled.append(replace(sentence, label=given.label, score=score))
                continue
            labelled.append(sentence)
            draft.note(
                "error",
                self.name,
                "outside_schema",
                f"the provider {self._provider['name']!r} answered the sentence class {given.label!r}, which the "
                "schema does not have; it was left out",
            )
        draft.labelled = tuple(labelled)
