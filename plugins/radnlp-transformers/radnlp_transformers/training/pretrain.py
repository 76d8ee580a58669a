"""Pre-training an encoder as a masked language model on unlabelled reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModelForMaskedLM, BertConfig

from radnlp.api import ConfigError
from radnlp_transformers.encoders.local import pretrained_encoder
from radnlp_transformers.keys.windows import Cutter
from radnlp_transformers.training.loop import grouped, shuffled
from radnlp_transformers.training.masking import MaskedBatch, masked

#: Name -> layers, width, attention heads. ``base`` has the size of BERT-base.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "tiny": (2, 64, 2),
    "mini": (4, 256, 4),
    "small": (6, 384, 6),
    "base": (12, 768, 12),
}
_POOL = 8


def fresh_model(tokenizer: Any, *, size: str, max_length: int, seed: int) -> Any:
    """A masked language model with fresh weights, which hang on the seed alone.

    Raises:
        ConfigError: Another size than those of ``SIZES``.
    """
    if size not in SIZES:
        raise ConfigError(f"size {size!r}: must be one of {', '.join(SIZES)}")
    layers, width, heads = SIZES[size]
    config = BertConfig(  # type: ignore[no-untyped-call]
        vocab_size=len(tokenizer),
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=4 * width,
        max_position_embeddings=max_length,
        pad_token_id=tokenizer.pad_token_id,
    )
    torch.manual_seed(seed)
    return AutoModelForMaskedLM.from_config(config)  # type: ignore[no-untyped-call]


def known_model(folder: Path) -> Any:
    """The masked language model of a Hugging Face folder, to go on with.

    Raises:
        ConfigError: It cannot be read.
    """
    return pretrained_encoder(folder, kind=AutoModelForMaskedLM)


def rows_of(texts: Sequence[str], cutter: Cutter) -> list[tuple[int, ...]]:
    """Token ids of each window of each text that has a token."""
    tokens = cutter.tokens(texts)
    return [window.ids for number, row in enumerate(tokens) if row.ids for window in cutter.windows(number, row.ids)]


class MaskedTask:
    """Masked language modelling; the score is the negative loss on held-out windows.

    Args:
        model: With a ``logits`` for each token, e.g. ``BertForMaskedLM``.
        tokenizer: Its tokenizer.
        learned: Windows to learn from, as token ids.
        held_out: Windows to validate on; always hidden the same way.
        batch_size: Windows of a batch.
        seed: Of the order, and of what is hidden.
        device: Where the model is.
    """

    def __init__(
        self,
        model: nn.Module,
        tokenizer: Any,
        *,
        learned: Sequence[tuple[int, ...]],
        held_out: Sequence[tuple[int, ...]],
        batch_size: int,
        seed: int,
        device: torch.device,
    ) -> None:
        if tokenizer.mask_token_id is None:
            raise ConfigError("the tokenizer has no mask token, so nothing can be hidden; radnlp train tokenizer has")
        self.module = model
        self._tokenizer, self._device, self._size, self._seed = tokenizer, device, batch_size, seed
        self._learned, self._held_out = list(learned), sorted(held_out, key=len)
        self._loss = nn.CrossEntropyLoss()

    def batches(self, epoch: int) -> list[tuple[int, list[tuple[int, ...]]]]:
        """Windows of like length together, each batch with the seed of what is hidden in it."""
        pools = grouped(shuffled(self._learned, seed=self._seed, epoch=epoch), self._size * _POOL)
        parts = [part for pool in pools for part in grouped(sorted(pool, key=len), self._size)]
        first = (self._seed * 1009 + epoch + 1) * 1_000_003
        return [(first + at, part) for at, part in enumerate(shuffled(parts, seed=self._seed, epoch=epoch))]

    def loss(self, batch: tuple[int, Sequence[tuple[int, ...]]]) -> Tensor:
        """Cross-entropy of the hidden tokens, in nats."""
        hidden = self._masked(*batch)
        ids, seen = hidden.ids.to(self._device), hidden.mask.to(self._device)
        logits = self.module(input_ids=ids, attention_mask=seen).logits
        loss: Tensor = self._loss(logits.float().flatten(0, 1), hidden.hidden.to(self._device).flatten())
        return loss

    def validate(self) -> Mapping[str, Any]:
        """Mean loss of the held-out batches."""
        losses = [
            float(self.loss((self._seed * 1009 + number, part)))
            for number, part in enumerate(grouped(self._held_out, self._size))
        ]
        mean = sum(losses) / len(losses)
        return {"validation_loss": round(mean, 6), "score": -mean}

    def _masked(self, seed: int, rows: Sequence[Sequence[int]]) -> MaskedBatch:
        tokenizer = self._tokenizer
        return masked(
            rows,
            padding=tokenizer.pad_token_id,
            mask=tokenizer.mask_token_id,
            special=tokenizer.all_special_ids,
            size=len(tokenizer),
            seed=seed % (2**62),
        )
