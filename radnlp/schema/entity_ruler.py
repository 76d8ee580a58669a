"""Patterns of spaCy's EntityRuler and SpanRuler, read as terms: JSON lines of ``label``, ``pattern`` and ``id``.

A label names an entity of the schema: as the user says, by its name in upper or lower case, or by its ``id``
(radnlp.schema.labels). The label ``IGNORED`` is for words that must not be read as an entity. A pattern is a string or
a list of tokens; a token pattern becomes phrases where these say the same (radnlp.schema.token_patterns), and any other
is refused with its line, as is a label that names nothing. Terms match whatever the case, and "ground glass" is also
"ground-glass"; spaCy's own ruler minds the case of a string unless ``phrase_matcher_attr`` is ``"LOWER"``.

https://spacy.io/usage/rule-based-matching#entityruler
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from radnlp.errors import SchemaError
from radnlp.records.lexicon import Term
from radnlp.records.schema import Schema
from radnlp.schema.faults import STRICT, first_fault, read_text
from radnlp.schema.labels import Labels
from radnlp.schema.term_table import IGNORED, TermTable
from radnlp.schema.token_patterns import written_out

#: By which a file of patterns is known among lexicon files.
PATTERNS_SUFFIX = ".jsonl"
_BY_NAME: Mapping[str, str] = {}


class _Pattern(BaseModel):
    model_config = STRICT

    label: str
    pattern: str | list[Any]
    id: str | None = None


def read_patterns(path: Path, schema: Schema, labels: Mapping[str, str] = _BY_NAME) -> tuple[Term, ...]:
    """The terms of a file of patterns, for all languages of the schema.

    Args:
        path: JSON lines.
        schema: Has the entities.
        labels: Label -> ids of entities, where labels and entities have other names.

    Raises:
        SchemaError: No such file, a line that is no pattern, a label without an entity, a pattern that cannot be
            written out as words; names file and line.
    """
    try:
        names = Labels(schema, labels)
    except ValueError as error:
        raise SchemaError(f"{path}: labels: {error}") from None
    table = TermTable(schema, owner=str(path))
    empty = True
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        empty = False
        try:
            _add(table, _pattern(line), names)
        except ValidationError as error:
            raise SchemaError(f"{path}:{number}: {first_fault(error, _Pattern)}") from None
        except ValueError as error:
            raise SchemaError(f"{path}:{number}: {error}") from None
    if empty:
        raise SchemaError(f'{path}: no patterns; write one a line: {{"label": "nodules", "pattern": "coin lesion"}}')
    return table.terms


def _pattern(line: str) -> _Pattern:
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("holds half a character, a \\ud... without its pair; write it out") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    return _Pattern.model_validate(data)


def _add(table: TermTable, row: _Pattern, labels: Labels) -> None:
    entities = labels.entities(row.label, row.id or "")
    if entities is None and row.label.upper() != IGNORED:
        raise ValueError(labels.unknown(row.label))
    if entities == ():
        return
    table.add(_phrases(row.pattern), entities or ())


def _phrases(pattern: str | list[Any]) -> tuple[str, ...]:
    if isinstance(pattern, list):
        return written_out(pattern)
    words = " ".join(pattern.split())
    if not words:
        raise ValueError("the pattern is empty")
    return (words,)
