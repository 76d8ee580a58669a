"""The model: two chains over the same report, whose probabilities are averaged.

The first chain reads everything at once: the features of each sentence and those of its neighbours. The second is
stacked (Wolpert, Neural Netw 1992;5:241): a model of single sentences says first what each would be by itself, and the
chain reads those opinions of the sentence and two on either side, with the facts about its place among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from radnlp_ja.linear.chain import Chain, Floats, marginals
from radnlp_ja.linear.encoding import Encoded, Views, facts, features
from radnlp_ja.linear.table import Table

#: How far the opinions reach, and how much they count before training.
WINDOW: Mapping[int, float] = {0: 0.3, -2: 0.2, -1: 0.2, 1: 0.2, 2: 0.2}
_LEAST = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A trained model.

    Attributes:
        labels: Sentence class ids, in the order of the columns.
        whole: Of the first chain.
        alone: Of the model of single sentences.
        facts: Of the second chain, for facts.
        window: Shape (offsets of ``WINDOW``, labels, labels): of the second chain, for opinions.
        first: Steps of the first chain.
        second: Steps of the second chain.
        card: What it was trained on and how.
    """

    labels: tuple[str, ...]
    whole: Table
    alone: Table
    facts: Table
    window: Floats
    first: Chain
    second: Chain
    card: Mapping[str, object]

    def shares(self, encoded: Encoded, views: Views) -> Floats:
        """How probable each label of each sentence is.

        Returns:
            Shape (sentences, labels), each row adding up to 1.
        """
        total = len(encoded.edges)
        if not total:
            return np.zeros((0, len(self.labels)))
        one = self.whole.scores(features(encoded, context=views.context, with_facts=True), total)
        said = opinions(softmax(self.alone.scores(features(encoded, context=False, with_facts=False), total)))
        other = self.facts.scores(facts(encoded), total)
        for weights, (offset, size) in zip(self.window, WINDOW.items(), strict=True):
            other += size * moved_rows(said, offset, views) @ weights
        if not views.sequence:
            return (softmax(one) + softmax(other)) / 2
        return (marginals(one, encoded.edges, self.first) + marginals(other, encoded.edges, self.second)) / 2


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, row by row."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def opinions(shares: Floats) -> Floats:
    """Probabilities as numbers around 0: logarithms, less their mean."""
    logs = np.log(np.maximum(shares, _LEAST))
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))


def moved_rows(rows: Floats, offset: int, views: Views) -> Floats:
    """For each sentence of a report the row of the one ``offset`` places on; zeros where there is none."""
    if not offset:
        return rows
    moved = np.zeros(rows.shape)
    if not views.context or abs(offset) >= len(rows):
        return moved
    if offset > 0:
        moved[:-offset] = rows[offset:]
    else:
        moved[-offset:] = rows[:offset]
    return moved
