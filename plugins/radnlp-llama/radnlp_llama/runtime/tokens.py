"""Texts to tokens, with the vocabulary of a model; what a form says is spelled exactly, or not at all."""

from __future__ import annotations

import ctypes
from functools import cached_property, lru_cache
from typing import Any

from radnlp.api import ConfigError
from radnlp_llama.runtime.free_text import FreeTokens
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.template import Surroundings


class Vocabulary:
    """The tokens of a model.

    Args:
        handle: llama.cpp's vocabulary.
    """

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._library = llama_library()
        self.size = int(self._library.llama_vocab_n_tokens(handle))
        self._spelled: dict[str, tuple[int, ...]] = {}
        self._free: dict[str, FreeTokens] = {}
        # SentencePiece puts a space before whatever it is given; what stands behind a line break has none.
        self._lead = self._tokens("\n") if self._tokens("a") != self._tokens("\na")[-len(self._tokens("a")) :] else ()

    def _tokens(self, text: str, *, control: bool = False) -> tuple[int, ...]:
        data = text.encode("utf-8")
        room = len(data) + 8
        buffer = (self._library.llama_token * room)()
        count = self._library.llama_tokenize(self._handle, data, len(data), buffer, room, False, control)
        if count < 0:
            buffer = (self._library.llama_token * -count)()
            count = self._library.llama_tokenize(self._handle, data, len(data), buffer, -count, False, control)
        return tuple(buffer[:count])

    def plain(self, text: str) -> tuple[int, ...]:
        """The tokens of a text in the middle of another; words that look like control tokens are only words."""
        if self._lead and text:
            row = self._tokens("\n" + text)
            if row[: len(self._lead)] == self._lead:
                return row[len(self._lead) :]
        return self._tokens(text)

    @lru_cache(maxsize=16)  # noqa: B019 - a vocabulary lives as long as its model
    def prefix(self, surroundings: Surroundings, text: str) -> tuple[int, ...]:
        """The tokens that questions of one kind begin with: what stands before every question, and their own text."""
        return (*self.around(surroundings)[0], *self.plain(text))

    def around(self, surroundings: Surroundings) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The tokens before and behind every question, with the token that begins a text where the model wants it."""
        before = self._tokens(surroundings.before, control=True)
        first = int(self._library.llama_vocab_bos(self._handle))
        if self._library.llama_vocab_get_add_bos(self._handle) and first >= 0 and before[:1] != (first,):
            before = (first, *before)
        return before, self._tokens(surroundings.behind, control=True)

    def spell(self, text: str) -> tuple[int, ...]:
        """The tokens that write exactly this text; always the same ones.

        Raises:
            ConfigError: The vocabulary cannot write it.
        """
        if text not in self._spelled:
            row, data = self.plain(text), text.encode("utf-8")
            if b"".join(self.pieces[token] for token in row) != data:
                row = self._byte_by_byte(text)
            self._spelled[text] = row
        return self._spelled[text]

    def _byte_by_byte(self, text: str) -> tuple[int, ...]:
        single = {piece[0]: token for token, piece in reversed(list(enumerate(self.pieces))) if len(piece) == 1}
        data = text.encode("utf-8")
        if not set(data) <= set(single):
            raise ConfigError(
                f"the model's vocabulary cannot write {text!r} of an answer; use a model with a byte-level vocabulary "
                "or byte fallback (Llama, Qwen, Mistral, Gemma have one)"
            )
        return tuple(single[byte] for byte in data)

    def free(self, end: str) -> FreeTokens:
        """The tokens that may stand in free words. Raises ValueError."""
        if end not in self._free:
            self._free[end] = FreeTokens(self.pieces, end)
        return self._free[end]

    @cached_property
    def pieces(self) -> tuple[bytes, ...]:
        """What each token writes; nothing for control tokens."""
        buffer = ctypes.create_string_buffer(512)
        pieces = []
        for token in range(self.size):
            if self._library.llama_vocab_is_control(self._handle, token):
                pieces.append(b"")
                continue
            count = self._library.llama_token_to_piece(self._handle, token, buffer, len(buffer), 0, False)
            pieces.append(buffer.raw[:count] if count > 0 else b"")
        return tuple(pieces)

    @cached_property
    def ends(self) -> frozenset[int]:
        """The tokens by which the model says that it is done."""
        return frozenset(token for token in range(self.size) if self._library.llama_vocab_is_eog(self._handle, token))

    def text(self, tokens: list[int]) -> str:
        """What a row of tokens writes; bytes that are no text become the replacement character."""
        return b"".join(self.pieces[token] for token in tokens).decode("utf-8", "replace")
