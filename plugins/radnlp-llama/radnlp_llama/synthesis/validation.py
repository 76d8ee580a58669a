"""What a report must be before it is believed to be one. Structure alone: nothing here judges medicine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from radnlp.api import GenerationRequest
from radnlp_llama.synthesis.language import in_language
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.rejection import RejectionError

_SPACE = re.compile(r"\s+")


def check_report(sentences: Sequence[str], recipe: Recipe, request: GenerationRequest) -> None:
    """Refuse what is no report: the first reason found counts, in the order of ``rejection.REASONS``.

    Raises:
        RejectionError: ``copied``, ``wrong_language``, ``too_few_sentences``, ``too_many_sentences``, ``too_short``,
            ``too_long``, ``cut_sentence``, ``blank`` or ``repeated_sentence``.
    """
    limits, text = recipe.limits, "\n".join(sentences)
    asked = _runs(folded(request.prefix + request.rest), limits.copied)
    for number, sentence in enumerate(sentences, start=1):
        if not asked.isdisjoint(_runs(folded(sentence), limits.copied)):
            raise RejectionError("copied", f"sentence {number} shares {limits.copied} characters with the request")
    if not in_language(text, recipe.marks):
        raise RejectionError("wrong_language", f"asked for {recipe.language}")
    least, most = limits.sentences
    if not least <= len(sentences) <= most:
        reason = "too_few_sentences" if len(sentences) < least else "too_many_sentences"
        raise RejectionError(reason, f"{len(sentences)} sentences; {least} to {most} are allowed")
    for number, sentence in enumerate(sentences, start=1):
        _check_length(f"sentence {number}", sentence, limits.sentence_characters)
    _check_length("the report", text, limits.characters)
    for number, sentence in enumerate(sentences, start=1):
        if recipe.ends and not sentence.endswith(recipe.ends):
            raise RejectionError("cut_sentence", f"sentence {number} does not end with {' or '.join(recipe.ends)}")
        if any(blank in sentence for blank in recipe.blanks):
            raise RejectionError("blank", f"sentence {number} has a place to be filled in")
    marks = [folded(sentence) for sentence in sentences]
    for number, mark in enumerate(marks):
        if mark in marks[:number]:
            raise RejectionError("repeated_sentence", f"sentence {number + 1} is sentence {marks.index(mark) + 1}")


def folded(text: str) -> str:
    """Without white space, width and case: two texts that read the same are the same.

    >>> folded("右肺 S6 に") == folded("右肺Ｓ６に")
    True
    """
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _runs(text: str, length: int) -> set[str]:
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def _check_length(what: str, text: str, allowed: tuple[int, int]) -> None:
    least, most = allowed
    if not least <= len(text) <= most:
        reason = "too_short" if len(text) < least else "too_long"
        raise RejectionError(reason, f"{what} has {len(text)} characters; {least} to {most} are allowed")
