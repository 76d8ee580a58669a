"""What is asked of a model, as slots to be filled: the one description that form, worked examples and reader share.

A slot is a key with its fields. A single field is written as its value alone (``"nodule":"right"``), one option with
some others as a list (``"nodules":["present","rul"]``: half the tokens of an object with names), anything else as an
object (``"nodule":{"reasoning":"...","label":"right"}``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from radnlp.api import Fixed, Form, FreeText, OneOf, Part, SomeOf

#: Field -> what was answered: one option, several, or the one free text.
Row = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question about a key.

    Attributes:
        name: What it is called in the answer.
        kind: ``one`` of the options, ``some`` of them, or ``free`` words.
        options: Ids of the schema, or labels that the task knows. Empty for free words.
        denies: The options that say that the key is not there.
        relation: The relation type that the options which are values of it stand for; None for a field without values.
        strongest: Whether of two answers the option named first counts ("present" before "absent"); else two different
            answers are no answer.
        most: Tokens of free words, at most.
    """

    name: str
    kind: Literal["one", "some", "free"]
    options: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    relation: str | None = None
    strongest: bool = False
    most: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A key, or whatever is asked about, with its fields in the order in which they are answered."""

    key: str
    fields: tuple[Field, ...]

    @property
    def bare(self) -> bool:
        """Whether the field's value stands alone, without an object around it."""
        return len(self.fields) == 1

    @property
    def listed(self) -> bool:
        """Whether the fields are written as one list: an option, then some others."""
        return [field.kind for field in self.fields] == ["one", "some"]

    def choice(self, field: Field) -> str:
        """The name of a field's choice in a form and in what a generator reports."""
        return f"{self.key}.{field.name}"


def form(slots: Sequence[Slot]) -> Form:
    """The grammar of an answer: compact JSON, slots and fields in their order, nothing but the options.

    >>> status = Field(name="status", kind="one", options=("present", "absent"))
    >>> for part in form([Slot(key="mass", fields=(status,))]):
    ...     print(part)
    Fixed(text='{"mass":')
    OneOf(name='mass.status', options=('"present"', '"absent"'))
    Fixed(text='}')
    """
    parts: list[Part] = []
    text = "{"
    for number, slot in enumerate(slots):
        text += f"{',' if number else ''}{json_text(slot.key)}:"
        if slot.listed:
            parts += [Fixed(text=text + "["), *_list(slot)]
            text = ""
            continue
        text += "" if slot.bare else "{"
        for position, field in enumerate(slot.fields):
            if not slot.bare:
                text += f"{',' if position else ''}{json_text(field.name)}:"
            opening, part = _part(slot, field)
            parts += [Fixed(text=text + opening), part]
            text = ""
        text += "" if slot.bare else "}"
    return (*parts, Fixed(text=text + "}"))


def _list(slot: Slot) -> tuple[OneOf, SomeOf]:
    """The choices of a list; each of the later ones brings the comma before it."""
    first, others = slot.fields
    return (
        OneOf(name=slot.choice(first), options=tuple(json_text(option) for option in first.options)),
        SomeOf(
            name=slot.choice(others), options=tuple("," + json_text(option) for option in others.options), separator=""
        ),
    )


def _part(slot: Slot, field: Field) -> tuple[str, Part]:
    """What stands before the choice, and the choice."""
    name = slot.choice(field)
    if field.kind == "free":
        return '"', FreeText(name=name, most=field.most)
    options = tuple(json_text(option) for option in field.options)
    if field.kind == "some":
        return "[", SomeOf(name=name, options=options)
    return "", OneOf(name=name, options=options)


def written(slots: Sequence[Slot], rows: Mapping[str, Row]) -> str:
    """The answer that says these rows, exactly as the form would have it.

    >>> places = Field(name="located_in", kind="some", options=("rul", "rll"))
    >>> written([Slot(key="mass", fields=(places,))], {"mass": {"located_in": ("rll",)}})
    '{"mass":["rll"]}'
    """
    answer: dict[str, Any] = {}
    for slot in slots:
        fields = {field.name: _value(field, rows[slot.key][field.name]) for field in slot.fields}
        if slot.listed:
            first, others = fields.values()
            answer[slot.key] = [first, *others]
        else:
            answer[slot.key] = fields[slot.fields[0].name] if slot.bare else fields
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _value(field: Field, chosen: tuple[str, ...]) -> Any:
    if field.kind == "some":
        return [option for option in field.options if option in chosen]
    return chosen[0]


def json_text(text: str) -> str:
    """A string as it stands in JSON."""
    return json.dumps(text, ensure_ascii=False)
