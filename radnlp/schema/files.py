"""The TOML files people write, as pydantic models; everything unknown in them is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from radnlp.errors import SchemaError, did_you_mean
from radnlp.records.lexicon import CueCategory, CueDirection
from radnlp.records.schema import SectionEffect

SectionId = Literal["history", "technique", "comparison", "findings", "impression", "recommendation"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
Phrases = Annotated[list[Words], Field(min_length=1)]

SECTION_IDS: tuple[str, ...] = get_args(SectionId)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class KeyTable(_Table):
    """``[keys.ID]``: an entity key."""

    type: Identifier
    label: Words
    description: str = ""


class ValueTable(_Table):
    """``[values.ID]``: an entity value."""

    type: Identifier
    label: Words
    description: str = ""
    parts: list[Identifier] = []
    within: Identifier | None = None


class RelationTable(_Table):
    """``[relations.ID]``: a relation type and the keys it applies to."""

    value_type: Identifier
    keys: Annotated[list[Identifier], Field(min_length=1)]
    description: str = ""


class SchemaFile(_Table):
    """``schema.toml``. With ``extends`` the tables add to those of the base and replace rows of the same id."""

    id: Identifier
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Words
    languages: Annotated[list[Words], Field(min_length=1)]
    source: str = ""
    extends: str | None = None
    keys: dict[Identifier, KeyTable] = {}
    values: dict[Identifier, ValueTable] = {}
    relations: dict[Identifier, RelationTable] = {}
    sections: dict[SectionId, SectionEffect] = {}


class TermsTable(_Table):
    """``[[terms]]``: phrases that name one or several entities."""

    entities: Annotated[list[Identifier], Field(min_length=1)]
    phrases: Phrases


class IgnoredTable(_Table):
    """``[[ignored]]``: phrases that must not be read as an entity though they hold the words of one."""

    reason: Words
    phrases: Phrases


class CuesTable(_Table):
    """``[[cues]]``: context cues of one category and direction."""

    category: CueCategory
    direction: CueDirection
    literals: Phrases
    max_scope: Annotated[int, Field(gt=0)] | None = None
    max_targets: Annotated[int, Field(gt=0)] | None = None
    terminated_by: list[CueCategory] = []


class HeadingsTable(_Table):
    """``[[headings]]``: headings that open a section."""

    section: SectionId
    phrases: Phrases


class LexiconFile(_Table):
    """A lexicon file: ``terms/*.toml`` of a schema, a language's cues, or what ``--terms`` names."""

    language: Words
    abbreviations: list[Words] = []
    connectives: list[Words] = []
    clause_breaks: list[Words] = []
    terms: list[TermsTable] = []
    ignored: list[IgnoredTable] = []
    cues: list[CuesTable] = []
    headings: list[HeadingsTable] = []


_File = TypeVar("_File", SchemaFile, LexiconFile)


def read_toml(path: Path, model: type[_File]) -> _File:
    """Read and check one file.

    Raises:
        SchemaError: Not there, not UTF-8, not TOML, or not as the model wants it; names file, table and key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SchemaError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SchemaError(f"{path}: {error}") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SchemaError(f"{path}: {_first_fault(error, model)}") from None


def _first_fault(error: ValidationError, model: type[BaseModel]) -> str:
    faults = error.errors(include_url=False)
    # A misspelt name that must be there is two faults, unknown and missing; the first tells more.
    fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    place = _place(fault["loc"])
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        allowed = _fields_at(model, fault["loc"][:-1])
        return f"{place}: unknown name{did_you_mean(name, allowed)}{more}"
    return (
        f"{place}: {fault['msg']}, not {fault['input']!r}{more}"
        if fault["type"] != "missing"
        else (f"{place}: is missing{more}")
    )


def _place(location: tuple[int | str, ...]) -> str:
    """``('terms', 3, 'entities')`` as a person looks for it: ``[[terms]] no. 4, entities``."""
    match location:
        case (str(table), str(row)) | (str(table), str(row), "[key]"):
            return f"[{table}] {row}"
        case (str(table), int(row)):
            return f"{table}, no. {row + 1}"
        case (str(table), int(row), *rest):
            tail = "".join(f", {part}" if isinstance(part, str) else f" no. {part + 1}" for part in rest)
            return f"[[{table}]] no. {row + 1}{tail}"
        case (str(table), str(row), *rest):
            tail = "".join(f" {part}" if isinstance(part, str) else f" no. {part + 1}" for part in rest)
            return f"[{table}.{row}]{tail}"
        case _:
            return " ".join(str(part) for part in location)


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    tables: dict[str, type[BaseModel]] = {
        "keys": KeyTable,
        "values": ValueTable,
        "relations": RelationTable,
        "terms": TermsTable,
        "ignored": IgnoredTable,
        "cues": CuesTable,
        "headings": HeadingsTable,
    }
    table = tables.get(str(location[0]), model) if location else model
    return list(table.model_fields)
