"""The calibrated measure: from the signals of a key to the probability that the rules found its places exactly."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from radnlp.rules.cascade.signals import SIGNALS

_FILE = Path(__file__).with_name("measure.toml")
#: So many reasons are told, the weightiest first.
_REASONS = 3
#: What takes less than this from the logit is no reason.
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the measure says of one answer.

    Attributes:
        probability: That the answer is wholly right, in [0, 1].
        reasons: What speaks against it, the weightiest first.
    """

    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A logistic model: ``p = 1 / (1 + exp(-(base + shift + sum of weight * signal)))``.

    No weight is positive: a signal speaks against an answer or not at all, so that the reasons add up.

    Source: logistic calibration after Platt, in Advances in Large Margin Classifiers, MIT Press 1999, on signals in
    place of a classifier's margin. Coefficients, material and date are data, in ``measure.toml``, written by
    benchmarks/cascade/fit.py.

    Attributes:
        version: Of the coefficients.
        base: Logit of an answer that nothing speaks against.
        weights: Signal -> what it adds for each unit; at most 0.
        shifts: Schema id -> what reports of that schema add.
    """

    version: str
    base: float
    weights: Mapping[str, float]
    shifts: Mapping[str, float]

    @classmethod
    def shipped(cls) -> Measure:
        """The measure that lies beside this module."""
        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
        return cls(version=data["version"], base=data["base"], weights=data["weights"], shifts=data["shifts"])

    def judge(self, signals: Mapping[str, float], *, schema: str) -> Judgement:
        """How probable it is that an answer is right, and why it may not be.

        >>> measure = Measure(version="0", base=3.0, weights={"no_place": -2.0, "lent": -0.5}, shifts={})
        >>> measure.judge({"no_place": 0.0, "lent": 0.0}, schema="chest_ct")
        Judgement(probability=0.9526, reasons=())
        >>> measure.judge({"no_place": 1.0, "lent": 1.0}, schema="chest_ct")
        Judgement(probability=0.6225, reasons=('no place found', 'shares the place of a finding beside it'))
        """
        against = {name: weight * signals[name] for name, weight in self.weights.items()}
        logit = self.base + self.shifts.get(schema, 0.0) + sum(against.values())
        heavy = sorted((name for name in against if against[name] <= -_LEAST), key=lambda name: against[name])
        reasons = tuple(SIGNALS[name] for name in heavy[:_REASONS])
        return Judgement(probability=round(1 / (1 + exp(-logit)), 4), reasons=reasons)
