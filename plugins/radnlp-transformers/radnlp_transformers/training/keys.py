"""Fine-tuning an encoder with its attention-pooling head on labelled reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from radnlp.api import ConfigError
from radnlp_transformers.keys.batches import Batch, collate
from radnlp_transformers.keys.head import of_reports
from radnlp_transformers.keys.model import KeyModel
from radnlp_transformers.keys.windows import Cutter, Window
from radnlp_transformers.labels.rows import LabelledReport
from radnlp_transformers.training import calibration
from radnlp_transformers.training.loop import grouped, shuffled

#: A rare key's positives count at most so many times as much as its negatives.
_HEAVIEST = 20.0
#: Batches are cut from pools of so many, sorted by length: little padding, and still another order every epoch.
_POOL = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A report as windows, with its labels."""

    windows: tuple[Window, ...]
    truths: tuple[bool, ...]

    @property
    def length(self) -> int:
        """Tokens of all windows."""
        return sum(len(window.ids) for window in self.windows)


@dataclass(frozen=True, slots=True)
class LabelledBatch:
    """Windows of some reports, and the reports' labels of shape (reports, keys)."""

    windows: Batch
    truths: Tensor


def examples(rows: Sequence[LabelledReport], cutter: Cutter, answers: Sequence[str]) -> list[Example]:
    """Labelled reports as windows."""
    tokens = cutter.tokens([row.text for row in rows])
    return [
        Example(tuple(cutter.windows(0, found.ids)), tuple(key in row.keys for key in answers))
        for row, found in zip(rows, tokens, strict=True)
    ]


def check_learnable(rows: Sequence[LabelledReport], answers: Sequence[str]) -> None:
    """Whether every key occurs and is missing somewhere.

    Raises:
        ConfigError: Keys that are positive in no report, or in all; they are named.
    """
    for words, silent in (
        ("no report", [key for key in answers if not any(key in row.keys for row in rows)]),
        ("every report", [key for key in answers if all(key in row.keys for row in rows)]),
    ):
        if silent:
            raise ConfigError(
                f"positive in {words} to train on: {', '.join(silent)}. Nothing can be learned of that; add reports, "
                f"or leave {'it' if len(silent) == 1 else 'them'} out: --leave-out {','.join(silent)}"
            )
    if not answers:
        raise ConfigError("no key is left to learn; --leave-out takes away all of them")


class KeyTask:
    """Multi-label fine-tuning: binary cross-entropy, rare keys' positives weighing more.

    Args:
        model: Encoder and head.
        learned: Examples to learn from.
        held_out: Examples to validate on.
        answers: Keys, in the order of the outputs.
        padding: Id of the padding token.
        batch_size: Reports of a batch.
        seed: Of the order of examples.
        device: Where the model is.
    """

    def __init__(
        self,
        model: KeyModel,
        *,
        learned: Sequence[Example],
        held_out: Sequence[Example],
        answers: Sequence[str],
        padding: int,
        batch_size: int,
        seed: int,
        device: torch.device,
    ) -> None:
        self.module = model
        self._learned, self._held_out, self._answers = list(learned), list(held_out), tuple(answers)
        self._padding, self._size, self._seed, self._device = padding, batch_size, seed, device
        truths = torch.tensor([example.truths for example in learned], dtype=torch.float32)
        positive = truths.sum(dim=0)
        weights = ((len(learned) - positive) / positive.clamp(min=1)).clamp(min=1.0, max=_HEAVIEST)
        self._loss = nn.BCEWithLogitsLoss(pos_weight=weights.to(device))

    def batches(self, epoch: int) -> list[LabelledBatch]:
        """Reports of like length together, in an order of the epoch's own."""
        pools = grouped(shuffled(self._learned, seed=self._seed, epoch=epoch), self._size * _POOL)
        parts = [
            part for pool in pools for part in grouped(sorted(pool, key=lambda example: example.length), self._size)
        ]
        return [self._batch(part) for part in shuffled(parts, seed=self._seed, epoch=epoch)]

    def loss(self, batch: LabelledBatch) -> Tensor:
        """Of a batch of reports."""
        moved = batch.windows.to(self._device)
        logits = logits_of(self.module, moved, len(batch.truths))
        loss: Tensor = self._loss(logits, batch.truths.to(self._device))
        return loss

    def validate(self) -> Mapping[str, Any]:
        """Loss and macro F1, each key at its best threshold."""
        logits, truths = self.held_out()
        shares = calibration.sigmoid(logits)
        limits = calibration.thresholds(shares, truths)
        found = calibration.scores(shares, truths, limits, self._answers)
        loss = calibration.surprise(logits, truths)
        # Of epochs with the same macro F1 the one with the smaller loss is the better one.
        score = float(found["macro_f1"]) - 1e-6 * min(loss, 10.0)  # type: ignore[arg-type]
        return {"validation_loss": round(loss, 6), "macro_f1": found["macro_f1"], "score": score}

    def held_out(self) -> tuple[calibration.Floats, calibration.Truths]:
        """Logits and truths of the examples to validate on, in their order."""
        logits = []
        for part in grouped(self._held_out, self._size):
            batch = self._batch(part)
            found = logits_of(self.module, batch.windows.to(self._device), len(part))
            logits.append(found.double().cpu().numpy())
        return np.concatenate(logits), np.array([example.truths for example in self._held_out], dtype=np.bool_)

    def _batch(self, part: Sequence[Example]) -> LabelledBatch:
        windows = [replace(w, owner=number) for number, example in enumerate(part) for w in example.windows]
        truths = torch.tensor([example.truths for example in part], dtype=torch.float32)
        return LabelledBatch(collate(windows, padding=self._padding), truths)


def logits_of(model: KeyModel, batch: Batch, reports: int) -> Tensor:
    """Logits of shape (reports, keys) for reports whose windows are all in the batch."""
    states = model.states(batch.ids, batch.mask)
    return of_reports(model.head(states, batch.mask).float(), batch.owner, reports)
