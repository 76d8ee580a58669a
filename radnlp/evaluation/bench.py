"""An experiment from its file to its scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from radnlp.errors import ConfigError
from radnlp.evaluation.data import data_of, held
from radnlp.evaluation.experiment import Experiment, Split
from radnlp.evaluation.gold import GoldSet
from radnlp.evaluation.pairs import pair_up
from radnlp.evaluation.scoring import Pairs, Scores, score
from radnlp.evaluation.systems import Outcome, run_system
from radnlp.hooks import Catalogue
from radnlp.records import MetricProvider, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitResult:
    """What an experiment says of one split.

    Attributes:
        pairs: System -> (gold, predicted) of each report of the split.
        groups: Group -> its scores, where the experiment asks for groups.
    """

    split: Split
    pairs: Mapping[str, Pairs]
    scores: Scores
    groups: Mapping[str, Scores]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of an experiment.

    Attributes:
        schema: The schema scored by.
        digest: Of the data's schema with its lexicon.
        gold: All of it, also reports that no split holds.
        outcomes: One for each system, in the experiment's order, those not run among them. Pipelines have read the
            reports that a split holds, and no others.
    """

    experiment: Experiment
    gold: GoldSet
    schema: Schema
    digest: str
    metrics: tuple[MetricProvider, ...]
    outcomes: tuple[Outcome, ...]
    splits: tuple[SplitResult, ...]


def run_experiment(experiment: Experiment, catalogue: Catalogue, *, say: Callable[[str], None]) -> Result:
    """Run every system on the gold and score what it says.

    Args:
        experiment: What to compare.
        catalogue: Where schemas and metrics are found.
        say: Told what is going on, for standard error.

    Raises:
        RadnlpError: The gold, the schema, a metric or a file of predictions is not as it must be; what a system lacks
            is told in its outcome.
    """
    metrics = tuple(catalogue.metric(name).item for name in experiment.metrics)
    gold, lexicon = data_of(experiment, catalogue)
    asked = gold.part(held(experiment))
    say(
        f"gold: {len(gold.gold)} reports"
        + (f", {len(asked.gold)} of them in a split" if len(asked.gold) < len(gold.gold) else "")
    )
    outcomes: list[Outcome] = []
    pairs: dict[str, Pairs] = {}
    for system in experiment.systems:
        say(f"running {system.name}")
        outcome = run_system(system, asked.reports)
        outcomes.append(outcome)
        if outcome.predictions is not None:
            lines = range(1, len(outcome.predictions) + 1) if system.predictions else None
            source = str(system.predictions or system.name)
            # A file of predictions is of all the gold; a pipeline was asked about some of it.
            of = gold if system.predictions else asked
            pairs[system.name] = pair_up(of, outcome.predictions, source=source, lines=lines)
    if not pairs:
        reasons = "; ".join(f"{outcome.system.name}: {outcome.reason}" for outcome in outcomes)
        raise ConfigError(f"{experiment.path}: no system could be run ({reasons})")
    return Result(
        experiment=experiment,
        gold=gold,
        schema=gold.schema,
        digest=lexicon.digest,
        metrics=metrics,
        outcomes=tuple(outcomes),
        splits=tuple(_split(experiment, split, pairs, metrics, gold.schema) for split in experiment.data.splits),
    )


def _split(
    experiment: Experiment,
    split: Split,
    pairs: Mapping[str, Pairs],
    metrics: Sequence[MetricProvider],
    schema: Schema,
) -> SplitResult:
    chosen = {name: [pair for pair in rows if split.holds(pair[0].report_id)] for name, rows in pairs.items()}
    if not all(chosen.values()):
        raise ConfigError(f"{experiment.path}: the split {split.name!r} holds no report")
    by_group: dict[str, dict[str, Pairs]] = {}
    if experiment.data.group_by is not None:
        for name, rows in chosen.items():
            groups = defaultdict(list)
            for pair in rows:
                groups[str(pair[0].meta.get(experiment.data.group_by))].append(pair)
            for group, members in sorted(groups.items()):
                by_group.setdefault(group, {})[name] = members

    def scored(rows: Mapping[str, Pairs]) -> Scores:
        return score(rows, metrics, schema, draws=experiment.draws, seed=experiment.seed)

    return SplitResult(
        split=split,
        pairs=chosen,
        scores=scored(chosen),
        groups={group: scored(rows) for group, rows in by_group.items()},
    )
