"""Windows of like length together, as tensors: little padding, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from radnlp_transformers.keys.windows import Window

#: A batch takes windows up to so much longer than its shortest one, and a few tokens more.
_LONGER, _MORE = 1.25, 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors.

    Attributes:
        windows: In the rows' order.
        ids, mask: Shape (windows, tokens): ids, and 1 for what is no padding.
        owner: Shape (windows,).
    """

    windows: tuple[Window, ...]
    ids: Tensor
    mask: Tensor
    owner: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same on a device."""
        moved = (tensor.to(device) for tensor in (self.ids, self.mask, self.owner))
        return Batch(self.windows, *moved)


def by_length(windows: Sequence[Window], *, size: int) -> Iterator[tuple[Window, ...]]:
    """Batches of at most ``size`` windows of like length, the shortest first."""
    waiting: list[Window] = []
    for window in sorted(windows, key=lambda window: len(window.ids)):
        if waiting and (len(waiting) == size or len(window.ids) > _LONGER * len(waiting[0].ids) + _MORE):
            yield tuple(waiting)
            waiting = []
        waiting.append(window)
    if waiting:
        yield tuple(waiting)


def collate(windows: Sequence[Window], *, padding: int) -> Batch:
    """Tensors of some windows.

    Args:
        windows: At least one.
        padding: Id of the padding token.
    """
    shape = (len(windows), max(len(window.ids) for window in windows))
    ids = torch.full(shape, padding, dtype=torch.long)
    mask = torch.zeros(shape, dtype=torch.long)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids, dtype=torch.long)
        mask[row, : len(window.ids)] = 1
    owner = torch.tensor([window.owner for window in windows], dtype=torch.long)
    return Batch(tuple(windows), ids, mask, owner)
