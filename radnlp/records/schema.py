"""A modality schema: the closed vocabulary for one kind of study, as plain records.

The TOML files that become these records are read by :mod:`radnlp.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

SectionEffect = Literal["historical", "excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityKey:
    """What a report can be about: a lesion or a diagnosis."""

    id: str
    type: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityValue:
    """What can be said of a key: a location or an episode.

    Attributes:
        parts: Values that this one is short for (``bll`` = ``rll`` + ``lll``).
        within: The larger value that holds this one (``rul`` lies in ``right_lung``).
    """

    id: str
    type: str
    label: str
    description: str = ""
    parts: tuple[str, ...] = ()
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A relation ``key -id-> value`` and the keys that may have it.

    Attributes:
        values: The values it may point to; empty for all of its value type.
    """

    id: str
    value_type: str
    keys: tuple[str, ...]
    values: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A modality schema.

    Attributes:
        id: Name of the schema.
        version: Semantic version of its vocabulary.
        languages: Languages whose lexicons are active, all at once.
        source: Where the vocabulary comes from.
        keys: In the order in which findings are written.
        values: In the order in which values are written.
        section_effects: Section id -> what being in that section does to a mention.
    """

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    source: str
    keys: tuple[EntityKey, ...]
    values: tuple[EntityValue, ...] = ()
    relations: tuple[RelationType, ...] = ()
    section_effects: Mapping[str, SectionEffect] = field(default_factory=dict)

    def key(self, key_id: str) -> EntityKey:
        """The key with that id. Raises KeyError."""
        return _by_id(self.keys, key_id)

    def value(self, value_id: str) -> EntityValue:
        """The value with that id. Raises KeyError."""
        return _by_id(self.values, value_id)

    def relation_types_of(self, key_id: str) -> tuple[RelationType, ...]:
        """The relation types that the key may have, in schema order."""
        return tuple(relation for relation in self.relations if key_id in relation.keys)

    def values_of(self, relation: RelationType) -> tuple[str, ...]:
        """The value ids that the relation may point to, in schema order."""
        return tuple(
            value.id
            for value in self.values
            if value.type == relation.value_type and value.id in (relation.values or (value.id,))
        )

    def expand(self, value_ids: Iterable[str]) -> frozenset[str]:
        """The values with every compound one replaced by its parts, as scoring compares them."""
        expanded: set[str] = set()
        for value_id in value_ids:
            expanded.update(self.value(value_id).parts or (value_id,))
        return frozenset(expanded)


_Row = TypeVar("_Row", EntityKey, EntityValue)


def _by_id(rows: Iterable[_Row], wanted: str) -> _Row:
    for row in rows:
        if row.id == wanted:
            return row
    raise KeyError(wanted)
