"""Reports as token windows that overlap: every token of a text is in at least one, with words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

#: Tokens that a window shares with the one before, so that what is cut in one is whole in the other.
OVERLAP = 64


@dataclass(frozen=True, slots=True)
class Window:
    """Some tokens of a report, as the encoder gets them.

    Attributes:
        owner: Number of the report in its batch.
        ids: Token ids, special ones included.
        lead: How many special tokens stand before those of the report.
        at: Number of the report's token that is the first one here.
        tokens: How many tokens of the report are here.
    """

    owner: int
    ids: tuple[int, ...]
    lead: int
    at: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """A report's tokens and their places in its text, half-open, in code points."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


class Cutter:
    """Turns texts into windows.

    Args:
        tokenizer: A fast Hugging Face tokenizer.
        max_length: Tokens of a window, special ones included.
        overlap: Tokens shared with the window before; less where windows are too short for it.
    """

    def __init__(self, tokenizer: Any, *, max_length: int, overlap: int = OVERLAP) -> None:
        self._tokenizer = tokenizer
        self._before, self._after = special_tokens(tokenizer)
        self._room = max_length - len(self._before) - len(self._after)
        self._step = self._room - min(overlap, self._room // 4)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, all of them."""
        if not texts:
            return []
        options = {"add_special_tokens": False, "return_offsets_mapping": True, "truncation": False, "padding": False}
        given = self._tokenizer(
            list(texts), return_attention_mask=False, return_token_type_ids=False, verbose=False, **options
        )
        return [
            Tokens(tuple(ids), tuple(map(tuple, places)))
            for ids, places in zip(given["input_ids"], given["offset_mapping"], strict=True)
        ]

    def windows(self, owner: int, ids: Sequence[int]) -> Iterator[Window]:
        """The windows of one report; a text without tokens has one, of special tokens alone.

        All but a single one are full: the last begins earlier instead of being short.
        """
        last = max(len(ids) - self._room, 0)
        for at in [*range(0, last, self._step), last]:
            part = ids[at : at + self._room]
            yield Window(owner, (*self._before, *part, *self._after), len(self._before), at, len(part))


def special_tokens(tokenizer: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What the tokenizer puts before and after a text, seen by asking it for one."""
    bare = tokenizer("a", add_special_tokens=False)["input_ids"]
    full = tokenizer("a", add_special_tokens=True)["input_ids"]
    for at in range(len(full) - len(bare) + 1):
        if full[at : at + len(bare)] == bare:
            return tuple(full[:at]), tuple(full[at + len(bare) :])
    return (), ()
