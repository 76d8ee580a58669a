"""Tokens of several sequences, laid out as llama.cpp reads them in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from radnlp_llama.runtime.library import llama_library


class Batch:
    """Room for some tokens, filled and cleared again and again.

    Attributes:
        handle: llama.cpp's own.
        count: Tokens in it.

    Args:
        size: Tokens that fit.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.handle: Any = llama_library().llama_batch_init(size, 0, 1)
        self._open = True
        # The same memory as arrays: setting it number by number through ctypes took longer than a GPU reads it.
        self._tokens, self._positions, self._counts, self._wanted = (
            np.ctypeslib.as_array(pointer, shape=(size,))
            for pointer in (self.handle.token, self.handle.pos, self.handle.n_seq_id, self.handle.logits)
        )
        self._sequences = [self.handle.seq_id[place] for place in range(size)]
        self._counts[:] = 1
        self.clear()

    @property
    def count(self) -> int:
        """Tokens in it."""
        return int(self.handle.n_tokens)

    @property
    def room(self) -> int:
        """Tokens that still fit."""
        return self.size - self.count

    def clear(self) -> None:
        """Take everything out."""
        self.handle.n_tokens = 0

    def add(self, tokens: Sequence[int], position: int, sequence: int, *, wanted: bool) -> None:
        """Lay in tokens.

        Args:
            tokens: One after the other.
            position: Of the first, in its sequence.
            sequence: Which.
            wanted: Whether what the model expects behind the last one is asked for.
        """
        start, end = self.count, self.count + len(tokens)
        self._tokens[start:end] = tokens
        self._positions[start:end] = np.arange(position, position + len(tokens))
        self._wanted[start:end] = 0
        for place in range(start, end):
            self._sequences[place][0] = sequence
        if wanted:
            self._wanted[end - 1] = 1
        self.handle.n_tokens = end

    def close(self) -> None:
        """Give the memory back."""
        if self._open:
            llama_library().llama_batch_free(self.handle)
            self._open = False
