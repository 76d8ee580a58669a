"""Scores of each key with their intervals, and of each key at each value: what the figures of a paper show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from radnlp.evaluation.bench import Result
from radnlp.evaluation.metrics.positives import positive_keys
from radnlp.evaluation.metrics.ratios import Floats, f1
from radnlp.evaluation.metrics.triples import triples
from radnlp.evaluation.scoring import Pairs
from radnlp.evaluation.statistics import Interval, bootstrap
from radnlp.records import Array, RelationType, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What F1 is made of.

    Attributes:
        right: On both sides.
        predicted: Of the system.
        gold: Of gold.
    """

    right: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """``2 right / (predicted + gold)``; NaN where neither side has any."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyScore:
    """F1 of one key with its 95% interval."""

    f1: Interval
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyScores:
    """F1 of every key that either side has.

    Attributes:
        relation: None for the presence of the key; else F1 of the values it has in that relation.
        keys: Key -> score, in schema order.
    """

    relation: str | None
    keys: Mapping[str, KeyScore]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Every key at every value of a relation, compound values expanded.

    Attributes:
        cells: (key, value) -> counts over reports; a pair that neither side has is not there.
        key_totals: Key -> its cells added up.
        value_totals: Value -> its cells added up.
        total: All cells added up.
    """

    relation: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    cells: Mapping[tuple[str, str], Counts]
    key_totals: Mapping[str, Counts]
    value_totals: Mapping[str, Counts]
    total: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the figures of one system on one split are drawn from.

    What gold labels nowhere is not there: no F1 says anything of it.

    Attributes:
        scores: Presence, then every relation.
        matrices: Every relation.
    """

    scores: tuple[KeyScores, ...]
    matrices: tuple[Matrix, ...]


def figures(result: Result) -> list[dict[str, Figures]]:
    """For each split of an experiment: system -> its figures."""
    schema, experiment = result.schema, result.experiment
    labelled = {name for gold in result.gold.gold for row in gold.findings for name, ids in row.values.items() if ids}
    relations = [relation for relation in schema.relations if relation.id in labelled]
    asked = [*((None,) if labels_findings(result) else ()), *relations]
    return [
        {
            system: Figures(
                scores=tuple(
                    key_scores(pairs, schema, one, draws=experiment.draws, seed=experiment.seed) for one in asked
                ),
                matrices=tuple(matrix(pairs, schema, one) for one in relations),
            )
            for system, pairs in part.pairs.items()
        }
        for part in result.splits
    ]


def labels_findings(result: Result) -> bool:
    """Whether the gold has findings at all; of sentences that are labelled with classes alone it has none."""
    return any(gold.findings for gold in result.gold.gold)


def key_scores(
    pairs: Pairs, schema: Schema, relation: RelationType | None = None, *, draws: int, seed: int
) -> KeyScores:
    """F1 of each key, over reports (presence) or over the values of a relation.

    Args:
        pairs: (gold, predicted) of each report.
        schema: Of the gold.
        relation: None asks for the presence of keys, as the metric ``keys``; a relation for its values, as the metric
            ``relations``.
        draws: Bootstrap draws.
        seed: The same seed gives the draws of the metrics.
    """
    keys = tuple(key.id for key in schema.keys if relation is None or key.id in relation.keys)
    table = np.zeros((len(pairs), 3, len(keys)))
    places = {key: number for number, key in enumerate(keys)}
    for row, (gold, predicted) in zip(table, pairs, strict=True):
        if relation is None:
            true, said = ({(key, "") for key in positive_keys(schema, side)} for side in (gold, predicted))
        else:
            true, said = (
                {(key, value) for key, asked, value in triples(schema, side) if asked == relation.id}
                for side in (gold, predicted)
            )
        for kind, members in enumerate((true & said, said, true)):
            for key, _ in members:
                row[kind, places[key]] += 1

    def scores(totals: Array) -> Mapping[str, Floats]:
        parts: Floats = np.asarray(totals, dtype=np.float64).reshape(*totals.shape[:-1], 3, len(keys))
        values = f1(parts[..., 0, :], parts[..., 1, :], parts[..., 2, :])
        return {key: values[..., number] for number, key in enumerate(keys)}

    summed = table.sum(axis=0)
    name = None if relation is None else relation.id
    if not summed.any():
        return KeyScores(relation=name, keys={})
    intervals = bootstrap(table.reshape(len(pairs), 3 * len(keys)), scores, draws=draws, seed=seed)
    return KeyScores(
        relation=name,
        keys={
            key: KeyScore(f1=intervals[key], counts=_counts(summed[:, number]))
            for number, key in enumerate(keys)
            if summed[1:, number].any()
        },
    )


def matrix(pairs: Pairs, schema: Schema, relation: RelationType) -> Matrix:
    """F1 of each key at each value, as the supplementary figures of Shin et al., Sci Rep 2025;15:31550, show it."""
    keys = tuple(key.id for key in schema.keys if key.id in relation.keys)
    expanded = schema.expand(schema.values_of(relation))
    values = tuple(value.id for value in schema.values if value.id in expanded)
    table = np.zeros((3, len(keys), len(values)))
    for gold, predicted in pairs:
        true, said = triples(schema, gold), triples(schema, predicted)
        for kind, members in enumerate((true & said, said, true)):
            for key, name, value in members:
                if name == relation.id:
                    table[kind, keys.index(key), values.index(value)] += 1
    return Matrix(
        relation=relation.id,
        keys=keys,
        values=values,
        cells={
            (key, value): _counts(table[:, row, column])
            for row, key in enumerate(keys)
            for column, value in enumerate(values)
            if table[:, row, column].any()
        },
        key_totals={key: _counts(table[:, row].sum(axis=-1)) for row, key in enumerate(keys)},
        value_totals={value: _counts(table[..., column].sum(axis=-1)) for column, value in enumerate(values)},
        total=_counts(table.sum(axis=(1, 2))),
    )


def _counts(row: Floats) -> Counts:
    right, predicted, gold = (int(number) for number in row)
    return Counts(right=right, predicted=predicted, gold=gold)
