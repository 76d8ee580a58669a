"""The label sequence of a report: a linear-chain conditional random field (Lafferty et al., ICML 2001).

The score of a sequence is the sum of each sentence's score for its label, of each step from one label to the next, and
of the first and last label. What a step scores hangs on the second sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What steps score.

    Attributes:
        steps: Shape (edges, labels, labels): of each edge feature, from label, to label.
        first: Shape (labels,).
        last: Shape (labels,).
    """

    steps: Floats
    first: Floats
    last: Floats


def steps_of(chain: Chain, edges: Floats) -> Floats:
    """Shape (sentences, labels, labels): the step into each sentence; that into the first is not used.

    Args:
        chain: What steps score.
        edges: Shape (sentences, edge features).
    """
    return np.asarray(np.tensordot(edges, chain.steps, axes=1))


def marginals(scores: Floats, edges: Floats, chain: Chain) -> Floats:
    """How probable each label of each sentence is, given all sentences (forward and backward pass, in logarithms).

    Args:
        scores: Shape (sentences, labels).
        edges: Shape (sentences, edge features).
        chain: What steps score.

    Returns:
        Shape (sentences, labels), each row adding up to 1.
    """
    total = len(scores)
    if not total:
        return np.zeros(scores.shape)
    steps = steps_of(chain, edges)
    forward = np.empty(scores.shape)
    backward = np.empty(scores.shape)
    forward[0] = scores[0] + chain.first
    for at in range(1, total):
        forward[at] = _log_sum(forward[at - 1][:, None] + steps[at], axis=0) + scores[at]
    backward[-1] = chain.last
    for at in range(total - 2, -1, -1):
        backward[at] = _log_sum(steps[at + 1] + (scores[at + 1] + backward[at + 1])[None, :], axis=1)
    together = forward + backward
    odds = np.exp(together - together.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis)))
