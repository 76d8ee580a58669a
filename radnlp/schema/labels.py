"""Labels of other people's models and rules as entities of a schema."""

from __future__ import annotations

from collections.abc import Mapping

from radnlp.errors import did_you_mean
from radnlp.records.schema import Schema
from radnlp.schema.entities import entity_ids

_NOTHING: Mapping[str, str] = {}


class Labels:
    """What each label names.

    A label that the user names means what the user says; any other means the entity of its name, in upper or lower
    case, or else the entity that is its id (the ``id`` of an EntityRuler pattern, ``span.id_``).

    Args:
        schema: Has the entities.
        named: Label -> id of an entity; several, separated by spaces, where one label names several ("ground-glass
            nodule" is ``nodules ggo``); an empty string for a label that is to be passed over in silence.

    Raises:
        ValueError: ``named`` names an entity that the schema does not have.
    """

    def __init__(self, schema: Schema, named: Mapping[str, str] = _NOTHING) -> None:
        self._known = entity_ids(schema)
        self._schema_id = schema.id
        self._named = {label: self._ids(label, ids) for label, ids in named.items()}

    def entities(self, label: str, other: str = "") -> tuple[str, ...] | None:
        """The entities of a label, in schema order; none for one to pass over; None for an unknown one.

        Args:
            label: As it stands, upper and lower case.
            other: An id that stands beside it, or an empty string.
        """
        if label in self._named:
            return self._named[label]
        own = next((name.lower() for name in (label, other) if name.lower() in self._known), None)
        return None if own is None else (own,)

    def unknown(self, label: str) -> str:
        """What to say of an unknown label: the near names, and all there are."""
        near = did_you_mean(label.lower(), self._known)
        return f"the label {label!r} names no entity of the schema {self._schema_id!r}{near}"

    def _ids(self, label: str, ids: str) -> tuple[str, ...]:
        for name in ids.split():
            if name not in self._known:
                raise ValueError(f"{label!r}: unknown entity {name!r}{did_you_mean(name, self._known)}")
        return tuple(sorted(set(ids.split()), key=self._known.index))
