"""A sentence among its neighbours, as token ids: up to two sentences on either side, the sentence itself marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from radnlp_transformers.keys.windows import special_tokens

#: Sentences on either side (Kikuchi et al., J Med Internet Res 2026;28:e86365).
AROUND = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What the encoder reads for one sentence, or for a part of one that is longer than a window.

    Attributes:
        owner: Number of the sentence in its batch.
        ids: Token ids: neighbours before, the sentence, neighbours after, with separators between.
        first, last: The sentence in ``ids``, half-open; empty for an empty sentence.
    """

    owner: int
    ids: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PieceBatch:
    """Pieces as tensors: ids, what is no padding, what is pooled, each (pieces, tokens); owner (pieces,)."""

    ids: Tensor
    mask: Tensor
    pooled: Tensor
    owner: Tensor

    def to(self, device: torch.device) -> PieceBatch:
        """The same on a device."""
        return PieceBatch(*(tensor.to(device) for tensor in (self.ids, self.mask, self.pooled, self.owner)))


class Framer:
    """Turns the sentences of a report into pieces.

    Args:
        tokenizer: A Hugging Face tokenizer; it need not know the places of its tokens.
        max_length: Tokens of a window, special ones included.
        around: Sentences on either side.
    """

    def __init__(self, tokenizer: Any, *, max_length: int, around: int = AROUND) -> None:
        self._tokenizer, self._around = tokenizer, around
        self._before, self._after = special_tokens(tokenizer)
        self._room = max_length - len(self._before) - 3 * len(self._after)

    def pieces(self, sentences: Sequence[str], *, first: int = 0) -> Iterator[Piece]:
        """The pieces of a report, its sentences numbered from ``first``.

        What is too long for a window loses its farthest neighbours, never a part of the sentence itself: that is read
        in as many pieces as it takes.
        """
        if not sentences:
            return
        options = {"add_special_tokens": False, "truncation": False, "padding": False, "verbose": False}
        rows: list[list[int]] = self._tokenizer(list(sentences), **options)["input_ids"]
        for number, row in enumerate(rows):
            left = [token for other in rows[max(0, number - self._around) : number] for token in other]
            right = [token for other in rows[number + 1 : number + 1 + self._around] for token in other]
            for at in range(0, max(len(row), 1), self._room):
                yield self._piece(first + number, left, row[at : at + self._room], right)

    def _piece(self, owner: int, left: list[int], own: list[int], right: list[int]) -> Piece:
        free = self._room - len(own)
        kept_left = min(len(left), max(free // 2, free - len(right)))
        kept_right = min(len(right), free - kept_left)
        head = (*self._before, *left[len(left) - kept_left :], *self._after)
        ids = (*head, *own, *self._after, *right[:kept_right], *self._after)
        return Piece(owner, ids, len(head), len(head) + len(own))


def collate(pieces: Sequence[Piece], *, padding: int) -> PieceBatch:
    """Tensors of some pieces; the first token is pooled with the sentence, so that an empty one has something."""
    shape = (len(pieces), max(len(piece.ids) for piece in pieces))
    ids = torch.full(shape, padding, dtype=torch.long)
    mask, pooled = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.float32)
    for row, piece in enumerate(pieces):
        ids[row, : len(piece.ids)] = torch.tensor(piece.ids, dtype=torch.long)
        mask[row, : len(piece.ids)] = 1
        pooled[row, piece.first : piece.last] = 1
        pooled[row, 0] = 1
    return PieceBatch(ids, mask, pooled, torch.tensor([piece.owner for piece in pieces], dtype=torch.long))
