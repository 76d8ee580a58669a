"""The codes in which a schema's ids, and radnlp's own, stand in FHIR."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from radnlp.batch.formats.fhir.elements import Element
from radnlp.records import EntityKey, EntityValue, Schema, Status
from radnlp.schema import OMOP, code_systems

_CODINGS: Final[Mapping[str, Any]] = tomllib.loads((Path(__file__).parent / "codings.toml").read_text("utf-8"))

REPORT_CODE: Final[Element] = {"coding": [_CODINGS["report"]["code"]]}
REPORT_CATEGORY: Final[list[Element]] = [{"coding": [_CODINGS["report"]["category"]]}]
OBSERVATION_CATEGORY: Final[list[Element]] = [{"coding": [_CODINGS["observation"]["category"]]}]
COMPARATORS: Final[Mapping[str, str]] = _CODINGS["comparator"]


class Vocabulary:
    """CodeableConcepts of a schema; made once, since all are known beforehand.

    Args:
        schema: Its keys and values bring their codes; ``omop`` is left out, which is no code system of FHIR.

    Attributes:
        keys: Key id -> CodeableConcept.
        values: Value id -> CodeableConcept.
        relations: Relation type -> CodeableConcept.
    """

    def __init__(self, schema: Schema) -> None:
        self._own = {"system": f"urn:radnlp:schema:{schema.id}", "version": schema.version}
        self.keys: Mapping[str, Element] = {key.id: self._concept(key) for key in schema.keys}
        self.values: Mapping[str, Element] = {value.id: self._concept(value) for value in schema.values}
        # A system of their own: a relation may be called as a key is.
        system = {**self._own, "system": f"urn:radnlp:relation:{schema.id}"}
        self.relations: Mapping[str, Element] = {
            relation.id: {"coding": [{**system, "code": relation.id}], "text": relation.id.replace("_", " ")}
            for relation in schema.relations
        }

    def _concept(self, entity: EntityKey | EntityValue) -> Element:
        uris = code_systems()
        codes = [
            {"system": uris.get(system, system), "code": code}
            for system, code in entity.codes.items()
            if system != OMOP
        ]
        return {"coding": [{**self._own, "code": entity.id, "display": entity.label}, *codes], "text": entity.label}


def status_concept(status: Status) -> Element:
    """The code of radnlp's own, and the finding context of SNOMED CT where there is one that says the same."""
    own = {"system": "urn:radnlp:status", "code": status}
    return {"coding": [own, *filter(None, [_CODINGS["status"].get(status)])], "text": status}


def temporal_component(status: Status) -> Element | None:
    """What else SNOMED CT says of a status: that it is past."""
    if status not in _CODINGS["temporal"]:
        return None
    code, value = _CODINGS["temporal"]["code"], _CODINGS["temporal"][status]
    return {"code": {"coding": [code]}, "valueCodeableConcept": {"coding": [value]}}


def size_code(*, previous: bool) -> Element:
    """What the component of a measurement measures: the size now, or on an earlier examination."""
    code = "previous_size" if previous else "size"
    return {"coding": [{"system": "urn:radnlp:measurement", "code": code}], "text": code.replace("_", " ")}
