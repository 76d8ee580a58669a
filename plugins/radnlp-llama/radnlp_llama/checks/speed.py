"""How fast a model reads and writes on this machine: bare evaluations, without any question."""

from __future__ import annotations

import time
from dataclasses import dataclass

from radnlp.api import ProviderError
from radnlp_llama.runtime.batch import Batch
from radnlp_llama.runtime.model import Context, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Tokens a second.

    Attributes:
        prompt: Of a question that is read.
        answer: Of one answer that is written.
        together: Of several answers that are written at once.
        places: How many at once.
    """

    prompt: float
    answer: float
    together: float
    places: int


def measure(model: Model, *, prompt: int, answer: int, places: int, threads: int) -> Speed:
    """Read ``prompt`` tokens, then write ``answer`` tokens in one sequence and in ``places`` at once.

    What the tokens are does not matter to the time. Each is done once before, to warm up.
    """
    context = Context(
        model,
        cells=(prompt + answer + 2) * (places + 1),
        sequences=places + 1,
        batch=max(prompt, places),
        threads=threads,
    )
    batch = Batch(max(prompt, places))
    try:
        seconds = [_read(context, batch, [(sequence, 0, prompt)]) for sequence in (0, 1)]
        for sequence in range(2, places):  # one token each is enough of a beginning
            _read(context, batch, [(sequence, 0, 1)])
        starts = [prompt if sequence < 2 else 1 for sequence in range(places)]
        _read(context, batch, [(0, starts[0], 1)])
        alone = [_read(context, batch, [(0, starts[0] + step, 1)]) for step in range(1, answer + 1)]
        starts[0] += answer + 1
        _read(context, batch, [(sequence, start, 1) for sequence, start in enumerate(starts)])
        many = [
            _read(context, batch, [(sequence, start + step, 1) for sequence, start in enumerate(starts)])
            for step in range(1, answer + 1)
        ]
    finally:
        batch.close()
        context.close()
    return Speed(
        prompt=prompt / seconds[-1], answer=answer / sum(alone), together=places * answer / sum(many), places=places
    )


def _read(context: Context, batch: Batch, rows: list[tuple[int, int, int]]) -> float:
    """Seconds that it takes to read (sequence, position, tokens) in one call."""
    batch.clear()
    for sequence, position, count in rows:
        batch.add([1] * count, position, sequence, wanted=True)
    start = time.perf_counter()
    fault = context.read(batch.handle)
    if fault:
        raise ProviderError(f"llama.cpp could not read (llama_decode gave {fault}); ask for fewer tokens")
    return time.perf_counter() - start
