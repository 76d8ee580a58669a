"""Names in lexicon files that stand for entities of a schema."""

from __future__ import annotations

from collections.abc import Iterable

from radnlp.errors import did_you_mean
from radnlp.records.schema import Schema


def entity_ids(schema: Schema) -> list[str]:
    """The ids of all keys and values, in schema order."""
    return [*(key.id for key in schema.keys), *(value.id for value in schema.values)]


def named_keys(schema: Schema, names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the keys that names stand for, in schema order.

    Args:
        schema: Where the keys are.
        names: Ids of keys, or types of keys ("lesion") for all keys of that type.

    Raises:
        ValueError: A name that is neither.
    """
    by_name: dict[str, set[str]] = {}
    for key in schema.keys:
        by_name.setdefault(key.type, set()).add(key.id)
    by_name.update({key.id: {key.id} for key in schema.keys})  # of a name that is both the key is meant
    wanted: set[str] = set()
    for name in names:
        if name not in by_name:
            raise ValueError(f"unknown key or type {name!r}{did_you_mean(name, by_name)}")
        wanted |= by_name[name]
    return tuple(key.id for key in schema.keys if key.id in wanted)
