"""Rules first; the keys of which they are unsure go to a second provider."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from radnlp.api import MappingRequest, MappingResult, Relation, RelationMapper, Route, RouteEnd, Schema
from radnlp.rules.cascade.budget import Budget
from radnlp.rules.cascade.measure import Judgement, Measure
from radnlp.rules.cascade.second import Answer, Second
from radnlp.rules.cascade.signals import SignalReader
from radnlp.rules.cooccurrence import CooccurrenceMapper
from radnlp.rules.mapper import NAME as FIRST

NAME = "cascade"
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to become of a report.

    Attributes:
        judged: Key -> how sure the rules are; keys without relations in the schema are not judged, and kept.
        unsure: The judged keys below the threshold.
        sent: Whether these are sent on.
    """

    request: MappingRequest
    first: MappingResult
    judged: Mapping[str, Judgement]
    unsure: frozenset[str]
    sent: bool

    @property
    def question(self) -> MappingRequest:
        """The same report with the unsure keys alone."""
        return replace(self.request, keys=tuple(key for key in self.request.keys if key.key in self.unsure))


class CascadeMapper:
    """Asks the rules, and a second provider for those keys of a report of which the rules are unsure.

    Unsure means that the calibrated probability of having found exactly the right places
    (:class:`radnlp.rules.cascade.measure.Measure`) is below a threshold. The second provider gets the report with the
    unsure keys alone, one request a report; for these keys its relations, denials and issues are taken, for the others
    the rules' answer stands. Where it fails, or the budget has run out, the rules' answer stands too. Every judged key
    leaves a :class:`radnlp.api.Route`; relations of the rules carry the probability as their score.

    Args:
        schema: Whose values are places.
        first: The mapper ``rules``; the measure knows no other.
        second: None asks nobody: the rules with a score and reasons.
        measure: The measure.
        threshold: In [0, 1]; 0 asks nobody, above 1 is not to be.
        budget: The share of reports that may be sent on, in [0, 1] (:class:`radnlp.rules.cascade.budget.Budget`).
        about: For the provenance.
    """

    def __init__(
        self,
        schema: Schema,
        first: RelationMapper,
        second: Second | None,
        *,
        measure: Measure,
        threshold: float,
        budget: float = 1.0,
        about: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._schema = schema
        self._first, self._second, self._measure = first, second, measure
        self._baseline, self._signals = CooccurrenceMapper(schema), SignalReader(schema)
        self._threshold, self._budget = threshold, Budget(budget)
        self._about = dict(about)
        self._spent: list[dict[str, int]] = []

    @property
    def about(self) -> Mapping[str, str]:
        """Both providers and the measure, for the provenance."""
        return self._about

    def spent(self) -> list[dict[str, int]]:
        """What each report of the last batch cost.

        ``calls`` of the second provider, keys kept, asked about, out of budget and failed, and behind its name what the
        second provider spent.
        """
        return self._spent

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request, in order.

        Raises:
            ConfigError: The second provider cannot work in this run at all.
        """
        firsts, baselines = self._first.map(requests), self._baseline.map(requests)
        plans = [self._plan(*row) for row in zip(requests, firsts, baselines, strict=True)]
        asked = [plan for plan in plans if plan.sent]
        answers = iter(self._second.ask([plan.question for plan in asked]) if self._second and asked else ())
        results, self._spent = [], []
        for plan in plans:
            answer = next(answers) if plan.sent else None
            result = self._merged(plan, answer)
            results.append(result)
            self._spent.append(self._cost(plan, answer, result.routes))
        return results

    def _plan(self, request: MappingRequest, first: MappingResult, baseline: MappingResult) -> _Plan:
        judged = {
            key: self._measure.judge(signals.values, schema=self._schema.id)
            for key, signals in self._signals.read(request, first, baseline).items()
        }
        unsure = frozenset(key for key, told in judged.items() if told.probability < self._threshold)
        sent = self._budget.take(wanted=bool(unsure) and self._second is not None)
        return _Plan(request=request, first=first, judged=judged, unsure=unsure, sent=sent)

    def _merged(self, plan: _Plan, answer: Answer | None) -> MappingResult:
        second = answer.result if answer else None
        taken = plan.unsure if second else frozenset[str]()
        kept = [self._scored(row, plan.judged) for row in plan.first.relations if row.key not in taken]
        denied = [key for key in plan.first.denied if key not in taken]
        if second is not None:
            kept += [row for row in second.relations if row.key in taken]
            denied += [key for key in second.denied if key in taken]
        return MappingResult(
            relations=tuple(kept),
            denied=tuple(denied),
            issues=(*plan.first.issues, *(answer.issues if answer else ())),
            routes=tuple(self._route(plan, key.key, second) for key in plan.request.keys if key.key in plan.judged),
        )

    def _route(self, plan: _Plan, key: str, second: MappingResult | None) -> Route:
        told = plan.judged[key]
        asked = self._second.name if self._second and plan.sent and key in plan.unsure else None
        return Route(
            key=key,
            score=told.probability,
            why=told.reasons,
            first=FIRST,
            asked=asked,
            end=self._end(plan, key, second),
        )

    def _end(self, plan: _Plan, key: str, second: MappingResult | None) -> RouteEnd:
        if key not in plan.unsure:
            return "sure"
        if self._second is None:
            return "unsure"
        if not plan.sent:
            return "out_of_budget"
        if second is None:
            return "failed"
        same = key not in second.denied and self._said(second, key) == self._said(plan.first, key)
        return "agreed" if same else "differs"

    def _said(self, result: MappingResult, key: str) -> Collection[tuple[str, str]]:
        known = {value.id for value in self._schema.values}
        return {
            (row.type, value)
            for row in result.relations
            if row.key == key and row.value in known
            for value in self._schema.expand([row.value])
        }

    def _scored(self, row: Relation, judged: Mapping[str, Judgement]) -> Relation:
        return replace(row, score=judged[row.key].probability) if row.key in judged else row

    def _cost(self, plan: _Plan, answer: Answer | None, routes: Sequence[Route]) -> dict[str, int]:
        name = self._second.name if self._second else ""
        inner = {f"{name}.{what}": number for what, number in (answer.spent if answer else {}).items()}
        return {
            "calls": int(plan.sent),
            "keys_kept": sum(route.end in ("sure", "unsure") for route in routes),
            "keys_asked": len(plan.unsure) if plan.sent else 0,
            "keys_out_of_budget": sum(route.end == "out_of_budget" for route in routes),
            "keys_failed": sum(route.end == "failed" for route in routes),
            **inner,
        }
