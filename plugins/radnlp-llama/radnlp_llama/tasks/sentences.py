"""The sentence classifier: the whole report in, a class for each sentence out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from radnlp.api import (
    AnswerError,
    Generated,
    GenerationRequest,
    Lexicon,
    ReportView,
    Schema,
    SentenceLabel,
    TextGenerator,
)
from radnlp_llama.answers import Names, Slot, form, read
from radnlp_llama.prompts import Prompt, prefix, question, report_lines, rest
from radnlp_llama.tasks.asking import INVALID, Asker, answer_issues, fault_issue, score
from radnlp_llama.tasks.process import check_process
from radnlp_llama.tasks.questions import sentence_slots

STAGE = "sentence_classes"
_LOST = "the report has no labels"
_NOTHING: Mapping[str, str] = {}


class LlamaSentenceClassifier:
    """Asks a language model for the class of every sentence of a report at once.

    After Kikuchi et al., J Med Internet Res 2026;28:e86365, whose fine-tuned models read the whole report likewise. A
    report whose answer was not understood in full has no labels, and an issue: the stage has no room for part of an
    answer beside an error.

    Args:
        schema: Its sentence classes are what may be answered.
        lexicon: What other words mean.
        generator: Writes the answers.
        prompt: Instruction and examples.
        about: What is to be said of the model in the provenance.
    """

    def __init__(
        self,
        schema: Schema,
        lexicon: Lexicon,
        generator: TextGenerator,
        *,
        prompt: Prompt,
        about: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._schema, self._prompt, self._about = schema, prompt, dict(about)
        self._names = Names(schema, lexicon)
        self._prefix = prefix(prompt, schema, self._example_slots)
        self._asker = Asker(generator)
        self._spent: list[Mapping[str, int]] = []
        self._process = os.getpid()

    @property
    def about(self) -> Mapping[str, str]:
        """Prompt and model, for the provenance."""
        return {**self._about, "prompt": self._prompt.name}

    def spent(self) -> list[Mapping[str, int]]:
        """For each report of the last batch: tokens and calls."""
        return self._spent

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view, with one label for each of its sentences; the score is the probability of the class.

        Raises:
            AnswerError: There is no answer to a report, or one that was not understood in full.
            ConfigError: In a process that was started beside others.
        """
        check_process(self._process, STAGE)
        asked = [view for view in views if view.sentences]
        answers = iter(self._asker.ask([self.question(view) for view in asked]))
        generated = [next(answers) if view.sentences else None for view in views]
        labels = [self._labels(view, answer) for view, answer in zip(views, generated, strict=True)]
        self._spent = [answer.counts if answer else {} for answer in generated]
        return labels

    def question(self, view: ReportView) -> GenerationRequest:
        """What the model is asked about a report."""
        text = view.report.text
        slots = sentence_slots(self._schema, len(view.sentences))
        lines = report_lines([text[sentence.start : sentence.end] for sentence in view.sentences])
        asked = [question(self._prompt, 0, slots)]
        return GenerationRequest(id=view.report.id, prefix=self._prefix, rest=rest(lines, asked), form=form(slots))

    def _example_slots(self, number: int, names: Sequence[str]) -> tuple[Slot, ...]:
        return sentence_slots(self._schema, len(names))

    def _labels(self, view: ReportView, generated: Generated | None) -> tuple[SentenceLabel, ...]:
        if generated is None:
            return ()
        if generated.fault:
            issue = fault_issue(STAGE, generated, _LOST)
            raise AnswerError(issue.message, code=issue.code)
        slots = sentence_slots(self._schema, len(view.sentences))
        answer = read(generated.text, slots, self._names)
        for issue in answer_issues(STAGE, answer, _LOST):
            if issue.level == "error":
                raise AnswerError(issue.message, code=INVALID)
        return tuple(
            SentenceLabel(label=answer.rows[slot.key]["class"][0], score=score([generated], [slot], {slot.key}))
            for slot in slots
        )
