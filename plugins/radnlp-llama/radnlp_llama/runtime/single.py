"""The reference: one question after the other, one token after the other, through ``Llama.eval``; nothing is reused.

What the faster way computes is measured against this.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radnlp.api import ConfigError
from radnlp_llama.runtime.job import Done, Job, choose
from radnlp_llama.runtime.library import llama_library, logged_fault

#: A context grows in these steps, so that it is not made anew for each longer report.
_STEP = 512


class Single:
    """Answers one question at a time.

    Args:
        path: The GGUF.
        n_gpu_layers: Layers on the device.
        threads: Of the CPU.
    """

    def __init__(self, path: Path, *, n_gpu_layers: int, threads: int) -> None:
        self._path = path
        self._layers = n_gpu_layers if llama_library().llama_supports_gpu_offload() else 0
        self._threads = threads
        self._llama: Any = None

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """The questions answered, in their order."""
        for job in jobs:
            llama = self._opened(len(job.prefix) + job.room)
            llama.reset()
            if job.path.done:
                yield Done(job=job, evaluated=0, calls=0)
                continue
            llama.eval([*job.prefix, *job.own])
            evaluated, calls = len(job.own), 1
            while True:
                allowed = job.path.allowed
                token, probability = choose(self._logits(llama), allowed)
                job.path.take(token, probability)
                if job.path.done:
                    break
                llama.eval([token])
                evaluated, calls = evaluated + 1, calls + 1
            yield Done(job=job, evaluated=evaluated, calls=calls)

    def _logits(self, llama: Any) -> NDArray[np.float32]:
        pointer = llama_library().llama_get_logits_ith(llama.ctx, -1)
        return np.ctypeslib.as_array(pointer, shape=(llama.n_vocab(),))

    def _opened(self, tokens: int) -> Any:
        """``Llama`` with room for so many tokens."""
        if self._llama is None or self._llama.n_ctx() < tokens:
            self.close()
            try:
                self._llama = llama_library().Llama(
                    model_path=str(self._path),
                    n_ctx=-(-tokens // _STEP) * _STEP,
                    n_gpu_layers=self._layers,
                    n_threads=self._threads,
                    n_threads_batch=self._threads,
                    verbose=False,
                )
            except ValueError as error:
                raise ConfigError(f"llama.cpp cannot open {self._path}: {logged_fault() or error}") from error
        return self._llama

    def close(self) -> None:
        """Give the memory back."""
        if self._llama is not None:
            with contextlib.suppress(AttributeError):  # half opened
                self._llama.close()
            self._llama = None
