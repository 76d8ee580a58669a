"""Which hashed features get weights, and the reports as a sparse matrix over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from radnlp_ja.linear.encoding import Features

#: A feature must be in so many sentences.
_FEWEST = 2


def vocabulary(described: Sequence[Features], lengths: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
    """The buckets that occur often enough, rising, and how rare each is (inverse document frequency)."""
    total = sum(lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    pairs = [  # bucket and sentence as one number, each pair counted once
        row.buckets * total + row.sentence[row.group] + offset for row, offset in zip(described, offsets, strict=True)
    ]
    buckets, counts = np.unique(np.unique(np.concatenate(pairs)) // total, return_counts=True)
    often = counts >= _FEWEST
    rarity = np.log((1 + total) / (1 + counts[often])) + 1
    return buckets[often], rarity.astype(np.float16)


def matrix(
    described: Sequence[Features], lengths: Sequence[int], buckets: NDArray[np.int64], rarity: NDArray[np.float16]
) -> csr_matrix:
    """Shape (sentences of all reports, buckets)."""
    rows, columns, values = [], [], []
    done = 0
    for row, length in zip(described, lengths, strict=True):
        at = np.minimum(np.searchsorted(buckets, row.buckets), max(len(buckets) - 1, 0))
        known = buckets[at] == row.buckets if len(buckets) else np.zeros(len(at), dtype=np.bool_)
        columns.append(at[known])
        rows.append(row.sentence[row.group[known]] + done)
        values.append(row.values(known, rarity[at[known]].astype(np.float64)))
        done += length
    place = (np.concatenate(rows), np.concatenate(columns))
    found = csr_matrix((np.concatenate(values), place), shape=(done, len(buckets)))
    found.sum_duplicates()
    return found
