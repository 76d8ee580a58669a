"""Masked language modelling: which tokens are hidden, and what stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

#: Devlin et al., NAACL 2019, section 3.1: 15% of the tokens are asked for; 80% of these are masked, 10% replaced.
ASKED, MASKED, REPLACED = 0.15, 0.8, 0.1
#: What torch's cross-entropy leaves out.
IGNORED = -100


@dataclass(frozen=True, slots=True)
class MaskedBatch:
    """Token ids as shown, what is no padding, and the hidden ids (elsewhere ``IGNORED``); shape (texts, tokens)."""

    ids: Tensor
    mask: Tensor
    hidden: Tensor


def masked(
    rows: Sequence[Sequence[int]], *, padding: int, mask: int, special: Sequence[int], size: int, seed: int
) -> MaskedBatch:
    """Hide tokens.

    At least one token of every batch is asked for. The seed alone decides which.

    Args:
        rows: Token ids, special ones included.
        padding: Id of the padding token.
        mask: Id of the mask token.
        special: Ids that are never hidden.
        size: Of the vocabulary.
        seed: Of this batch.
    """
    generator = torch.Generator().manual_seed(seed)
    shape = (len(rows), max(map(len, rows)))
    ids, seen = torch.full(shape, padding), torch.zeros(shape, dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        seen[number, : len(row)] = 1
    free = seen.bool() & ~torch.isin(ids, torch.tensor(list(special)))
    chance = torch.rand(shape, generator=generator).masked_fill(~free, 2.0)
    asked = chance < ASKED
    if free.any() and not asked.any():
        asked.view(-1)[chance.argmin()] = True
    hidden = ids.masked_fill(~asked, IGNORED)
    lot = torch.rand(shape, generator=generator)
    shown = ids.masked_fill(asked & (lot < MASKED), mask)
    others = torch.randint(size, shape, generator=generator)
    replaced = asked & (lot >= MASKED) & (lot < MASKED + REPLACED)
    return MaskedBatch(torch.where(replaced, others, shown), seen, hidden)
