"""A question in tokens, the way its answer takes, and how a token is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from radnlp_llama.runtime.walk import FreeRun, Walk


@dataclass(slots=True, kw_only=True)
class Job:
    """A question to be answered.

    Attributes:
        number: Its place among the questions asked together.
        prefix: The tokens that it begins with like others of its kind, the chat template's among them.
        own: The tokens behind them, up to where the answer begins; at least one.
        path: The answer, not begun.
        longest: Tokens that the answer may have.
    """

    number: int
    prefix: tuple[int, ...]
    own: tuple[int, ...]
    path: Walk | FreeRun
    longest: int

    @property
    def room(self) -> int:
        """Tokens behind the prefix, at most."""
        return len(self.own) + self.longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A question answered.

    Attributes:
        job: Its path has come to its end.
        evaluated: Tokens that the model read behind the prefix.
        calls: How often it was needed, had the question been alone.
    """

    job: Job
    evaluated: int
    calls: int


class Runner(Protocol):
    """A way to run a model."""

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """The questions answered, as they get done."""

    def close(self) -> None:
        """Give memory back."""


def choose(logits: NDArray[np.float32], allowed: NDArray[np.int32] | None) -> tuple[int, float]:
    """The token with the largest logit among the allowed ones, and its softmax over them.

    Args:
        logits: Shape (vocabulary,).
        allowed: Tokens, ascending; of equal logits the smaller token is taken. None for all, with 1.0.

    >>> token, probability = choose(np.array([0.0, 9.0, 0.0, 0.0], dtype=np.float32), np.array([0, 2]))
    >>> token, probability
    (0, 0.5)
    """
    if allowed is None:
        return int(logits.argmax()), 1.0
    row = logits[allowed].astype(np.float64)
    best = int(row.argmax())
    return int(allowed[best]), float(1.0 / np.exp(row - row[best]).sum())


def forced(path: Walk | FreeRun) -> list[int]:
    """Take the tokens that leave no choice, up to the next choice or the end."""
    taken: list[int] = []
    while not path.done and path.allowed is not None and len(path.allowed) == 1:
        token = int(path.allowed[0])
        path.take(token)
        taken.append(token)
    return taken
