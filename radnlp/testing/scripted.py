"""A language model whose answers a test decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from radnlp.records import Generated, GenerationRequest


class ScriptedLlm:
    """Fulfils :class:`radnlp.api.TextGenerator` without a model.

    It does not keep to the form, so that ugly answers can be tried.

    Args:
        answer: What to answer, by a function of the question, or the answers one after the other. An answer is text, or
            a :class:`radnlp.api.Generated` when score, counts or a fault matter.

    Attributes:
        requests: All that was asked so far.

    >>> llm = ScriptedLlm(["yes"])
    >>> llm.generate([GenerationRequest(id="r", prefix="", rest="Nodule?")])[0].text
    'yes'
    """

    def __init__(self, answer: Callable[[GenerationRequest], str | Generated] | Iterable[str | Generated]) -> None:
        self.requests: list[GenerationRequest] = []
        if callable(answer):
            self._answer = answer
        else:
            answers = iter(answer)
            self._answer = lambda request: _next(answers, request, len(self.requests))

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in order."""
        found = []
        for request in requests:
            self.requests.append(request)
            answer = self._answer(request)
            found.append(answer if isinstance(answer, Generated) else Generated(text=answer))
        return found

    def shown(self, request: GenerationRequest) -> str:
        """Prefix and rest: there is no chat template."""
        return request.prefix + request.rest


def _next(answers: Iterable[str | Generated], request: GenerationRequest, number: int) -> str | Generated:
    for answer in answers:
        return answer
    raise AssertionError(f"no answer is left for question {number} (report {request.id!r})")
