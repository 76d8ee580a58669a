"""The columns of NOTE_NLP.

Source: OHDSI, OMOP Common Data Model 5.4, table NOTE_NLP (the same in 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the Common Data Model.

    Attributes:
        length: Most characters of a text, None where the type has no length.
        required: Whether the model says NOT NULL.
    """

    name: str
    type: Literal["integer", "text", "date", "datetime"]
    length: int | None = None
    required: bool = False


NOTE_NLP: Final = (
    Column(name="note_nlp_id", type="integer", required=True),
    Column(name="note_id", type="integer", required=True),
    Column(name="section_concept_id", type="integer"),
    Column(name="snippet", type="text", length=250),
    Column(name="offset", type="text", length=50),
    Column(name="lexical_variant", type="text", length=250, required=True),
    Column(name="note_nlp_concept_id", type="integer"),
    Column(name="note_nlp_source_concept_id", type="integer"),
    Column(name="nlp_system", type="text", length=250),
    Column(name="nlp_date", type="date", required=True),
    Column(name="nlp_datetime", type="datetime"),
    Column(name="term_exists", type="text", length=1),
    Column(name="term_temporal", type="text", length=50),
    Column(name="term_modifiers", type="text", length=2000),
)

#: Most characters of a text column.
LENGTH: Final = {column.name: column.length for column in NOTE_NLP if column.length is not None}
