"""Asking the second provider, so that what goes wrong there costs no more than its own answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from radnlp.api import (
    ConfigError,
    Issue,
    MappingRequest,
    MappingResult,
    Metered,
    ProviderError,
    RadnlpError,
    RelationMapper,
)

STAGE = "relations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the second provider gave for one report.

    Attributes:
        result: None where there is no usable answer.
        issues: To be told of the report, none of them an error: the first answer stands.
        spent: What it cost, where the provider tells.
    """

    result: MappingResult | None
    issues: tuple[Issue, ...] = ()
    spent: Mapping[str, int] = field(default_factory=dict)


class Second:
    """The provider that is asked where the first one is unsure.

    Args:
        name: Of the provider.
        mapper: The provider.
    """

    def __init__(self, name: str, mapper: RelationMapper) -> None:
        self.name = name
        self.mapper = mapper

    def ask(self, requests: Sequence[MappingRequest]) -> list[Answer]:
        """One answer a request, in order; a batch that fails is asked one by one.

        Raises:
            ConfigError: The provider cannot work in this run at all.
        """
        if not requests:
            return []
        try:
            return self._asked(requests)
        except ConfigError:
            raise
        except Exception:  # whatever a provider raises belongs to some report of the batch: look for it
            return [self._alone(request) for request in requests]

    def _alone(self, request: MappingRequest) -> Answer:
        try:
            (answer,) = self._asked([request])
        except ConfigError:
            raise
        except Exception as error:  # a foreign exception's words may hold report text
            told = f": {error}" if isinstance(error, RadnlpError) else ""
            return Answer(result=None, issues=(self._failure(f"failed with {type(error).__name__}{told}"),))
        return answer

    def _asked(self, requests: Sequence[MappingRequest]) -> list[Answer]:
        results = list(self.mapper.map(requests))
        if len(results) != len(requests) or not all(isinstance(result, MappingResult) for result in results):
            raise ProviderError(f"it must give one MappingResult for each of {len(requests)} requests")
        spent = list(self.mapper.spent()) if isinstance(self.mapper, Metered) else [{}] * len(requests)
        if len(spent) != len(requests):
            raise ProviderError(f"it must tell what it spent on each of {len(requests)} requests")
        return [self._answer(result, cost) for result, cost in zip(results, spent, strict=True)]

    def _answer(self, result: MappingResult, spent: Mapping[str, int]) -> Answer:
        faults = tuple(dict.fromkeys(issue.code for issue in result.issues if issue.level == "error"))
        if not faults:
            return Answer(result=result, issues=result.issues, spent=spent)
        issues = tuple(replace(issue, level="warning") for issue in result.issues)
        return Answer(result=None, issues=(*issues, self._failure(f"answered with {', '.join(faults)}")), spent=spent)

    def _failure(self, what: str) -> Issue:
        message = f"the provider {self.name!r}, asked because the rules were unsure, {what}; the rules' answer stands"
        return Issue(level="warning", stage=STAGE, code="cascade_failed", message=message)
