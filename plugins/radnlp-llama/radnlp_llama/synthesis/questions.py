"""From a case to the question for its report."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from string import Template

from radnlp.api import Fixed, FreeText, GenerationRequest, Part
from radnlp_llama.synthesis.cases import Case
from radnlp_llama.synthesis.recipe import Recipe


def report_request(recipe: Recipe, case: Case) -> GenerationRequest:
    """The question for a report: the same words for every case, then this case's attributes, a line each.

    The form has as many sentences as are asked for, so that an answer under it is whole whatever the model does. A
    model that keeps to no form is asked in the same words, and its answer is read by
    :func:`radnlp_llama.synthesis.written.read_report`.
    """
    texts = {attribute.id: (attribute.label, attribute.values) for attribute in recipe.attributes}
    lines = []
    for name, chosen in case.attributes.items():
        if name in texts:
            label, values = texts[name]
            lines.append(f"- {label}: {next(value.text for value in values if value.id == chosen)}")
    lines.append(f"- {recipe.length_label}: {case.sentences}")
    most = min(recipe.limits.sentence_tokens, recipe.limits.report_tokens // case.sentences)
    return GenerationRequest(
        id=f"{case.id}/report",
        prefix=Template(recipe.report.prefix).substitute(),
        rest=Template(recipe.report.rest).substitute(attributes="\n".join(lines)),
        form=tuple(_parts(case.sentences, most)),
        most=recipe.limits.report_tokens,
    )


def _parts(sentences: int, most: int) -> list[Part]:
    parts: list[Part] = []
    for number in range(1, sentences + 1):
        parts.append(Fixed(text='{"sentences":["' if number == 1 else ',"'))
        parts.append(FreeText(name=f"sentence {number}", end='"', most=most))
    return [*parts, Fixed(text="]}")]


def digest_of(request: GenerationRequest) -> str:
    """SHA-256 of everything that decides a request's answer; its id is not among it.

    >>> digest_of(GenerationRequest(id="a", prefix="", rest="x"))[:8] == digest_of(
    ...     GenerationRequest(id="b", prefix="", rest="x"))[:8]
    True
    """
    form = None if request.form is None else [[type(part).__name__, asdict(part)] for part in request.form]
    content = [request.prefix, request.rest, form, request.most]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8")).hexdigest()
