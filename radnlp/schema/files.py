"""The TOML files people write, as pydantic models; everything unknown in them is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

from radnlp.errors import SchemaError
from radnlp.records.lexicon import ChangeMeaning, CueCategory, CueDirection, MeasurementMeaning, SignpostKind
from radnlp.records.schema import SectionEffect
from radnlp.schema.codes import checked_codes
from radnlp.schema.faults import STRICT, first_fault, read_text
from radnlp.schema.patterns import checked_condition, checked_pattern

SectionId = Literal["history", "technique", "comparison", "findings", "impression", "recommendation"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Field(min_length=1)]
Phrases = Annotated[list[Words], Field(min_length=1)]
Condition = Annotated[str, AfterValidator(checked_condition)]
Patterns = Annotated[list[Annotated[str, AfterValidator(checked_pattern)]], Field(min_length=1)]

Codes = Annotated[dict[Words, Words | int], AfterValidator(checked_codes)]

SECTION_IDS: tuple[str, ...] = get_args(SectionId)


class _Table(BaseModel):
    model_config = STRICT


class KeyTable(_Table):
    """``[keys.ID]``: an entity key."""

    type: Identifier
    label: Words
    description: str = ""
    lasting: bool = False
    referred: bool = False
    codes: Codes = {}


class ValueTable(_Table):
    """``[values.ID]``: an entity value."""

    type: Identifier
    label: Words
    description: str = ""
    parts: list[Identifier] = []
    within: Identifier | None = None
    changes: list[ChangeMeaning] = []
    codes: Codes = {}


class RelationTable(_Table):
    """``[relations.ID]``: a relation type, the keys it applies to and, when not all of the type, its values."""

    value_type: Identifier
    keys: Annotated[list[Identifier], Field(min_length=1)]
    values: list[Identifier] = []
    description: str = ""


class SentenceClassTable(_Table):
    """``[sentence_classes.ID]``: what a sentence can be for."""

    label: Words
    description: str = ""


class StepTable(_Table):
    """``[[steps]]``: one question of a schema that decides in steps (radnlp.records.schema.DecisionStep)."""

    id: Identifier
    answers: list[Identifier] = []
    after: list[Identifier] = []
    keys: list[Identifier] = []
    relations: list[Identifier] = []


class SchemaFile(_Table):
    """``schema.toml``. With ``extends`` the tables add to those of the base and replace rows of the same id; steps
    replace those of the base all together.
    """

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
    steps: list[StepTable] = []
    sentence_classes: dict[Identifier, SentenceClassTable] = {}
    sentence_classifier: Words | None = None


class TermsTable(_Table):
    """``[[terms]]``: phrases that name one or several entities, but for the sections in ``not_in``."""

    entities: Annotated[list[Identifier], Field(min_length=1)]
    not_in: list[SectionId] = []
    phrases: Phrases


class IgnoredTable(_Table):
    """``[[ignored]]``: phrases that must not be read as an entity though they hold the words of one."""

    reason: Words
    phrases: Phrases


class EntityRulerTable(_Table):
    """``[[entity_ruler]]``: patterns of spaCy's EntityRuler in a file of their own (radnlp.schema.entity_ruler).

    ``file`` is relative to the folder of this one; ``labels`` says which entities a label names, where they have other
    names: ``{ GGN = "nodules ggo", DATE = "" }``.
    """

    file: Words
    labels: dict[str, str] = {}


class CuesTable(_Table):
    """``[[cues]]``: context cues of one category and direction.

    ``literals`` are phrases, ``patterns`` regular expressions, which are matched with the folded sentence: lower case,
    single spaces, a space for the hyphen of "ground-glass". ``allowed_types`` and ``excluded_types`` hold ids of keys
    or their types ("lesion"): only these, or all but these, are acted on. ``followed_by`` is a regular expression for
    what must stand right behind each literal.
    """

    category: CueCategory
    direction: CueDirection
    literals: Phrases = []
    patterns: Patterns = []
    followed_by: Condition | None = None
    max_scope: Annotated[int, Field(gt=0)] | None = None
    max_targets: Annotated[int, Field(gt=0)] | None = None
    allowed_types: Phrases = []
    excluded_types: Phrases = []
    terminated_by: list[CueCategory] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.literals and not self.patterns:
            raise ValueError("has neither literals nor patterns; give one of them or both")
        if self.allowed_types and self.excluded_types:
            raise ValueError("has both allowed_types and excluded_types; give one of them")
        return self


class SignpostsTable(_Table):
    """``[[signposts]]``: words that steer which place belongs to which finding."""

    kind: SignpostKind
    phrases: Phrases


class ChangesTable(_Table):
    """``[[changes]]``: words that tell how something has changed since an earlier examination."""

    meaning: ChangeMeaning
    phrases: Phrases


class HeadingsTable(_Table):
    """``[[headings]]``: headings that open a section."""

    section: SectionId
    phrases: Phrases


class MeasurementWordsTable(_Table):
    """``[[measurement_words]]``: words that say how to read a size, or whose it is."""

    meaning: MeasurementMeaning
    side: Literal["before", "after"] = "before"
    phrases: Phrases


class TopicsTable(_Table):
    """``[[topics]]``: words for what sentences speak of.

    ``keys`` holds ids of keys or their types: beside these words they are another organ's ("肝" for masses). Without it
    the words are of the schema's own region.
    """

    keys: list[Words] = []
    phrases: Phrases


class LexiconFile(_Table):
    """A lexicon file: ``terms/*.toml`` of a schema, a language's cues, or what ``--terms`` names.

    ``withdrawn_cues`` are words of cues of more general files that do not hold here, whatever their category;
    ``withdrawn_with`` are parts of such words or patterns. ``[codes.ID]`` gives codes to a key or value.
    """

    language: Words
    abbreviations: list[Words] = []
    clause_breaks: list[Words] = []
    withdrawn_cues: list[Words] = []
    withdrawn_with: list[Words] = []
    terms: list[TermsTable] = []
    ignored: list[IgnoredTable] = []
    entity_ruler: list[EntityRulerTable] = []
    cues: list[CuesTable] = []
    headings: list[HeadingsTable] = []
    signposts: list[SignpostsTable] = []
    measurement_words: list[MeasurementWordsTable] = []
    changes: list[ChangesTable] = []
    topics: list[TopicsTable] = []
    codes: dict[Identifier, Codes] = {}


_File = TypeVar("_File", SchemaFile, LexiconFile)


def read_toml(path: Path, model: type[_File]) -> _File:
    """Read and check one file.

    Raises:
        SchemaError: Not there, not UTF-8, not TOML, or not as the model wants it; names file, table and key.
    """
    try:
        return model.model_validate(tomllib.loads(read_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"{path}: {error}") from None
    except ValidationError as error:
        raise SchemaError(f"{path}: {first_fault(error, model)}") from None
