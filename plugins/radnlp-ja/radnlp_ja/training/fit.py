"""From labelled reports to weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from radnlp_ja.linear.chain import Chain, Floats
from radnlp_ja.linear.encoding import Encoded, Features, Views, facts, features
from radnlp_ja.linear.model import WINDOW, Weights, moved_rows, opinions, softmax
from radnlp_ja.linear.table import Table, table
from radnlp_ja.training.descent import descend
from radnlp_ja.training.objective import Objective, Options, Problem
from radnlp_ja.training.vocabulary import matrix, vocabulary

#: Chosen by ten-fold cross-validation by report on the training reports.
WHOLE = Options(ridge=0.1, step_ridge=1.0, rounds=60)
ALONE = Options(ridge=0.1, rounds=60, chained=False)
SECOND = Options(ridge=10.0, step_ridge=4.0, rounds=80)
#: Parts of the reports that take turns in being labelled by a model of the others, for the second chain to learn from.
_TURNS = 5
_SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A described report with its gold labels, as numbers."""

    encoded: Encoded
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Trained:
    table: Table
    weights: Floats
    chain: Chain


def fit(
    examples: Sequence[Example],
    *,
    labels: tuple[str, ...],
    views: Views,
    card: Mapping[str, object] | None = None,
    rounds: int | None = None,
) -> Weights:
    """Train both chains.

    The same examples and versions of numpy and scipy give the same weights on one thread.

    Args:
        examples: Reports; those without sentences are left out.
        labels: Sentence class ids, in the order of their numbers.
        views: What the model goes by.
        card: What the file will say about the training.
        rounds: Of descent, at most, when other than usual.
    """
    used = [example for example in examples if example.labels]
    classes = len(labels)
    whole = [features(example.encoded, context=views.context, with_facts=True) for example in used]
    single = [features(example.encoded, context=False, with_facts=False) for example in used]
    first = _train(used, whole, classes, _limited(WHOLE, rounds, chained=views.sequence))
    alone = _train(used, single, classes, _limited(ALONE, rounds, chained=False))
    said = _unseen_opinions(used, single, classes, _limited(ALONE, rounds, chained=False))
    windows = [np.hstack([size * moved_rows(rows, offset, views) for offset, size in WINDOW.items()]) for rows in said]
    second = _train(
        used,
        [facts(example.encoded) for example in used],
        classes,
        _limited(SECOND, rounds, chained=views.sequence),
        dense=np.concatenate(windows),
    )
    return Weights(
        labels=labels,
        whole=first.table,
        alone=alone.table,
        facts=second.table,
        window=second.weights.reshape(len(WINDOW), classes, classes),
        first=first.chain,
        second=second.chain,
        card=dict(card or {}),
    )


def _limited(options: Options, rounds: int | None, *, chained: bool) -> Options:
    return Options(
        ridge=options.ridge,
        step_ridge=options.step_ridge,
        chained=chained,
        rounds=options.rounds if rounds is None else rounds,
    )


def _train(
    examples: Sequence[Example],
    described: Sequence[Features],
    classes: int,
    options: Options,
    *,
    dense: Floats | None = None,
) -> _Trained:
    """One part of the model. ``dense`` are further columns, whose weights come back as they are."""
    lengths = [len(example.labels) for example in examples]
    buckets, rarity = vocabulary(described, lengths)
    hashed = matrix(described, lengths, buckets, rarity)
    problem = Problem(
        features=hashed if dense is None else csr_matrix(hstack([hashed, csr_matrix(dense)])),
        edges=np.concatenate([example.encoded.edges for example in examples]),
        labels=np.array([label for example in examples for label in example.labels], dtype=np.int64),
        lengths=np.array(lengths, dtype=np.int64),
        classes=classes,
    )
    objective = Objective(problem, options)
    found = descend(objective, np.zeros(objective.size), rounds=options.rounds)
    weights, steps, first, last, bias = objective.parts(found)
    return _Trained(
        table(buckets, rarity, weights[: len(buckets)], bias),
        weights[len(buckets) :],
        Chain(steps=steps, first=first, last=last),
    )


def _unseen_opinions(
    examples: Sequence[Example], described: Sequence[Features], classes: int, options: Options
) -> list[Floats]:
    """What the model of single sentences says of each report when it was trained without it."""
    turn: NDArray[np.int64] = np.empty(len(examples), dtype=np.int64)
    turn[np.random.RandomState(_SEED).permutation(len(examples))] = np.arange(len(examples)) % _TURNS
    said: list[Floats] = [np.zeros((0, classes))] * len(examples)
    for number in range(_TURNS):
        others = np.flatnonzero(turn != number)
        if not len(others):
            continue
        trained = _train([examples[i] for i in others], [described[i] for i in others], classes, options)
        for at in np.flatnonzero(turn == number):
            scores = trained.table.scores(described[at], len(examples[at].labels))
            said[at] = opinions(softmax(scores))
    return said
