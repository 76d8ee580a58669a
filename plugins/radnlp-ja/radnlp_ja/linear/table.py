"""A table of hashed features and what each says for each label, in 8 bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radnlp_ja.linear.chain import Floats
from radnlp_ja.linear.encoding import Features


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Weights of one part of the model.

    Attributes:
        buckets: Shape (features,), rising: the buckets that have weights.
        rarity: Shape (features,): inverse document frequency of each.
        weights: Shape (features, labels), 8-bit; times ``scale`` (one a label) they are the weights.
        scale: Shape (labels,).
        bias: Shape (labels,).
    """

    buckets: NDArray[np.uint32]
    rarity: NDArray[np.float16]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, described: Features, sentences: int) -> Floats:
        """What each sentence scores for each label, before its neighbours' labels have a say.

        Args:
            described: The report's features.
            sentences: How many sentences it has.

        Returns:
            Shape (sentences, labels).
        """
        at = np.minimum(np.searchsorted(self.buckets, described.buckets), max(len(self.buckets) - 1, 0))
        known = self.buckets[at] == described.buckets if len(self.buckets) else np.zeros(len(at), dtype=np.bool_)
        rows = at[known]
        values = described.values(known, self.rarity[rows].astype(np.float64))
        said = self.weights[rows].astype(np.float64) * values[:, None]
        place = described.sentence[described.group[known]]
        columns = [np.bincount(place, weights=column, minlength=sentences) for column in said.T]
        return np.stack(columns, axis=1) * self.scale + self.bias


def table(buckets: NDArray[np.int64], rarity: NDArray[np.float16], weights: Floats, bias: Floats) -> Table:
    """Weights of training in 8 bits; features that round to nothing are left out."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-12) / 127
    small = np.round(weights / scale).astype(np.int8)
    kept = (small != 0).any(axis=1)
    return Table(
        buckets=buckets[kept].astype(np.uint32),
        rarity=rarity[kept],
        weights=small[kept],
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
