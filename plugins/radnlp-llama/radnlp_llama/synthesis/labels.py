"""The two things that can be asked about a written report: its sentences' classes, or its keys' statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Template
from typing import Any, Protocol

from radnlp.api import STATUS_ORDER, ConfigError, Fixed, GenerationRequest, OneOf, Part, Schema
from radnlp_llama.synthesis.json_answer import pairs_in
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.rejection import RejectionError

#: What is labelled (a sentence's number from 1, or a key) -> its label, in order.
Labels = Mapping[str, str]


class Labelling(Protocol):
    """A question about a report, and what its answer is read as."""

    def request(self, case: str, sentences: Sequence[str]) -> GenerationRequest:
        """The question for the labels of a report; ``case`` is its id."""

    def read(self, answer: str, sentences: Sequence[str]) -> Labels:
        """The labels. Raises RejectionError: one is missing, unknown, doubled or for something that there is not."""


def labelling(recipe: Recipe, schema: Schema) -> Labelling:
    """What the recipe labels, in the schema's words.

    Raises:
        ConfigError: The recipe is for another schema, or tells of other classes than the schema has.
    """
    if recipe.schema != schema.id:
        raise ConfigError(f"recipe {recipe.id} is for the schema {recipe.schema!r}, not {schema.id!r}")
    if recipe.labels == "key_statuses":
        return KeyStatuses(recipe, schema)
    return SentenceClasses(recipe, schema)


class SentenceClasses:
    """Each sentence is given one of the schema's sentence classes."""

    def __init__(self, recipe: Recipe, schema: Schema) -> None:
        self._classes = tuple(row.id for row in schema.sentence_classes)
        if not self._classes:
            raise ConfigError(f"the schema {schema.id!r} has no sentence classes; recipe {recipe.id} asks for them")
        told = recipe.classes or {row.id: row.description or row.label for row in schema.sentence_classes}
        _same_names(recipe, "classes", told, self._classes)
        _same_names(recipe, "never_first", recipe.never_first, self._classes, all_of_them=False)
        self._never_first = recipe.never_first
        self._prefix = Template(recipe.label.prefix).substitute(classes=_listed(told, self._classes))
        self._rest = Template(recipe.label.rest)

    def request(self, case: str, sentences: Sequence[str]) -> GenerationRequest:
        """The sentences are numbered from 1; the form has a class for each."""
        numbers = [str(number) for number in range(1, len(sentences) + 1)]
        rest = self._rest.substitute(sentences=_numbered(sentences))
        return GenerationRequest(
            id=f"{case}/labels",
            prefix=self._prefix,
            rest=rest,
            form=_form(numbers, self._classes),
            most=16 * len(sentences) + 16,
        )

    def read(self, answer: str, sentences: Sequence[str]) -> Labels:
        """Number of a sentence, from 1 -> class id. A class may be told by its id or by its number from 0."""
        classes = {**{str(number): name for number, name in enumerate(self._classes)}, **_own(self._classes)}
        labels = _read(answer, [str(number) for number in range(1, len(sentences) + 1)], classes)
        if labels.get("1") in self._never_first:
            raise RejectionError("nothing_to_continue", f"sentence 1 is {labels['1']}")
        return labels


class KeyStatuses:
    """Each key of the schema is given a status, or none."""

    def __init__(self, recipe: Recipe, schema: Schema) -> None:
        self._keys = tuple(key.id for key in schema.keys)
        self._none = recipe.unmentioned
        self._statuses = (*STATUS_ORDER, self._none)
        _same_names(recipe, "classes", recipe.classes, self._statuses)
        told = {key.id: key.description or key.label for key in schema.keys}
        self._prefix = Template(recipe.label.prefix).substitute(
            classes=_listed(recipe.classes, self._statuses), keys=_listed(told, self._keys)
        )
        self._rest = Template(recipe.label.rest)

    def request(self, case: str, sentences: Sequence[str]) -> GenerationRequest:
        """The form has a status for each key, in schema order."""
        return GenerationRequest(
            id=f"{case}/labels",
            prefix=self._prefix,
            rest=self._rest.substitute(sentences=_numbered(sentences)),
            form=_form(self._keys, self._statuses),
            most=24 * len(self._keys) + 16,
        )

    def read(self, answer: str, sentences: Sequence[str]) -> Labels:
        """Key id -> status, of the keys that are mentioned."""
        labels = _read(answer, self._keys, _own(self._statuses))
        return {key: status for key, status in labels.items() if status != self._none}


def _same_names(
    recipe: Recipe,
    field: str,
    told: Sequence[str] | Mapping[str, str],
    known: Sequence[str],
    *,
    all_of_them: bool = True,
) -> None:
    missing = [name for name in known if name not in told] if all_of_them else []
    unknown = [name for name in told if name not in known]
    if missing or unknown:
        fault = f"{unknown[0]!r} is not among them" if unknown else f"{missing[0]!r} is missing"
        raise ConfigError(f"recipe {recipe.id}: {field} must name {', '.join(known)}; {fault}")


def _own(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}


def _listed(told: Mapping[str, str], order: Sequence[str]) -> str:
    return "\n".join(f"{name}: {told[name]}" for name in order)


def _numbered(sentences: Sequence[str]) -> str:
    return "\n".join(f"[{number}] {sentence}" for number, sentence in enumerate(sentences, start=1))


def _form(names: Sequence[str], labels: Sequence[str]) -> tuple[Part, ...]:
    options = tuple(f'"{label}"' for label in labels)
    parts: list[Part] = []
    for number, name in enumerate(names):
        parts.append(Fixed(text=f'{"," if number else "{"}"{name}":'))
        parts.append(OneOf(name=name, options=options))
    return (*parts, Fixed(text="}"))


def _read(answer: str, names: Sequence[str], labels: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in pairs_in(answer):
        if name not in names:
            raise RejectionError("label_extra", f"beside the {len(names)} that were asked for")
        label = labels.get(_word(value))
        if label is None:
            raise RejectionError("label_unknown", f"for {name}")
        if given.setdefault(name, label) != label:
            raise RejectionError("label_doubled", f"for {name}")
    if missing := [name for name in names if name not in given]:
        raise RejectionError("label_missing", f"for {missing[0]} and {len(missing) - 1} more")
    return {name: given[name] for name in names}


def _word(value: Any) -> str:
    """What a label is looked up by; bool and others are no label."""
    return str(value).strip().casefold() if type(value) in (str, int) else ""
