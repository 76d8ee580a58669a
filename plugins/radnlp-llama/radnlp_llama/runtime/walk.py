"""An answer on its way through a form: which tokens may come now, and what was chosen with which probability.

Knows no model: numbers of tokens go in, so it is tested alone.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from radnlp.api import Choice, Form
from radnlp_llama.runtime.grammar import FixedPart, FreePart, Grammar, OneOfPart, SomeOfPart
from radnlp_llama.runtime.trie import Trie


class Path(Protocol):
    """An answer on its way, with a form or without."""

    @property
    def done(self) -> bool:
        """Whether nothing may come any more."""

    @property
    def allowed(self) -> NDArray[np.int32] | None:
        """The tokens that may come now, ascending; None for every token."""

    def take(self, token: int, probability: float = 1.0) -> None:
        """Go on by a token."""


class Walk:
    """A way through a form.

    A token is chosen where several are allowed; the probability of a choice is the product over those tokens, the score
    the product over all of them.

    Args:
        form: The form.
        grammar: The same form in tokens.
    """

    def __init__(self, form: Form, grammar: Grammar) -> None:
        self._form = form
        self._text: list[str] = []
        self._choices: list[Choice] = []
        self._probability = 1.0
        self.score = 1.0
        self.done = False
        self._steps = self._through(grammar)
        self._token = -1
        self._allowed: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._go_on()

    @property
    def allowed(self) -> NDArray[np.int32]:
        """The tokens that may come now, ascending; one alone is no choice."""
        return self._allowed

    def take(self, token: int, probability: float = 1.0) -> None:
        """Go on by an allowed token; ``probability`` is its softmax over the allowed ones."""
        self._probability *= probability
        self.score *= probability
        self._token = token
        self._go_on()

    @property
    def text(self) -> str:
        """What has been written, part by part."""
        return "".join(self._text)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What has been chosen, in the form's order."""
        return tuple(self._choices)

    def _go_on(self) -> None:
        try:
            self._allowed = next(self._steps)
        except StopIteration:
            self.done = True
            self._allowed = np.empty(0, dtype=np.int32)

    def _through(self, grammar: Grammar) -> Generator[NDArray[np.int32], None, None]:
        """Gives what is allowed; what was taken lies in ``_token`` when it goes on."""
        for part, asked in zip(grammar.parts, self._form, strict=True):
            self._probability = 1.0
            match part:
                case FixedPart():
                    yield from _forced(part.row)
                    self._text.append(part.text)
                    continue
                case OneOfPart():
                    option = yield from self._down(part.tree)
                    chosen: tuple[str, ...] = (part.part.options[option],)
                    self._text.append(chosen[0])
                case SomeOfPart():
                    chosen = yield from self._some(part)
                    self._text.append(part.part.separator.join(chosen) + part.part.end)
                case FreePart():
                    words = yield from self._free(part)
                    chosen = (words,)
                    self._text.append(words + part.part.end)
            assert not hasattr(asked, "text")  # a fixed part went on above
            self._choices.append(Choice(name=asked.name, chosen=chosen, probability=self._probability))

    def _down(self, node: Trie) -> Generator[NDArray[np.int32], None, int]:
        while node.row is None:
            yield node.allowed
            node = node.children[self._token]
        return node.row

    def _some(self, part: SomeOfPart) -> Generator[NDArray[np.int32], None, tuple[str, ...]]:
        chosen: list[int] = []
        while True:
            row = yield from self._down(part.tree(chosen[-1] if chosen else -1, len(chosen)))
            if row < 0:
                return tuple(part.part.options[number] for number in chosen)
            chosen.append(row)

    def _free(self, part: FreePart) -> Generator[NDArray[np.int32], None, str]:
        state, words = 0, b""
        for left in range(part.part.most, 0, -1):
            allowed = part.tokens.allowed(state, left)
            if state == 0:
                allowed = np.sort(np.append(allowed, np.int32(part.end[0])))
            yield allowed
            if state == 0 and self._token == part.end[0]:
                yield from _forced(part.end[1:])
                break
            words += part.tokens.bytes_of(self._token)
            state = part.tokens.state_after(state, self._token)
        else:
            yield from _forced(part.end)
        return words.decode("utf-8")


def _forced(row: tuple[int, ...]) -> Generator[NDArray[np.int32], None, None]:
    for token in row:
        yield np.array([token], dtype=np.int32)


class FreeRun:
    """An answer without form: every token is allowed, to the model's own end or to a number of tokens.

    Attributes:
        finished: Whether the model came to its end.
        tokens: What it wrote.
    """

    def __init__(self, ends: frozenset[int], most: int) -> None:
        self._ends = ends
        self._most = most
        self.tokens: list[int] = []
        self.finished = False
        self.done = most <= 0
        self.allowed: NDArray[np.int32] | None = None

    def take(self, token: int, probability: float = 1.0) -> None:
        """Go on by a token."""
        self.finished = token in self._ends
        if not self.finished:
            self.tokens.append(token)
        self.done = self.finished or len(self.tokens) >= self._most
