"""Stand-ins whose answers a test decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from radnlp.records import KeyPrediction, MappingRequest, MappingResult, ReportView, SentenceLabel


class ScriptedClassifier:
    """An entity key classifier that answers what a function says."""

    def __init__(self, answer: Callable[[ReportView], tuple[KeyPrediction, ...]]) -> None:
        self._answer = answer

    def classify(self, views: Sequence[ReportView]) -> list[tuple[KeyPrediction, ...]]:
        """One tuple a view."""
        return [self._answer(view) for view in views]


class ScriptedMapper:
    """A relation mapper that answers what a function says."""

    def __init__(self, answer: Callable[[MappingRequest], MappingResult]) -> None:
        self._answer = answer

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request."""
        return [self._answer(request) for request in requests]


class ScriptedLabeller:
    """A sentence classifier that answers what a function says."""

    def __init__(self, answer: Callable[[ReportView], tuple[SentenceLabel, ...]]) -> None:
        self._answer = answer

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view."""
        return [self._answer(view) for view in views]
