"""A generator that is asked only what has not been answered before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from radnlp.api import Described, Generated, GenerationRequest, TextGenerator
from radnlp_llama.cache.store import AnswerStore
from radnlp_llama.cache.stored import request_key


@runtime_checkable
class Streaming(Protocol):
    """A generator that hands out its answers as they get done."""

    def stream(self, requests: Sequence[GenerationRequest]) -> Iterator[tuple[int, Generated]]:
        """The answers with the numbers of their requests, in any order."""


class CachedGenerator:
    """Keeps the answers of another generator by their content.

    An answer is kept as soon as it is there, so that a run that was interrupted goes on where it stopped. Faults are
    not kept. Equal questions of one call are asked once.

    Args:
        inner: Asked for what is not kept.
        path: The file of answers; several processes may use it at once.
        identity: Of what answers: the model's digest and the parameters that change an answer.

    Raises:
        ConfigError: The file cannot be used.
    """

    def __init__(self, inner: TextGenerator, path: Path, *, identity: str) -> None:
        self.inner = inner
        self._store = AnswerStore(path)
        self._identity = identity

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in the requests' order."""
        keys = [request_key(request, identity=self._identity) for request in requests]
        known = self._store.get(keys)
        new = {key: request for key, request in zip(keys, requests, strict=True) if key not in known}
        names = list(new)
        fresh: dict[str, Generated] = {}
        for number, answer in _answers(self.inner, list(new.values())):
            fresh[names[number]] = answer
            if answer.fault is None:
                self._store.put(names[number], answer)
        return [known[key] if key in known else fresh[key] for key in keys]

    def shown(self, request: GenerationRequest) -> str:
        """Exactly what the model would read."""
        return self.inner.shown(request)

    @property
    def about(self) -> Mapping[str, str]:
        """What the inner generator says of itself."""
        return self.inner.about if isinstance(self.inner, Described) else {}

    def close(self) -> None:
        """Let go of the file, and of what the inner generator holds."""
        self._store.close()
        close = getattr(self.inner, "close", None)
        if close is not None:
            close()


def _answers(inner: TextGenerator, requests: Sequence[GenerationRequest]) -> Iterator[tuple[int, Generated]]:
    if not requests:
        return
    found = inner.stream(requests) if isinstance(inner, Streaming) else enumerate(inner.generate(requests))
    for number, answer in found:
        yield number, replace(answer, cached=False)
