"""Text written by a language model: what it is asked, in which form it may answer, what it wrote.

A form is the closed grammar of an answer, as a row of parts. A generator that keeps to it cannot write anything else,
and cannot be cut in the middle; one that does not (a scripted one, a model somewhere else) is checked afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """Text that every answer has at this place."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """Exactly one of the options.

    Attributes:
        name: Of the choice, unique in its form: what :class:`Choice` refers to.
        options: Different texts, at least one, none of them empty.
    """

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeOf:
    """Some of the options, each at most once, in their order.

    Attributes:
        name: Of the choice, unique in its form.
        options: Different texts, none of them empty.
        separator: Between two of them.
        end: What follows the last one, and stands alone when there is none; not empty.
        least: How many at least.
        most: How many at most; None for all.
    """

    name: str
    options: tuple[str, ...]
    separator: str = ","
    end: str = "]"
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    r"""A few words of the model's own: no quotation mark, backslash or control character, so that it can stand in JSON.

    Attributes:
        name: Of the choice, unique in its form.
        end: What follows it: one character that the text itself cannot hold, ``"`` in JSON.
        most: How many tokens at most; then ``end`` is written.
    """

    name: str
    end: str = '"'
    most: int = 60


Part: TypeAlias = Fixed | OneOf | SomeOf | FreeText
Form: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRequest:
    """One question.

    Attributes:
        id: Of the report, for messages.
        prefix: What all questions of a kind begin with (instruction, allowed values, worked examples); a generator may
            keep what it has read of it.
        rest: What is this question's own (the report, the keys), behind the prefix.
        form: The grammar of the answer; None leaves the model free.
        most: Tokens of an answer without form, at most.
    """

    id: str
    prefix: str
    rest: str
    form: Form | None = None
    most: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen at one part of a form.

    Attributes:
        name: Of the part.
        chosen: The options, or the one free text.
        probability: In [0, 1]: the product, over the tokens at which the form left a choice, of the softmax over the
            tokens that it allowed there. None when the generator cannot say.
    """

    name: str
    chosen: tuple[str, ...]
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """One answer.

    Attributes:
        text: As written.
        score: In [0, 1]: the product of the probabilities of all choices; None when the generator cannot say.
        choices: In the form's order; empty without form.
        finished: Whether the answer came to its end; an answer without form may have been cut.
        fault: Why there is no answer, else None: ``context_overflow`` when question and answer do not fit the context.
        counts: Name -> number, for the provenance: ``prompt_tokens`` (of the whole question), ``evaluated_tokens`` (the
            question's own, behind the prefix, and the answer's, as far as the model had to read them), ``calls`` (how
            often the model was needed for it). They say what the answer cost when it was made, also when it comes from
            a cache or was made together with others.
        cached: Whether no model was asked.
    """

    text: str
    score: float | None = None
    choices: tuple[Choice, ...] = ()
    finished: bool = True
    fault: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    cached: bool = False


class TextGenerator(Protocol):
    """Writes answers."""

    def generate(self, requests: Sequence[GenerationRequest]) -> Sequence[Generated]:
        """One answer a request, in the requests' order."""

    def shown(self, request: GenerationRequest) -> str:
        """Exactly what the model reads for a request, chat template and all."""
