"""L-BFGS (Liu and Nocedal, Math Program 1989;45:503): down a smooth slope with a memory of the last steps.

scipy's L-BFGS-B does the same with bounds, for which it takes ten times as long on half a million unbounded weights.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from radnlp_ja.linear.chain import Floats

_MEMORY = 8
_ENOUGH = 1e-4  # Armijo: share of the promised descent that a step must bring
_SHORTEST = 1e-10


def descend(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, *, rounds: int, tolerance: float = 1e-6
) -> Floats:
    """The lowest point found.

    Args:
        function: Gives value and slope at a point.
        start: Where to begin.
        rounds: Steps at most.
        tolerance: Stop when a step lowers the value by less than this share of it.
    """
    point = start
    value, slope = function(point)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        direction = _direction(slope, steps)
        promised = float(slope @ direction)
        if promised >= 0:  # numerical noise at the bottom
            break
        size = 1.0 if steps else min(1.0, 1.0 / float(np.sqrt(slope @ slope)))
        while True:
            there = point + size * direction
            new_value, new_slope = function(there)
            if new_value <= value + _ENOUGH * size * promised or size < _SHORTEST:
                break
            size /= 2
        move, change = there - point, new_slope - slope
        gained, bend = value - new_value, float(move @ change)
        if bend > 0:
            steps.append((move, change, bend))
        point, value, slope = there, new_value, new_slope
        if gained <= tolerance * max(abs(value), 1.0):
            break
    return point


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """The two-loop recursion: minus the slope, bent by what the last steps told of the curvature."""
    direction = -slope
    shares = []
    for move, change, bend in reversed(steps):
        share = float(move @ direction) / bend
        shares.append(share)
        direction -= share * change
    if steps:
        _, change, bend = steps[-1]
        direction *= bend / float(change @ change)
    for (move, change, bend), share in zip(steps, reversed(shares), strict=True):
        direction += (share - float(change @ direction) / bend) * move
    return direction
