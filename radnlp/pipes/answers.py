"""What providers answer, looked at before anything is built on it: kinds first, then every value.

An answer of a wrong kind is refused whole, and the report loses it; of an answer of the right kind only the part that
cannot be used is left out, with an issue that says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args

from radnlp.errors import ProviderError
from radnlp.pipes.draft import Draft
from radnlp.records import EvidenceSpan, Issue, KeyPrediction, MappingResult, Relation, Route, SentenceLabel, Status

T = TypeVar("T")

_STATUSES = frozenset(get_args(Status))


def listed(answers: object) -> list[Any]:
    """The answers of a batch as a list. Raises ProviderError for what holds none."""
    if isinstance(answers, (str, bytes, dict)) or not isinstance(answers, Iterable):
        raise ProviderError(
            f"it answered a batch with {_kind(answers)}; it must give a list with one answer for each report, in order"
        )
    return list(answers)


def rows_of(answers: object, wanted: type[T]) -> list[tuple[T, ...]]:
    """The answers of a batch, each a tuple of records of one kind. Raises ProviderError."""
    return [_row(answer, wanted) for answer in listed(answers)]


def key_rows(answers: object) -> list[tuple[KeyPrediction, ...]]:
    """Stage one's answers. Raises ProviderError for a kind that is not :class:`KeyPrediction`'s."""
    rows = rows_of(answers, KeyPrediction)
    for prediction in (prediction for row in rows for prediction in row):
        _must_be("key", prediction.key, str)
        _must_be("status", prediction.status, str)
        _all_are("evidence", prediction.evidence, EvidenceSpan)
        _all_are("sources", prediction.sources, str)
    return rows


def mapping_results(answers: object) -> list[MappingResult]:
    """Stage two's answers. Raises ProviderError for a kind that is not :class:`MappingResult`'s."""
    results = listed(answers)
    _all_are("answers", tuple(results), MappingResult)
    for result in results:
        _all_are("relations", result.relations, Relation)
        _all_are("denied", result.denied, str)
        _all_are("issues", result.issues, Issue)
        _all_are("routes", result.routes, Route)
        for relation in result.relations:
            for name in ("key", "type", "value", "source"):
                _must_be(name, getattr(relation, name), str)
            _all_are("key_evidence", relation.key_evidence, EvidenceSpan)
            _all_are("value_evidence", relation.value_evidence, EvidenceSpan)
    return results


def label_rows(answers: object) -> list[tuple[SentenceLabel, ...]]:
    """Labels of sentences. Raises ProviderError for a kind that is not :class:`SentenceLabel`'s."""
    rows = rows_of(answers, SentenceLabel)
    for label in (label for row in rows for label in row):
        if label.label is not None:
            _must_be("label", label.label, str)
    return rows


def known_status(status: str) -> bool:
    """Whether a status is one of the four."""
    return status in _STATUSES


def usable_score(draft: Draft, stage: str, provider: str, score: Any) -> float | None:
    """The score, or None with an issue for one that is no number in [0, 1]."""
    if score is None:
        return None
    if isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score <= 1:
        return float(score) if type(score) not in (int, float) else score
    shown = repr(score) if isinstance(score, (int, float)) else _kind(score)
    message = f"the provider {provider!r} gave the score {shown}; a score is a number from 0 to 1; it was left out"
    draft.note("error", stage, "wrong_score", message)
    return None


def exact(draft: Draft, stage: str, provider: str, spans: Sequence[EvidenceSpan]) -> tuple[EvidenceSpan, ...]:
    """The spans that are the words at their offsets; the others are left out, with one issue for them all.

    A tuple that needs no change is given back as it is.
    """
    text = draft.report.text
    kept = tuple([span for span in spans if _is_exact(text, span)])
    if len(kept) == len(spans) and isinstance(spans, tuple):
        return spans
    if len(kept) < len(spans):
        first = next(span for span in spans if not _is_exact(text, span))
        draft.note(
            "error",
            stage,
            "wrong_evidence",
            f"the provider {provider!r} gave evidence that is not the report's text at its offsets ("
            f"{_place(first.start)} to {_place(first.end)} of {len(text)} code points, {len(spans) - len(kept)} in all)"
            "; it was left out",
        )
    return kept


def _is_exact(text: str, span: EvidenceSpan) -> bool:
    if type(span.start) is not int or type(span.end) is not int:
        return False
    return 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text


def _row(answer: object, wanted: type[T]) -> tuple[T, ...]:
    if isinstance(answer, (str, bytes, dict)) or not isinstance(answer, Iterable):
        raise ProviderError(f"it answered a report with {_kind(answer)}; it must give a tuple of {wanted.__name__}s")
    row = tuple(answer)
    _all_are("answer", row, wanted)
    return row


def _all_are(field: str, items: object, wanted: type[Any]) -> None:
    if not isinstance(items, (tuple, list)):
        raise ProviderError(f"it gave {_kind(items)} for {field}; it must be a tuple of {wanted.__name__}s")
    for item in items:
        if not isinstance(item, wanted):
            raise ProviderError(f"it gave {_kind(item)} in {field}; there must be {wanted.__name__}s")


def _must_be(field: str, value: object, wanted: type[Any]) -> None:
    if not isinstance(value, wanted):
        raise ProviderError(f"it gave {_kind(value)} for {field}; it must be of the kind {wanted.__name__}")


def _kind(value: object) -> str:
    """Of a value only its kind: its words may be the report's."""
    return "None" if value is None else f"something of the kind {type(value).__name__}"


def _place(offset: object) -> str:
    return str(offset) if isinstance(offset, int) else _kind(offset)
