"""From a model's words to rows: strictly where they keep to the form, else as far as they can be understood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from radnlp_llama.answers.answer import Answer, Notes
from radnlp_llama.answers.fields import read_row
from radnlp_llama.answers.names import Names, folded, words
from radnlp_llama.answers.nodes import Array, Node, Object
from radnlp_llama.answers.slots import Row, Slot, written
from radnlp_llama.answers.tolerant import values

#: A named value somewhere in an answer.
_Pair = tuple[str, Node]
#: How deep the answer may lie in objects around it ({"answer": {"findings": {...}}}).
_WRAPPED = 3


def read(text: str, slots: Sequence[Slot], names: Names) -> Answer:
    """What a model answered.

    An answer that keeps to the form is taken as it stands; it is checked again all the same, by writing what was
    understood and comparing. Any other is read leniently. Of a slot told twice the answers are put together (the
    strongest status, all values); two labels that exclude each other are no answer. A slot whose end was cut off is
    no answer either: values might be missing.

    Args:
        text: What the model wrote.
        slots: What it was asked.
        names: What other words mean.
    """
    rows = _strict(text, slots)
    if rows is not None:
        return Answer(rows=rows, kept_to_form=True)
    notes = Notes()
    found, mended = values(text)
    for what in mended:
        notes.mend(what)
    told = _told(found, slots, names, notes)
    rows = {}
    for slot in slots:
        if slot.key in told:
            row = read_row(slot, told[slot.key], names, notes)
            if row is not None:
                rows[slot.key] = row
        else:
            notes.fault(f"{slot.key}: no answer")
    if not found:
        notes.faults.clear()
        notes.fault(f"no JSON object in the {len(text)} characters of the answer")
    missing = tuple(slot.key for slot in slots if slot.key not in rows)
    return Answer(rows=rows, missing=missing, mended=tuple(notes.mended), faults=tuple(notes.faults))


def _strict(text: str, slots: Sequence[Slot]) -> dict[str, Row] | None:
    """The rows of a text that is exactly what the form allows; None for any other."""
    try:
        data = json.loads(text)
        rows: dict[str, Row] = {}
        for slot in slots:
            given = _named(slot, data[slot.key])
            rows[slot.key] = {
                field.name: tuple(given[field.name]) if field.kind == "some" else (given[field.name],)
                for field in slot.fields
            }
        allowed = all(
            field.kind == "free" or set(rows[slot.key][field.name]) <= set(field.options)
            for slot in slots
            for field in slot.fields
        )
        return rows if allowed and written(slots, rows) == text else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _named(slot: Slot, value: Any) -> Any:
    """The fields of a slot by their names, of a value as the form has it."""
    if slot.listed:
        first, others = slot.fields
        return {first.name: value[0], others.name: value[1:]} if isinstance(value, list) and value else {}
    return {slot.fields[0].name: value} if slot.bare else value


def _told(
    found: Sequence[Object | Array], slots: Sequence[Slot], names: Names, notes: Notes
) -> Mapping[str, list[tuple[Node, bool]]]:
    """Slot -> the values told of it, each with whether the text ended inside of it.

    Of several objects the first one that speaks of most slots is the answer; the others may only add slots that it
    leaves out. (A model that does not stop goes on with reports of its own invention.)
    """
    read = [_by_slot(list(_pairs(node, slots, names, notes)), slots, names, notes) for node in found]
    if not read:
        return {}
    best = max(range(len(read)), key=lambda number: (len(read[number]), -number))
    told = dict(read[best])
    for number, others in enumerate(read):
        if number == best or not others:
            continue
        notes.mend("several answers, of which the fullest counts")
        for key, given in others.items():
            told.setdefault(key, given)
    return told


def _by_slot(
    pairs: Sequence[_Pair], slots: Sequence[Slot], names: Names, notes: Notes
) -> dict[str, list[tuple[Node, bool]]]:
    told: dict[str, list[tuple[Node, bool]]] = {}
    keys = [slot.key for slot in slots]
    unknown = 0
    for name, node in pairs:
        meant = names.options(name, keys)
        if len(meant) != 1:
            unknown += 1
            continue
        if meant[0] != name:
            notes.mend(f"{meant[0]}: under another name")
        if meant[0] in told:
            notes.mend(f"{meant[0]}: told more than once")
        told.setdefault(meant[0], []).append((node, isinstance(node, (Object, Array)) and node.cut))
    if unknown and told:
        notes.mend(f"names that were not asked about: {unknown}")
    return told


def _pairs(node: Node, slots: Sequence[Slot], names: Names, notes: Notes, depth: int = 0) -> Iterator[_Pair]:
    """What an answer names, out of the shapes that models give it: one object, a list of objects, one in another."""
    keys = [slot.key for slot in slots]
    if isinstance(node, Array):
        notes.mend("a list around the answer")
        for item in node.items:
            yield from _pairs(item, slots, names, notes, depth + 1) if depth < _WRAPPED else ()
        return
    if not isinstance(node, Object):
        return
    named = [value for name, value in node.pairs if folded(name) in words().keys and isinstance(value, str)]
    if len(named) == 1 and len(names.options(named[0], keys)) == 1:
        rest = [(name, value) for name, value in node.pairs if value is not named[0]]
        yield named[0], Object(pairs=rest, cut=node.cut)
        return
    if depth < _WRAPPED and not any(names.options(name, keys) for name, _ in node.pairs):
        for name, value in node.pairs:
            if isinstance(value, (Object, Array)):
                notes.mend("an object around the answer")
                yield from _pairs(value, slots, names, notes, depth + 1)
            else:
                yield name, value
        return
    for name, value in node.pairs:
        yield from _hoisted(name, value, slots, keys, notes)


def _hoisted(name: str, value: Node, slots: Sequence[Slot], keys: Sequence[str], notes: Notes) -> Iterator[_Pair]:
    """A value without the slots that a missing bracket has put inside of it."""
    if name in keys and isinstance(value, Object):
        own = {field.name for slot in slots if slot.key == name for field in slot.fields}
        inside = [(n, v) for n, v in value.pairs if n in keys and n not in own]
        if inside:
            notes.mend("brackets")
            yield name, Object(pairs=[pair for pair in value.pairs if pair not in inside])
            for inner, node in inside:
                yield from _hoisted(inner, node, slots, keys, notes)
            return
    yield name, value
