"""The decision steps of a schema file, checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from radnlp.errors import SchemaError, did_you_mean
from radnlp.records.schema import DecisionStep
from radnlp.schema.files import RelationTable, StepTable


def decision_steps(
    path: Path, tables: Sequence[StepTable], keys: Collection[str], relations: Mapping[str, RelationTable]
) -> tuple[DecisionStep, ...]:
    """The steps in the order of the file.

    Args:
        path: The schema file, for messages.
        tables: Its ``[[steps]]``.
        keys: The ids of the schema's keys.
        relations: Its relation types.

    Raises:
        SchemaError: Two steps of one id; an answer that is no key and stands for none; ``after`` names no answer of an
            earlier step; a key or relation that is unknown or decided about in two places; a key decided about in none.
    """
    given: set[str] = set()
    decided: set[str] = set()
    for number, table in enumerate(tables, start=1):
        place = f"{path}: [[steps]] no. {number}"
        if any(table.id == other.id for other in tables[: number - 1]):
            raise SchemaError(f"{place}: id {table.id!r} is that of an earlier step; give each step its own")
        if not (table.answers or table.keys or table.relations):
            raise SchemaError(f"{place}: decides nothing; give it answers, keys or relations")
        _known(f"{place}, after", table.after, given)
        _known(f"{place}, relations", table.relations, relations)
        _known(f"{place}, keys", table.keys, keys)
        groups = {name for later in tables[number:] if later.keys for name in later.after}
        _known(f"{place}, answers", table.answers, {*keys, *groups})
        for relation in table.relations:
            _known(f"{place}: keys of the relation {relation!r}", relations[relation].keys, table.after)
        for key in (*(answer for answer in table.answers if answer in keys), *table.keys):
            if key in decided:
                raise SchemaError(f"{place}: {key!r} is decided about twice; name it in one step only")
            decided.add(key)
        given.update(table.answers)
    for key in keys if tables else ():
        if key not in decided:
            raise SchemaError(f"{path}: [[steps]]: no step decides about {key!r}; name it among answers or keys")
    return tuple(
        DecisionStep(
            id=table.id,
            answers=tuple(table.answers),
            after=tuple(table.after),
            keys=tuple(table.keys),
            relations=tuple(table.relations),
        )
        for table in tables
    )


def _known(place: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise SchemaError(f"{place}: unknown name {name!r}{did_you_mean(name, known)}")
