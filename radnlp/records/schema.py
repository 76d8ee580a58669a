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
    """What a report can be about: a lesion or a diagnosis.

    Attributes:
        lasting: Once known it remains the patient's diagnosis, as a malignant tumour does: what is told to be gone is
            ``historical`` and not ``absent``, its past mentions may have values, and ``historical`` counts as positive.
        referred: Whether common words may stand for it ("tumour", "enhancing mass"): told of as past only, it is there
            when they are.
        codes: Code system ("snomed", "radlex", a URI) -> its code for this; "omop" -> the concept's number.
    """

    id: str
    type: str
    label: str
    description: str = ""
    lasting: bool = False
    referred: bool = False
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityValue:
    """What can be said of a key: a location or an episode.

    Attributes:
        parts: Values that this one is short for (``bll`` = ``rll`` + ``lll``).
        within: The larger value that holds this one (``rul`` lies in ``right_lung``).
        changes: The kinds of change that this value sums up (``progression``: new, more, ...); empty for a value that
            is no change.
        codes: As of a key.
    """

    id: str
    type: str
    label: str
    description: str = ""
    parts: tuple[str, ...] = ()
    within: str | None = None
    changes: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


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
class SentenceClass:
    """What a sentence of a report can be for: background, a finding, a continuation of one."""

    id: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStep:
    """One question of a schema that decides in steps.

    Attributes:
        answers: What it may be answered with: keys, and names that stand for all keys of the step behind that answer;
            empty for a step that asks for keys or relations alone.
        after: Answers of an earlier step, one of which must have been given before this step is asked; empty for a
            first step.
        keys: The keys that this step decides about.
        relations: The relation types that this step decides about.
    """

    id: str
    answers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()


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
        steps: The questions of a schema that decides in steps, in the order in which they are asked; else empty.
        sentence_classes: In the order of their numbers, from 0; empty for a schema that does not label sentences.
        sentence_classifier: The provider that labels them when none is asked for by name.
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
    steps: tuple[DecisionStep, ...] = ()
    sentence_classes: tuple[SentenceClass, ...] = ()
    sentence_classifier: str = "rules"

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
