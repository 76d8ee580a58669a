"""What training makes small: the negative log-likelihood of the label sequences, and its slope.

All reports at once, padded to the longest, so that numpy does the work of the chain for a whole step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from radnlp_ja.linear.chain import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The sentences of all reports, one after the other.

    Attributes:
        features: Shape (sentences, features), sparse.
        edges: Shape (sentences, edge features).
        labels: Shape (sentences,): numbers of the gold labels.
        lengths: Sentences of each report, none of them 0.
        classes: How many labels there are.
    """

    features: csr_matrix
    edges: Floats
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    classes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How training is held back.

    Attributes:
        ridge: L2 penalty on the weights of sentences.
        step_ridge: L2 penalty on the weights of steps.
        chained: False trains and decodes each sentence by itself (no sequence).
        rounds: Of L-BFGS at most.
    """

    ridge: float = 0.1
    step_ridge: float = 1.0
    chained: bool = True
    rounds: int = 60


class Objective:
    """The function that L-BFGS calls. Parameters in one row: weights, steps, first, last, bias."""

    def __init__(self, problem: Problem, options: Options) -> None:
        self._problem, self._options = problem, options
        self._transposed = problem.features.T.tocsr()
        count, classes = len(problem.labels), problem.classes
        self._hard = np.eye(classes)[problem.labels]
        self._starts = np.concatenate([[0], np.cumsum(problem.lengths)[:-1]])
        self._ends = self._starts + problem.lengths - 1
        longest = int(problem.lengths.max())
        self._index = np.zeros((len(problem.lengths), longest), dtype=np.int64)
        self._real = np.zeros(self._index.shape, dtype=bool)
        for row, (start, length) in enumerate(zip(self._starts, problem.lengths, strict=True)):
            self._index[row, :length] = np.arange(start, start + length)
            self._real[row, :length] = True
        into = np.setdiff1d(np.arange(count), self._starts)
        pairs = self._hard[into - 1][:, :, None] * self._hard[into][:, None, :]
        self._gold_steps = np.tensordot(problem.edges[into].T, pairs, axes=1)
        self._edges = problem.edges[self._index]
        self.shapes = [
            (problem.features.shape[1], classes),
            (problem.edges.shape[1], classes, classes),
            (classes,),
            (classes,),
            (classes,),
        ]
        self.size = sum(int(np.prod(shape)) for shape in self.shapes)

    def parts(self, row: Floats) -> list[Floats]:
        """Weights, steps, first, last and bias out of the one row."""
        parts, at = [], 0
        for shape in self.shapes:
            size = int(np.prod(shape))
            parts.append(row[at : at + size].reshape(shape))
            at += size
        return parts

    def __call__(self, row: Floats) -> tuple[float, Floats]:
        """Loss and slope."""
        options = self._options
        weights, steps, first, last, bias = self.parts(row)
        scores = self._problem.features @ weights + bias
        chained = self._chained(scores, steps, first, last) if options.chained else self._single(scores)
        fit, expected, step_slope, first_slope, last_slope = chained
        gap = self._hard - expected
        fit += float((scores * self._hard).sum())
        slopes: Sequence[Floats] = (
            self._transposed @ gap - options.ridge * weights,
            step_slope - options.step_ridge * steps,
            first_slope - options.step_ridge * first,
            last_slope - options.step_ridge * last,
            gap.sum(axis=0),
        )
        penalty = options.ridge * float((weights**2).sum())
        penalty += options.step_ridge * float((steps**2).sum() + (first**2).sum() + (last**2).sum())
        return penalty / 2 - fit, -np.concatenate([slope.ravel() for slope in slopes])

    def _single(self, scores: Floats) -> tuple[float, Floats, Floats, Floats, Floats]:
        top = scores.max(axis=1, keepdims=True)
        odds = np.exp(scores - top)
        whole = odds.sum(axis=1, keepdims=True)
        nothing = [np.zeros(shape) for shape in self.shapes[1:4]]
        return -float((top + np.log(whole)).sum()), odds / whole, nothing[0], nothing[1], nothing[2]

    def _chained(
        self, scores: Floats, steps: Floats, first: Floats, last: Floats
    ) -> tuple[float, Floats, Floats, Floats, Floats]:
        real, longest = self._real, self._real.shape[1]
        padded = scores[self._index] * real[:, :, None]
        moves = np.tensordot(self._edges, steps, axes=1)
        forward = np.empty(padded.shape)
        backward = np.empty(padded.shape)
        forward[:, 0] = padded[:, 0] + first
        for at in range(1, longest):
            reached = _log_sum(forward[:, at - 1][:, :, None] + moves[:, at], 1) + padded[:, at]
            forward[:, at] = np.where(real[:, at, None], reached, forward[:, at - 1])
        backward[:, -1] = last
        for at in range(longest - 2, -1, -1):
            left = _log_sum(moves[:, at + 1] + (padded[:, at + 1] + backward[:, at + 1])[:, None, :], 2)
            backward[:, at] = np.where(real[:, at + 1, None], left, last)
        whole = _log_sum(forward[:, -1] + last, 1)
        expected = np.exp(forward + backward - whole[:, None, None])[real]
        onward = (padded[:, 1:] + backward[:, 1:])[:, :, None, :] - whole[:, None, None, None]
        pairs = np.exp(forward[:, :-1, :, None] + moves[:, 1:] + onward) * real[:, 1:, None, None]
        expected_steps = np.tensordot(self._edges[:, 1:], pairs, axes=([0, 1], [0, 1]))
        fit = float((steps * self._gold_steps).sum()) - float(whole.sum())
        fit += float((self._hard[self._starts] @ first).sum() + (self._hard[self._ends] @ last).sum())
        return (
            fit,
            expected,
            self._gold_steps - expected_steps,
            (self._hard[self._starts] - expected[self._starts]).sum(axis=0),
            (self._hard[self._ends] - expected[self._ends]).sum(axis=0),
        )


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis)))
