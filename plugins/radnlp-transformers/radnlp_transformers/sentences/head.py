"""The head that labels a sentence: the mean of its states, a dense layer, a softmax over the classes."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class SentenceHead(nn.Module):
    """Mean of the states of the sentence's tokens, a dense layer, a logit for each class.

    Args:
        width: Of the encoder's states.
        answers: Number of classes.
        dropout: Of the pooled state, while training.
    """

    def __init__(self, width: int, answers: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.dense = nn.Linear(width, answers)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, pooled: Tensor) -> Tensor:
        """Logits of each piece.

        Shape: states (pieces, tokens, width), pooled (pieces, tokens), 1 for the sentence -> (pieces, answers).
        """
        mean = torch.einsum("pt,pth->ph", pooled / pooled.sum(dim=1, keepdim=True), states)
        logits: Tensor = self.dense(self.dropout(mean))
        return logits


def of_sentences(logits: Tensor, owner: Tensor, sentences: int) -> Tensor:
    """The mean over the pieces of each sentence, shape (sentences, answers); mostly there is one."""
    total = torch.zeros(sentences, logits.shape[1], dtype=logits.dtype, device=logits.device)
    count = torch.zeros(sentences, dtype=logits.dtype, device=logits.device)
    total = total.index_add(0, owner, logits)
    return total / count.index_add(0, owner, torch.ones_like(owner, dtype=logits.dtype)).unsqueeze(1)
