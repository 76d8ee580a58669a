"""Asking a provider as a pipeline does, twice and in several batches, and comparing what comes back."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from radnlp.errors import AnswerError
from radnlp.pipeline import Assembly, complete_settings
from radnlp.records import EvidenceSpan, Provider, Setting, Settings
from radnlp.testing.contracts.errors import ContractError, require
from radnlp.testing.contracts.probes import Input
from radnlp.testing.contracts.watch import safe_words, watched

T = TypeVar("T")
S = TypeVar("S")
B = TypeVar("B")

#: Seconds that a check allows for all its questions, where its caller says nothing else.
SECONDS = 60.0
NO_SETTINGS: Settings = {}


class _Declared(dict[str, Setting]):
    """The settings as a factory gets them; asking for one that is not declared breaks a rule."""

    def __missing__(self, name: str) -> Setting:
        raise ContractError("settings", f"the factory reads the setting {name!r}, which is not among its settings")

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]


def built(provider: Provider[B], assembly: Assembly, settings: Settings, method: str) -> B:
    """What the factory of a provider builds, with settings laid over its defaults.

    Raises:
        UnknownNameError: A setting that the provider does not know.
        ContractError: The factory reads others, changes them, or builds something else.
    """
    complete = _Declared(complete_settings("settings", settings, provider.settings))
    before = dict(complete)
    made = provider.factory(assembly.schema, assembly.lexicon, complete)
    require(dict(complete) == before, "settings", "the factory changed the settings it was given")
    found = callable(getattr(made, method, None))
    require(found, "right_kind", f"the factory built a {type(made).__name__}, which has no method {method}()")
    return made


def consistent(
    ask: Callable[[Sequence[T]], Sequence[S]],
    requests: Sequence[T],
    asked: Sequence[Input],
    *,
    wanted: type[Any] | None,
    seconds: float,
) -> list[tuple[Input, T, S]]:
    """The answers of a provider that gives the same ones whenever and beside whatever it is asked.

    A report that cannot be answered may raise AnswerError, as in a pipeline; the exception stands for its answer.

    Args:
        ask: Answers a batch.
        requests: One for each of ``asked``.
        asked: The reports, for messages.
        wanted: What each answer is; None for a tuple.
        seconds: Limit for all of it.

    Returns:
        Report, request and answer of every report that was answered.
    """
    lent = deepcopy(list(requests))
    with watched(asked, seconds=seconds):
        require(not list(_answers(ask, [], [])), "empty_batch", "a batch without reports was answered with something")
        first = _answers(ask, lent, asked)
        require(len(first) == len(lent), "one_answer_each", f"{len(first)} answers for {len(lent)} reports")
        for one, request, before in zip(asked, lent, requests, strict=True):
            require(
                request == before, "input_unchanged", "the records it was asked about were changed", where=one.where
            )
        for one, answer in zip(asked, first, strict=True):
            _require_kind(answer, wanted, one)
        again = _answers(ask, lent, asked)
        alone = [answer for request, one in zip(lent, asked, strict=True) for answer in _answers(ask, [request], [one])]
    _compare(first, again, asked, "repeatable", "the same reports gave other answers the second time")
    require(len(alone) == len(first), "one_answer_each", "a report asked alone was not answered once")
    if _shown(first) != _shown(alone) and sorted(_shown(first)) == sorted(_shown(alone)):
        raise ContractError("order", "the answers of the batch are those of the reports one by one in another order")
    _compare(first, alone, asked, "independent", "a report's answer depends on the batch it comes in")
    for one, answer in zip(asked, first, strict=True):
        require_sendable(answer, one.where)
    rows = zip(asked, requests, first, strict=True)
    return [(one, request, answer) for one, request, answer in rows if not isinstance(answer, AnswerError)]


def require_sendable(answer: object, where: str) -> None:
    """Whether it can go to another process."""
    try:
        pickle.dumps(answer)
    except Exception as error:
        raise ContractError("sendable", f"it cannot be pickled ({type(error).__name__})", where=where) from None


def require_exact(text: str, spans: Sequence[EvidenceSpan], where: str) -> None:
    """Whether each span is the words at its offsets."""
    for span in spans:
        require(
            isinstance(span, EvidenceSpan), "right_kind", f"the evidence holds a {type(span).__name__}", where=where
        )
        found = f"the evidence [{span.start}-{span.end}] is not the text at these offsets"
        inside = type(span.start) is int and type(span.end) is int and 0 <= span.start < span.end <= len(text)
        require(inside and text[span.start : span.end] == span.text, "exact_offsets", found, where=where)


def require_score(score: object, where: str) -> None:
    """Whether it is None or a plain number in [0, 1]; numpy's are not plain."""
    plain = score is None or (type(score) in (int, float) and 0 <= score <= 1)  # type: ignore[operator]
    require(plain, "score", f"the score {score!r} of the kind {type(score).__name__}", where=where)


def _answers(ask: Callable[[Sequence[T]], Sequence[S]], requests: Sequence[T], asked: Sequence[Input]) -> list[Any]:
    try:
        return _list(ask(requests))
    except (ContractError, KeyboardInterrupt):
        raise
    except BaseException as error:  # whatever it raises, or exits with
        if len(requests) > 1:  # look for the guilty one, as a pipeline does
            singles = zip(requests, asked, strict=True)
            return [answer for request, one in singles for answer in _answers(ask, [request], [one])]
        words = safe_words(error, asked)
        if isinstance(error, AnswerError) and requests:
            return [error]
        where = asked[0].where if asked else ""
        shown = None if any(one.own for one in asked) else error
        raise ContractError(
            "empty_batch" if not requests else "no_exception", f"it raised {words}", where=where
        ) from shown


def _list(answers: object) -> list[Any]:
    right = isinstance(answers, Sequence) and not isinstance(answers, (str, bytes, Mapping))
    require(right, "right_kind", f"a batch was answered with a {type(answers).__name__}, which is no list")
    return list(answers)  # type: ignore[call-overload, no-any-return]


def _require_kind(answer: object, wanted: type[Any] | None, one: Input) -> None:
    if isinstance(answer, AnswerError):
        return
    expected = wanted or tuple
    found = f"the answer is a {type(answer).__name__}; it must be a {expected.__name__}"
    right = isinstance(answer, (tuple, list) if wanted is None else wanted)
    require(right, "right_kind", found, where=one.where)


def _compare(first: Sequence[Any], other: Sequence[Any], asked: Sequence[Input], rule: str, found: str) -> None:
    require(len(first) == len(other), "one_answer_each", f"{len(first)} answers, then {len(other)}")
    for one, answer, second in zip(asked, _shown(first), _shown(other), strict=True):
        require(answer == second, rule, found, where=one.where)


def _shown(answers: Sequence[Any]) -> list[str]:
    """Answers in a form in which they can be compared and sorted; an exception by its words."""
    return [repr(answer) for answer in answers]
