"""Questions and answers as JSON: by what a question is known, and how an answer is written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from radnlp.api import Choice, Generated, GenerationRequest


def request_key(request: GenerationRequest, *, identity: str = "") -> str:
    """SHA-256 of everything that an answer depends on, and of nothing else: not of the report's id.

    Args:
        request: The question.
        identity: Of what answers it: the model's digest and the parameters that change an answer.

    >>> one = GenerationRequest(id="r1", prefix="Which side? ", rest="Nodule.")
    >>> same = GenerationRequest(id="r2", prefix="Which side? ", rest="Nodule.")
    >>> other = GenerationRequest(id="r1", prefix="Which ", rest="side? Nodule.")
    >>> request_key(one) == request_key(same), request_key(one) == request_key(other)
    (True, False)
    """
    form = None if request.form is None else [[type(part).__name__, asdict(part)] for part in request.form]
    content = [identity, request.prefix, request.rest, form, request.most]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def written(answer: Generated) -> dict[str, Any]:
    """An answer for :func:`read_back`; JSON-able. Whether it came from a cache is left out."""
    return {
        "text": answer.text,
        "score": answer.score,
        "choices": [[choice.name, list(choice.chosen), choice.probability] for choice in answer.choices],
        "finished": answer.finished,
        "fault": answer.fault,
        "counts": dict(answer.counts),
    }


def read_back(content: Mapping[str, Any]) -> Generated:
    """The answer, marked as one for which no model was asked. Raises KeyError, TypeError or ValueError."""
    return Generated(
        text=str(content["text"]),
        score=content["score"],
        choices=tuple(
            Choice(name=name, chosen=tuple(chosen), probability=probability)
            for name, chosen, probability in content["choices"]
        ),
        finished=bool(content["finished"]),
        fault=content["fault"],
        counts={str(name): int(number) for name, number in content["counts"].items()},
        cached=True,
    )
