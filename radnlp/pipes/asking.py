"""Asking a provider about a batch, so that what it does wrong stays with the report it did it on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from radnlp.errors import ConfigError, ProviderError
from radnlp.pipes.aside import ASIDE
from radnlp.pipes.draft import Draft
from radnlp.records import MappingRequest, Metered, ReportView

T = TypeVar("T", ReportView, MappingRequest)
S = TypeVar("S")


def ask_batch(
    stage: str,
    drafts: Sequence[Draft],
    ask: Callable[[Sequence[T]], Sequence[S]],
    requests: Sequence[T],
    *,
    nothing: S,
    provider: object,
    name: str,
) -> list[S]:
    """A provider's answers for a batch; when the batch fails, one by one, so that only the guilty report loses its
    answer.

    What the provider prints goes nowhere, because it may be words of a report and standard output is for results; what
    it does to the report it was lent changes nothing. Both are issues.

    Args:
        stage: For the issue on a report that fails.
        drafts: The drafts the requests were made from, in the same order.
        ask: Asks the provider, and checks its answers.
        requests: What it is asked.
        nothing: The answer of a report that failed.
        provider: Asked for what it spent, where it can tell.
        name: Of the provider, for the issues.

    Raises:
        ConfigError: The provider cannot work in this run at all.
    """

    def answered(drafts: Sequence[Draft], requests: Sequence[T]) -> list[S]:
        with _unprinted(stage, name, drafts):
            answers = _counted(ask(requests), len(requests))
            spent = _spent(provider, len(requests))
        for draft, counts in zip(drafts, spent, strict=True):
            draft.count(stage, counts)
        return answers

    try:
        answers = answered(drafts, requests)
    except (ConfigError, KeyboardInterrupt):  # how the run was set up is at fault, and no report
        raise
    except BaseException:  # whatever a provider raises (or exits with) belongs to some report of the batch: look for it
        answers = []
        for draft, request in zip(drafts, requests, strict=True):
            try:
                answers += answered([draft], [request])
            except (ConfigError, KeyboardInterrupt):
                raise
            except BaseException as error:  # the run goes on; the report says what happened to it
                draft.note_failure(stage, error, provider=name)
                answers.append(nothing)
    for draft, request in zip(drafts, requests, strict=True):
        _note_changes(stage, name, draft, request)
    return answers


@contextmanager
def _unprinted(stage: str, name: str, drafts: Sequence[Draft]) -> Iterator[None]:
    """Keeps what is printed from standard output, and from everybody; the reports of the batch have an issue of it."""
    printed = io.StringIO()
    try:
        with ASIDE.led(printed):
            yield
    finally:
        length = 0 if printed.closed else printed.tell()
        if length:
            message = (
                f"the provider {name!r} printed while it worked on the batch of this report; it was dropped, because "
                "standard output is for results and what is printed may be words of reports"
            )
            for draft in drafts:
                if not any((issue.stage, issue.code) == (stage, "printed") for issue in draft.issues):
                    draft.note("warning", stage, "printed", message)


def _note_changes(stage: str, name: str, draft: Draft, request: ReportView | MappingRequest) -> None:
    lent = request.view.report if isinstance(request, MappingRequest) else request.report
    try:
        changed = bool(lent != draft.report)
    except Exception:  # values of meta that cannot be compared, e.g. arrays
        changed = False
    if changed:
        message = (
            f"the provider {name!r} changed the report it was asked about; the change was dropped; what a provider has "
            "to say goes into its answer"
        )
        draft.note("warning", stage, "input_changed", message)


def _spent(provider: object, wanted: int) -> Sequence[Mapping[str, int]]:
    if not isinstance(provider, Metered):
        return [{}] * wanted
    spent: list[Any] = _counted(provider.spent(), wanted)
    for counts in spent:
        if not isinstance(counts, Mapping) or not all(isinstance(number, int) for number in counts.values()):
            raise ProviderError("what it spent must be whole numbers by name, for each report")
    return spent


def _counted(answers: Sequence[S], wanted: int) -> list[S]:
    if len(answers) != wanted:
        raise ProviderError(f"it gave {len(answers)} answers for {wanted} reports; it must give one for each")
    return list(answers)
