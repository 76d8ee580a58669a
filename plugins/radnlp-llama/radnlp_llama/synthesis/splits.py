"""Which reports are for training, for validation and for the test."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import islice


def assign(ids: Sequence[str], weights: Mapping[str, int], *, seed: int) -> dict[str, str]:
    """Report id -> name of its split.

    The sizes are the weights' shares of all ids, rounded so that they add up (largest remainder). Which report goes
    where depends on ids and seed alone, so a report never changes its split because another one was refused.

    >>> sorted(assign(["a", "b", "c", "d"], {"train": 3, "test": 1}, seed=1).values())
    ['test', 'train', 'train', 'train']
    """
    order = sorted(ids, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest())
    places = iter(order)
    return {name: split for split, size in _sizes(len(ids), weights).items() for name in islice(places, size)}


def _sizes(count: int, weights: Mapping[str, int]) -> dict[str, int]:
    total = sum(weights.values())
    sizes = {name: count * weight // total for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: -(count * weights[name] % total))
    for name in by_remainder[: count - sum(sizes.values())]:
        sizes[name] += 1
    return sizes
