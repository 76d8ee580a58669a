"""A run: cases are drawn, reports are written and checked, then labelled and checked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from radnlp.api import GenerationRequest
from radnlp_llama.synthesis.asking import Desk
from radnlp_llama.synthesis.cases import Case
from radnlp_llama.synthesis.doubles import Doubles
from radnlp_llama.synthesis.labels import Labelling, Labels
from radnlp_llama.synthesis.questions import digest_of, report_request
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.recorded import Answer
from radnlp_llama.synthesis.rejection import RejectionError
from radnlp_llama.synthesis.validation import check_report
from radnlp_llama.synthesis.written import read_report


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A report that passed everything.

    Attributes:
        request: Digest of the request for the report.
        generator: Name of the model that wrote it.
        labels: Sentence number from 1, or key -> label.
        labeller: Name of the model that labelled it.
    """

    case: Case
    sentences: tuple[str, ...]
    request: str
    generator: str
    labels: Labels
    labels_request: str
    labeller: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An answer that was not taken; the first fault counts.

    Attributes:
        stage: ``report`` or ``labels``.
        reason: One of ``rejection.REASONS``.
        answer: As it came.
        sentences: The report, where it is the labels that were not taken.
    """

    case: Case
    stage: str
    reason: str
    detail: str
    request: str
    generator: str
    answer: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All cases of a run, each in one of three places, in the order in which they were drawn.

    Attributes:
        waiting: Cases for which an answer is still to come.
    """

    cases: tuple[Case, ...]
    labelled: tuple[Labelled, ...]
    rejected: tuple[Rejected, ...]
    waiting: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    case: Case
    sentences: tuple[str, ...]
    answer: Answer


def synthesize(recipe: Recipe, cases: Sequence[Case], labels: Labelling, desk: Desk) -> Outcome:
    """Ask for all reports, then for the labels of those that passed."""
    rejected: list[Rejected] = []
    waiting: list[Case] = []
    asked = [report_request(recipe, case) for case in cases]
    written = _reports(recipe, cases, asked, desk.ask(asked, label="reports"), rejected, waiting)
    questions = [labels.request(row.case.id, row.sentences) for row in written]
    labelled = []
    for row, question, answer in zip(written, questions, desk.ask(questions, label="labels"), strict=True):
        if answer is None:
            waiting.append(row.case)
            continue
        try:
            _refuse_faulty(answer)
            found = labels.read(answer.text, row.sentences)
        except RejectionError as error:
            rejected.append(_rejected(row.case, "labels", error, answer, row.sentences))
            continue
        labelled.append(
            Labelled(
                case=row.case,
                sentences=row.sentences,
                request=row.answer.request,
                generator=row.answer.model,
                labels=found,
                labels_request=digest_of(question),
                labeller=answer.model,
            )
        )
    order = {case.id: number for number, case in enumerate(cases)}
    return Outcome(
        cases=tuple(cases),
        labelled=tuple(labelled),
        rejected=tuple(sorted(rejected, key=lambda row: order[row.case.id])),
        waiting=tuple(sorted(waiting, key=lambda case: order[case.id])),
    )


def _reports(
    recipe: Recipe,
    cases: Sequence[Case],
    asked: Sequence[GenerationRequest],
    answers: Sequence[Answer | None],
    rejected: list[Rejected],
    waiting: list[Case],
) -> list[_Written]:
    doubles = Doubles(share=recipe.limits.doubled)
    written = []
    for case, request, answer in zip(cases, asked, answers, strict=True):
        if answer is None:
            waiting.append(case)
            continue
        try:
            _refuse_faulty(answer)
            sentences = read_report(answer.text, recipe)
            check_report(sentences, recipe, request)
            doubles.take(case.id, sentences)
        except RejectionError as error:
            rejected.append(_rejected(case, "report", error, answer))
            continue
        written.append(_Written(case=case, sentences=sentences, answer=answer))
    return written


def _refuse_faulty(answer: Answer) -> None:
    if answer.fault is not None:
        raise RejectionError("no_answer", answer.fault)
    if not answer.finished:
        raise RejectionError("unfinished")


def _rejected(
    case: Case, stage: str, error: RejectionError, answer: Answer, sentences: tuple[str, ...] = ()
) -> Rejected:
    return Rejected(
        case=case,
        stage=stage,
        reason=error.reason,
        detail=error.detail,
        request=answer.request,
        generator=answer.model,
        answer=answer.text,
        sentences=sentences,
    )
