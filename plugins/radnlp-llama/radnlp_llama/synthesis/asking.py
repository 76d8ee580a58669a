"""Getting requests answered: by what was recorded, by what an earlier run left, by a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from radnlp.api import GenerationRequest, ProviderError, TextGenerator
from radnlp_llama.synthesis.parts import Parts
from radnlp_llama.synthesis.questions import digest_of
from radnlp_llama.synthesis.recorded import Answer

Batches = Iterable[Sequence[GenerationRequest]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A model that answers.

    Attributes:
        generator: Of any kind.
        name: For the rows it writes: which model it is.
        batch: Requests at once; an interrupt costs their answers at most.
    """

    generator: TextGenerator
    name: str
    batch: int = 8


class Desk:
    """Where requests go.

    Args:
        recorded: Digest -> answer, from files; comes first.
        kept: Digest -> answer, of an earlier run of the same model.
        parts: Where new answers are kept.
        writer: Whom to ask; None leaves what is not answered yet open.
        watched: Wraps the batches that go to the model, a progress bar for example.
    """

    def __init__(
        self,
        *,
        recorded: Mapping[str, Answer],
        kept: Mapping[str, Answer],
        parts: Parts,
        writer: Writer | None,
        watched: Callable[[Batches, str, int], Iterator[Sequence[GenerationRequest]]] | None = None,
    ) -> None:
        self._answers = {**kept, **recorded}
        self._recorded = set(recorded)
        self._parts = parts
        self._writer = writer
        self._watched = watched
        self.open: list[GenerationRequest] = []

    @property
    def unused(self) -> int:
        """How many recorded answers no request has asked for."""
        return len(self._recorded)

    def ask(self, requests: Sequence[GenerationRequest], *, label: str) -> list[Answer | None]:
        """One answer a request, in their order; None where there is nobody to ask, and the request is ``open``.

        Raises:
            ProviderError: The model gave another number of answers than it was asked for.
        """
        digests = [digest_of(request) for request in requests]
        waiting = [request for request, name in zip(requests, digests, strict=True) if name not in self._answers]
        if self._writer is None:
            self.open += waiting
        else:
            self._write(self._writer, waiting, label)
        self._recorded.difference_update(digests)
        return [self._answers.get(name) for name in digests]

    def _write(self, writer: Writer, waiting: Sequence[GenerationRequest], label: str) -> None:
        # Short answers with short ones: a batch is done when its longest answer is.
        waiting = sorted(waiting, key=lambda request: len(request.form or ()))
        batches: Batches = [waiting[start : start + writer.batch] for start in range(0, len(waiting), writer.batch)]
        for batch in self._watched(batches, label, -(-len(waiting) // writer.batch)) if self._watched else batches:
            written = writer.generator.generate(batch)
            if len(written) != len(batch):
                raise ProviderError(f"{writer.name}: {len(written)} answers to {len(batch)} requests")
            answers = [
                Answer(
                    request=digest_of(request),
                    text=generated.text,
                    model=writer.name,
                    fault=generated.fault,
                    finished=generated.finished,
                )
                for request, generated in zip(batch, written, strict=True)
            ]
            self._parts.add(answers)
            self._answers.update((answer.request, answer) for answer in answers)
