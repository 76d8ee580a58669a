"""Texts in, a probability for each key out, with how much every token speaks for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from radnlp.api import ConfigError, Settings
from radnlp_transformers.encoders.machine import chosen_device, chosen_precision, limited, usable_threads
from radnlp_transformers.keys.batches import by_length, collate
from radnlp_transformers.keys.head import of_reports
from radnlp_transformers.keys.model import Stored
from radnlp_transformers.keys.windows import Cutter, Window

# Rust threads of the tokenizer do not survive a fork (spaCy's n_process); it is fast enough with one.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to run a model.

    Attributes:
        batch_size: Windows that the encoder gets at once.
        threads: Of the CPU; 0 for all that this process may use.
        precision: ``float32``, ``bfloat16``, or ``auto`` for bfloat16 where the hardware has it.
        device: ``cpu``, ``cuda``, or ``auto`` for the GPU where there is one.
    """

    batch_size: int = 32
    threads: int = 1
    precision: str = "float32"
    device: str = "cpu"

    @classmethod
    def of(cls, stage: str, settings: Settings) -> Options:
        """The options among the settings of a stage.

        Raises:
            ConfigError: A batch size below 1.
        """
        size = int(str(settings["batch_size"]))
        if size < 1:
            raise ConfigError(f"{stage}.batch_size={size}: must be 1 or more")
        return cls(
            batch_size=size,
            threads=int(settings["threads"] or 0),
            precision=str(settings["precision"]),
            device=str(settings["device"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What a model says of one text.

    Attributes:
        probabilities: Shape (keys,), calibrated.
        places: The text's tokens, half-open, in code points.
        shares: Shape (tokens, keys): how much each token speaks for the key (``AttentionHead.speaks``), if asked.
    """

    probabilities: NDArray[np.float64]
    places: tuple[tuple[int, int], ...]
    shares: NDArray[np.float32]


class Scorer:
    """Runs a model over texts, windows of like length together.

    Args:
        stored: As loaded from a model folder.
        options: How to run it.

    Raises:
        ConfigError: A device, precision or number of threads that cannot be.
    """

    def __init__(self, stored: Stored, options: Options) -> None:
        self._device = chosen_device(options.device)
        self._model = stored.model.to(self._device).eval()
        self._model.encoder.to(chosen_precision(options.precision, self._device))
        self._head = self._model.head
        self._temperature = stored.card.temperature
        self._cutter = Cutter(stored.tokenizer, max_length=stored.card.max_length)
        self._padding = stored.tokenizer.pad_token_id or 0
        self._size, self._threads = options.batch_size, usable_threads(options.threads)
        self._process = os.getpid()

    def score(self, texts: Sequence[str], *, shares: bool = False) -> list[Scores]:
        """One answer a text, in order.

        Args:
            texts: Reports, of any length.
            shares: Whether to say how much each token speaks for it.
        """
        if not texts:
            return []
        # A forked process has no thread pool any more: to use it would wait for ever.
        threads = self._threads if os.getpid() == self._process else 1
        with torch.inference_mode(), limited(threads):
            return self._score(texts, shares)

    def _score(self, texts: Sequence[str], shares: bool) -> list[Scores]:
        tokens = self._cutter.tokens(texts)
        windows = [window for owner, row in enumerate(tokens) for window in self._cutter.windows(owner, row.ids)]
        ordered: list[Window] = []
        logits: list[Tensor] = []
        said: list[NDArray[np.float32]] = []
        for chosen in by_length(windows, size=self._size):
            batch = collate(chosen, padding=self._padding).to(self._device)
            states = self._model.states(batch.ids, batch.mask)
            logits.append(self._head(states, batch.mask))
            ordered.extend(chosen)
            if shares:
                said.extend(self._head.speaks(states, batch.mask).float().cpu().numpy())
        every = torch.cat(logits)
        owner = torch.tensor([window.owner for window in ordered], device=every.device)
        joined = of_reports(every, owner, len(texts)).double() / self._temperature
        found = (
            spoken_by_tokens(ordered, said, every.cpu().numpy(), [len(row.ids) for row in tokens]) if shares else None
        )
        return [
            Scores(
                probabilities=row,
                places=tokens[number].places,
                shares=found[number] if found is not None else np.zeros((0, every.shape[1]), dtype=np.float32),
            )
            for number, row in enumerate(torch.sigmoid(joined).cpu().numpy())
        ]


def spoken_by_tokens(
    windows: Sequence[Window],
    said: Sequence[NDArray[np.float32]],
    logits: NDArray[np.float32],
    lengths: Sequence[int],
) -> list[NDArray[np.float32]]:
    """How much each token of each report speaks for each key, in the window that decided about the key.

    Args:
        windows: In the order of ``said`` and ``logits``.
        said: For each window, shape (its tokens with padding, keys).
        logits: Shape (windows, keys).
        lengths: Tokens of each report.

    Returns:
        For each report, shape (tokens, keys); 0 outside of the deciding window.
    """
    keys = logits.shape[1]
    best: dict[tuple[int, int], int] = {}
    for number, window in enumerate(windows):
        for key in range(keys):
            before = best.get((window.owner, key))
            if before is None or logits[number, key] > logits[before, key]:
                best[window.owner, key] = number
    shares = [np.zeros((length, keys), dtype=np.float32) for length in lengths]
    for (owner, key), number in best.items():
        window = windows[number]
        there = slice(window.at, window.at + window.tokens)
        shares[owner][there, key] = said[number][window.lead : window.lead + window.tokens, key]
    return shares
