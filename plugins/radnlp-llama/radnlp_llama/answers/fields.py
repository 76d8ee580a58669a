"""One slot of an answer that did not keep to the form: which options its words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from radnlp_llama.answers.answer import Notes
from radnlp_llama.answers.names import Names, folded, words
from radnlp_llama.answers.nodes import Array, Cut, Node, Object
from radnlp_llama.answers.slots import Field, Row, Slot

_BETWEEN = re.compile(r"\s*(?:[,;/&+、，；・]|\band\b|\s\|\s)\s*", re.IGNORECASE)
#: What a yes or no means among options that have no better word for it.
_YES, _NO = "present", "absent"


def read_row(slot: Slot, told: Sequence[tuple[Node, bool]], names: Names, notes: Notes) -> Row | None:
    """The fields of a slot, of all that was told of it; None when that is no answer.

    What may be left out: the values, when there are none or the key is denied; the status, when there are values; free
    words always.

    Args:
        slot: What was asked.
        told: Its values in the answer, each with whether the text ended inside of it.
        names: What other words mean.
        notes: Takes what was mended and what was not understood.
    """
    rows = []
    for node, cut in told:
        if cut or isinstance(node, Cut):
            notes.fault(f"{slot.key}: cut off")
            continue
        row = _row(slot, node, names, notes)
        if row is not None:
            rows.append(row)
    if not rows:
        return None
    return _joined(slot, rows, notes)


def _row(slot: Slot, node: Node, names: Names, notes: Notes) -> dict[str, tuple[str, ...]] | None:
    row: dict[str, tuple[str, ...]] = {}
    if slot.listed and isinstance(node, Array) and node.items:
        first, others = slot.fields
        at = _option_in(node, first, others, names)
        if at is not None:
            if at:
                notes.mend(f"{slot.choice(first)}: not in its place")
            if not _add(row, slot, first, _options(slot, first, node.items[at], names, notes), notes):
                return None
            rest = Array(items=[*node.items[:at], *node.items[at + 1 :]])
            _add(row, slot, others, _options(slot, others, rest, names, notes), notes)
            return row
    if isinstance(node, Object):
        if slot.listed:
            notes.mend(f"{slot.key}: in another shape")
        for name, value in node.pairs:
            field = _field(name, slot, row)
            if field is None:
                notes.mend(f"{slot.key}: a field that was not asked for")
                continue
            if field.name != name or slot.bare:
                notes.mend(f"{slot.key}.{field.name}: in another shape")
            if isinstance(value, Cut):
                notes.fault(f"{slot.choice(field)}: cut off")
                return None
            if not _add(row, slot, field, _options(slot, field, value, names, notes), notes):
                return None
    else:
        field = _only(slot, node, names)
        if field is None:
            notes.fault(f"{slot.key}: not one of the options")
            return None
        if not slot.bare:
            notes.mend(f"{slot.key}.{field.name}: in another shape")
        if not _add(row, slot, field, _options(slot, field, node, names, notes), notes):
            return None
    return _completed(slot, row, notes)


def _option_in(node: Array, first: Field, others: Field, names: Names) -> int | None:
    """Where in a list the one option stands that is none of the others; None for a list of others alone."""
    told = [at for at, item in enumerate(node.items) if isinstance(item, str)]
    alone = [at for at in told if not names.options(str(node.items[at]), others.options)]
    meant = [at for at in alone if _one(first, node.items[at], names)]
    if meant or alone[:1] == [0]:
        return meant[0] if meant else 0
    return None


def _field(name: str, slot: Slot, row: Row) -> Field | None:
    """The field that a name means; one that is taken already is not meant again by another name."""
    for field in slot.fields:
        if field.name == name or folded(field.name) == folded(name):
            return field
    for field in slot.fields:
        if folded(name) in words().fields.get(field.name, ()) and field.name not in row:
            return field
    return None


def _only(slot: Slot, node: Node, names: Names) -> Field | None:
    """The field that a value without a name must be."""
    if slot.bare:
        return slot.fields[0]
    several = [field for field in slot.fields if field.kind == "some"]
    if isinstance(node, Array):
        return several[0] if len(several) == 1 else None
    for field in slot.fields:
        if field.kind == "one" and (isinstance(node, bool) or (isinstance(node, str) and _one(field, node, names))):
            return field
    return None


def _options(slot: Slot, field: Field, node: Node, names: Names, notes: Notes) -> tuple[str, ...] | None:
    """The options that a value means; None when it means none of them."""
    if field.kind == "free":
        return (node,) if isinstance(node, str) else None
    place = slot.choice(field)
    if field.kind == "one":
        while isinstance(node, Array) and len(node.items) == 1:
            node = node.items[0]
        chosen = _truth(field, node) if isinstance(node, bool) else _one(field, node, names)
        if chosen is None:
            notes.fault(f"{place}: not one of the options")
            return None
        if chosen != node:
            notes.mend(f"{place}: in other words")
        return (chosen,)
    found: list[str] = []
    unknown = 0
    for name in _listed(node, names, field):
        meant = names.options(name, field.options)
        if meant != (name,):
            if not meant and names.says_nothing(name):
                notes.mend(f"{place}: a word for nothing")
                continue
            unknown += not meant
            if meant:
                notes.mend(f"{place}: in other words")
        found += meant
    if not isinstance(node, Array):
        notes.mend(f"{place}: in another shape")
    if unknown:
        notes.fault(f"{place}: {unknown} of the values not one of the options")
    return tuple(option for option in field.options if option in found)


def _one(field: Field, node: Node, names: Names) -> str | None:
    if not isinstance(node, str):
        return None
    meant = names.options(node, field.options)
    return meant[0] if len(meant) == 1 else None


def _truth(field: Field, node: bool) -> str | None:
    chosen = _YES if node else _NO
    return chosen if chosen in field.options else None


def _listed(node: Node, names: Names, field: Field) -> list[str]:
    """The names in a value: of a list, of a text with several, of {"rul": true, "rml": false}, of {"value": "rul"}."""
    if isinstance(node, str):
        if names.options(node, field.options) or names.says_nothing(node):
            return [node]
        return [part for part in _BETWEEN.split(node) if part]
    if isinstance(node, Array):
        return [name for item in node.items for name in _listed(item, names, field)]
    if isinstance(node, Object):
        if node.pairs and all(isinstance(value, bool) for _, value in node.pairs):
            return [name for name, value in node.pairs if value]
        return [value for _, value in node.pairs if isinstance(value, str)]
    return [] if node is None else [str(node)]


def _add(
    row: dict[str, tuple[str, ...]], slot: Slot, field: Field, chosen: tuple[str, ...] | None, notes: Notes
) -> bool:
    """Take an answer into the row; False when it was not understood and the field cannot do without.

    Of a field told twice all values count, of a status the strongest.
    """
    if chosen is None:
        return field.kind == "free"
    if field.name in row and field.kind != "free":
        notes.mend(f"{slot.choice(field)}: told twice")
        if field.kind == "one" and not field.strongest and row[field.name] != chosen:
            notes.fault(f"{slot.choice(field)}: two answers that exclude each other")
            return False
        both = {*row[field.name], *chosen}
        chosen = tuple(option for option in field.options if option in both)
        chosen = chosen[:1] if field.kind == "one" else chosen
    row[field.name] = chosen
    return True


def _completed(slot: Slot, row: dict[str, tuple[str, ...]], notes: Notes) -> dict[str, tuple[str, ...]] | None:
    """The row, unless what it leaves out makes it no answer."""
    given = any(row.get(field.name) for field in slot.fields if field.kind == "some")
    decided = any(row.get(field.name) for field in slot.fields if field.kind == "one")
    for field in slot.fields:
        if field.name in row or field.kind == "free":
            continue
        if field.kind == "one" and not given:
            notes.fault(f"{slot.choice(field)}: no answer")
            return None
        if field.kind == "some" and not decided:
            notes.fault(f"{slot.choice(field)}: no answer")
            return None
        notes.mend(f"{slot.choice(field)}: left out")
    return row


def _joined(slot: Slot, rows: Sequence[dict[str, tuple[str, ...]]], notes: Notes) -> Row | None:
    """Several rows of one slot as one."""
    joined: dict[str, tuple[str, ...]] = {}
    for field in slot.fields:
        told = [row[field.name] for row in rows if field.name in row]
        if field.kind == "some":
            chosen = {option for row in told for option in row}
            if told:
                joined[field.name] = tuple(option for option in field.options if option in chosen)
        elif field.kind == "free" or len(set(told)) <= 1:
            joined.update({field.name: told[0]} if told else {})
        elif field.strongest:
            joined[field.name] = min(told, key=lambda row: field.options.index(row[0]))
        else:
            notes.fault(f"{slot.choice(field)}: two answers that exclude each other")
            return None
    return joined
