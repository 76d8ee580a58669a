"""Codes of terminologies for the keys and values of a schema: ``codes = { radlex = "RID34539", omop = 254061 }``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from radnlp.errors import did_you_mean
from radnlp.records.schema import EntityKey, EntityValue, Schema
from radnlp.schema.shipped import shipped_folder

#: The system whose codes are the numbers of concepts in OMOP's vocabulary tables.
OMOP: Final = "omop"
#: ``scheme:rest`` without white space, as FHIR's type uri has it.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
#: What FHIR's type code allows: no white space at the ends, single spaces within.
_CODE: Final = re.compile(r"[^\s\x00-\x1f\x7f]+( [^\s\x00-\x1f\x7f]+)*")
_CONCEPT: Final = re.compile("[0-9]{1,10}")
#: The largest integer of 32 bits, as which OMOP's tables hold it.
_LAST_CONCEPT: Final = 2**31 - 1


@cache
def code_systems() -> Mapping[str, str]:
    """Short name -> URI of the code systems that are known by one (``schemas/code_systems.toml``).

    >>> code_systems()["loinc"]
    'http://loinc.org'
    """
    content = tomllib.loads((shipped_folder() / "code_systems.toml").read_text("utf-8"))
    return {str(name): str(uri) for name, uri in content["systems"].items()}


def checked_codes(codes: Mapping[str, str | int]) -> dict[str, str]:
    """The codes as strings.

    Raises:
        ValueError: A system is neither known by name nor a URI; a code is no code; what stands for OMOP is no concept's
            number.

    >>> checked_codes({"radlex": "RID34539", "omop": 254061})
    {'radlex': 'RID34539', 'omop': '254061'}
    """
    found = {system: str(code) for system, code in codes.items()}
    for system, code in found.items():
        known = (*code_systems(), OMOP)
        if system not in known and not _URI.fullmatch(system):
            raise ValueError(
                f"unknown code system {system!r}{did_you_mean(system, known)} Any other is written as its URI"
            )
        if not _CODE.fullmatch(code):
            raise ValueError(f"{system} = {code!r}: a code has no space at its ends and no two in a row")
    concept = found.get(OMOP, "1")
    if not (_CONCEPT.fullmatch(concept) and 0 < int(concept) <= _LAST_CONCEPT):
        raise ValueError(
            f"{OMOP} = {codes[OMOP]!r}: the number of a concept in OMOP's vocabulary, 1 to {_LAST_CONCEPT}"
        )
    return found


def with_codes(schema: Schema, codes: Mapping[str, Mapping[str, str]]) -> Schema:
    """The schema with further codes, id -> system -> code, laid on its own."""
    if not codes:
        return schema

    def coded(entity: EntityKey | EntityValue) -> dict[str, str]:
        return {**entity.codes, **codes.get(entity.id, {})}

    return replace(
        schema,
        keys=tuple(replace(key, codes=coded(key)) for key in schema.keys),
        values=tuple(replace(value, codes=coded(value)) for value in schema.values),
    )
