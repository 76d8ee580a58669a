"""The head over an encoder: attention pooling, a dense layer, a sigmoid for each key."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class AttentionHead(nn.Module):
    """Token-wise attention pooling, a dense layer, a logit for each key (Shin et al., Sci Rep 2025;15:31550).

    A linear layer scores every token; the softmax of the scores over all tokens weighs their states; the weighted sum
    goes through a dense layer to one logit a key.

    Args:
        width: Of the encoder's states.
        answers: Number of keys.
        dropout: Of the pooled state, while training.
    """

    def __init__(self, width: int, answers: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.score = nn.Linear(width, 1)
        self.dense = nn.Linear(width, answers)
        self.dropout = nn.Dropout(dropout)

    def attention(self, states: Tensor, mask: Tensor) -> Tensor:
        """How much each token counts; sums to 1 over a window.

        Shape: states (windows, tokens, width), mask (windows, tokens), 0 for padding -> (windows, tokens).
        """
        scores: Tensor = self.score(states).squeeze(-1)
        return torch.softmax(scores.masked_fill(mask == 0, float("-inf")), dim=1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Logits of each window, shape (windows, answers)."""
        pooled = torch.einsum("wt,wth->wh", self.attention(states, mask), states)
        logits: Tensor = self.dense(self.dropout(pooled))
        return logits

    def speaks(self, states: Tensor, mask: Tensor) -> Tensor:
        """How much each token speaks for each key: what evidence is chosen by.

        The dense layer's product with the token's state, less that of the average key, times the token's attention as
        a multiple of an equal share, at most 1. There is one attention for all keys, and one word of one key may get
        most of it while its state carries the others along: a word that attention has picked at all is judged by what
        its state says, and by what it says of this key rather than of another.

        Shape: (windows, tokens, answers).
        """
        products = states @ self.dense.weight.T
        if products.shape[-1] > 1:
            products = products - products.mean(dim=-1, keepdim=True)
        shares = self.attention(states, mask) * mask.sum(dim=1, keepdim=True)
        return shares.clamp(max=1.0).unsqueeze(-1) * products


def of_reports(logits: Tensor, owner: Tensor, reports: int) -> Tensor:
    """The logits of reports that are read in windows: of each key the largest, for it is there when any window has it.

    Args:
        logits: Shape (windows, answers).
        owner: Shape (windows,): number of the report that a window belongs to.
        reports: How many there are; each has at least one window.

    Returns:
        Shape (reports, answers).
    """
    lowest = torch.full((reports, logits.shape[1]), float("-inf"), dtype=logits.dtype, device=logits.device)
    return lowest.scatter_reduce(0, owner.unsqueeze(1).expand_as(logits), logits, reduce="amax")
