"""Who is who: names that are the same whenever the same report is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from radnlp.batch.formats.fhir.elements import Element, allowed

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:radnlp:fhir")
#: What means something inside the value of a FHIR search parameter.
_ESCAPED: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\|,$"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Of one resource, by report, schema and, for an Observation, key.

    An identifier is the report's id, with ``#KEY`` for a finding. An id that FHIR cannot hold (control characters,
    blanks at the ends ...) is a UUID made from it instead, so that no two reports get the same.
    """

    report_id: str
    schema: str
    key: str | None = None

    @property
    def full_url(self) -> str:
        """What other entries of the Bundle refer to."""
        return f"urn:uuid:{self._uuid(self.key)}"

    @property
    def identifier(self) -> Element:
        """For the resource's own list of identifiers, and what an update finds it by."""
        return {"system": self._system, "value": self._value}

    def update(self, resource_type: str) -> Element:
        """The request of a conditional update: makes the resource, or changes the one that has this identifier."""
        token = f"{self._system.translate(_ESCAPED)}|{self._value.translate(_ESCAPED)}"
        return {"method": "PUT", "url": f"{resource_type}?identifier={quote(token, safe='')}"}

    @property
    def _system(self) -> str:
        return f"urn:radnlp:{'report' if self.key is None else 'finding'}:{self.schema}"

    @property
    def _value(self) -> str:
        # Blanks at the ends may be trimmed on the way.
        plain = allowed(self.report_id) == self.report_id == self.report_id.strip() != ""
        name = self.report_id if plain else self._uuid(None)
        return name if self.key is None else f"{name}#{self.key}"

    def _uuid(self, key: str | None) -> str:
        return str(uuid5(_NAMESPACE, json.dumps([self.report_id, self.schema, key])))
