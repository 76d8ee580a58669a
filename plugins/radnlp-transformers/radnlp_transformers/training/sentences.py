"""Fine-tuning an encoder on labelled sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from radnlp_transformers.keys.model import KeyModel
from radnlp_transformers.labels.sentences import LabelledSentences
from radnlp_transformers.sentences.head import of_sentences
from radnlp_transformers.sentences.pieces import Framer, Piece, PieceBatch, collate
from radnlp_transformers.training.loop import grouped, shuffled

_POOL = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as pieces, with the number of its class."""

    pieces: tuple[Piece, ...]
    label: int


def examples(rows: Sequence[LabelledSentences], framer: Framer) -> list[Example]:
    """Every labelled sentence, in order."""
    found = []
    for row in rows:
        pieces: dict[int, list[Piece]] = {}
        for piece in framer.pieces(row.sentences):
            pieces.setdefault(piece.owner, []).append(piece)
        found += [Example(tuple(pieces[number]), label) for number, label in enumerate(row.labels)]
    return found


class SentenceTask:
    """Fine-tuning with cross-entropy; the score is the macro F1 of the classes.

    Args:
        model: Encoder and head.
        learned: Sentences to learn from.
        held_out: Sentences to validate on.
        answers: Classes, in the order of their numbers.
        padding: Id of the padding token.
        batch_size: Sentences of a batch.
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
        self._loss = nn.CrossEntropyLoss()

    def batches(self, epoch: int) -> list[list[Example]]:
        """Sentences of like length together, in an order of the epoch's own."""
        pools = grouped(shuffled(self._learned, seed=self._seed, epoch=epoch), self._size * _POOL)
        parts = [part for pool in pools for part in grouped(sorted(pool, key=_length), self._size)]
        return shuffled(parts, seed=self._seed, epoch=epoch)

    def loss(self, batch: Sequence[Example]) -> Tensor:
        """Of a batch of sentences."""
        truths = torch.tensor([example.label for example in batch], device=self._device)
        loss: Tensor = self._loss(self._logits(batch), truths)
        return loss

    def validate(self) -> Mapping[str, Any]:
        """Loss, accuracy and macro F1."""
        logits, truths = self.held_out()
        found = scores(logits, truths, self._answers)
        loss = surprise(logits, truths)
        score = float(found["macro_f1"]) - 1e-6 * min(loss, 10.0)
        return {"validation_loss": round(loss, 6), "macro_f1": found["macro_f1"], "score": score}

    def held_out(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Logits and classes of the sentences to validate on, in their order."""
        found = [self._logits(part).double().cpu().numpy() for part in grouped(self._held_out, self._size)]
        return np.concatenate(found), np.array([example.label for example in self._held_out], dtype=np.int64)

    def _logits(self, part: Sequence[Example]) -> Tensor:
        pieces = [replace(piece, owner=number) for number, e in enumerate(part) for piece in e.pieces]
        batch: PieceBatch = collate(pieces, padding=self._padding).to(self._device)
        states = self.module.states(batch.ids, batch.mask)
        return of_sentences(self.module.head(states, batch.pooled).float(), batch.owner, len(part))


def _length(example: Example) -> int:
    return sum(len(piece.ids) for piece in example.pieces)


def surprise(logits: NDArray[np.float64], truths: NDArray[np.int64], *, temperature: float = 1.0) -> float:
    """Mean negative log-likelihood of the classes, in nats."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    own = scaled[np.arange(len(truths)), truths]
    return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - own))


def fitted_temperature(logits: NDArray[np.float64], truths: NDArray[np.int64]) -> float:
    """What to divide logits by so that probabilities fit best, in [0.05, 20]; see ``calibration.temperature``."""
    low, high = 0.05, 20.0
    for _ in range(60):
        third = (high - low) / 3
        first = surprise(logits, truths, temperature=1 / (low + third))
        if first <= surprise(logits, truths, temperature=1 / (high - third)):
            high -= third
        else:
            low += third
    return 2 / (low + high)


def scores(logits: NDArray[np.float64], truths: NDArray[np.int64], answers: Sequence[str]) -> dict[str, Any]:
    """Accuracy, macro F1 over classes that occur, and F1 of each class."""
    said = logits.argmax(axis=1)
    classes = {}
    for number, name in enumerate(answers):
        right = int(np.sum((said == number) & (truths == number)))
        count = int(np.sum(said == number) + np.sum(truths == number))
        classes[name] = {"sentences": int(np.sum(truths == number)), "f1": round(2 * right / max(count, 1), 4)}
    there = [float(row["f1"]) for row in classes.values() if row["sentences"]]
    return {
        "accuracy": round(float(np.mean(said == truths)), 4),
        "macro_f1": round(float(np.mean(there)), 4) if there else 0.0,
        "classes": classes,
    }
