"""medspaCy's rule files, read: what ``TargetRule.to_json`` and ``ConTextRule.to_json`` of medspaCy write.

A file holds one JSON object with ``target_rules``, ``context_rules`` or both. Its rules name no language: they are for
every schema. What a rule says and radnlp has no place for is refused, never left out silently:

* A context rule's category is one of medspaCy's names or one of ours. A rule that only ends or blocks others
  (TERMINATE, PSEUDO) may have any.
* A target rule names one entity (``category``, an id of the schema in upper or lower case); the same literal in several
  rules names all their entities. The category ``IGNORED`` is for words that must not be read as an entity.
* A token pattern becomes phrases where these say the same; a regular expression can be a cue, no term. It is matched
  with the folded sentence, whatever the case, as the ``patterns`` of ``[[cues]]``.
* ``attributes`` of a target rule would set the status past all cues, so they are refused; ``metadata`` is a note and
  has no effect here or there.

Source: medspaCy 1.3 (Eyre et al., AMIA Annu Symp Proc 2021;2021:438).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, ValidationError

from radnlp.errors import SchemaError, did_you_mean
from radnlp.records.lexicon import CueCategory, CueDirection, CueRule, Lexicon
from radnlp.records.schema import Schema
from radnlp.schema.entities import entity_ids, named_keys
from radnlp.schema.faults import STRICT, first_fault, read_text
from radnlp.schema.patterns import checked_pattern
from radnlp.schema.term_table import IGNORED, TermTable
from radnlp.schema.token_patterns import written_out

#: By which a rule file is known among lexicon files.
SUFFIX = ".json"
#: medspaCy's names of categories; radnlp's own are known as well.
CATEGORIES: dict[str, CueCategory] = {
    "NEGATED_EXISTENCE": "negated",
    "POSSIBLE_EXISTENCE": "uncertain",
    "HISTORICAL": "historical",
    "HYPOTHETICAL": "question",
    "FAMILY": "family",
    "POSITIVE_EXISTENCE": "asserted",
    "CONJ": "boundary",
}
_OWN: dict[str, CueCategory] = {name.upper(): name for name in get_args(CueCategory)}
_DIRECTIONS: dict[str, CueDirection] = {name.upper(): name for name in get_args(CueDirection)}

_Count = Annotated[int, Field(gt=0)]


class _Table(BaseModel):
    model_config = STRICT


class _TargetRule(_Table):
    literal: str
    category: str
    pattern: Any = None
    attributes: dict[str, Any] | None = None
    metadata: Any = None


class _ContextRule(_Table):
    literal: str
    category: str
    direction: str = "BIDIRECTIONAL"
    pattern: Any = None
    max_scope: _Count | None = None
    max_targets: _Count | None = None
    allowed_types: list[str] | None = None
    excluded_types: list[str] | None = None
    metadata: Any = None


class _RuleFile(_Table):
    target_rules: list[_TargetRule] = []
    context_rules: list[_ContextRule] = []


def read_rules(path: Path, schema: Schema) -> Lexicon:
    """The terms and cues of a rule file, for all languages of the schema.

    Raises:
        SchemaError: No such file, no such JSON, or a rule that has no counterpart here; names file and rule.
    """
    file = _rule_file(path)
    terms = TermTable(schema, owner=str(path))
    cues: list[CueRule] = []
    for number, target in enumerate(file.target_rules, start=1):
        try:
            _add_terms(terms, target, schema)
        except ValueError as error:
            raise SchemaError(f"{path}: target_rules no. {number}: {error}") from None
    for number, context in enumerate(file.context_rules, start=1):
        place = f"context_rules no. {number}"
        try:
            cues += _cues(context, schema, owner=f"{path} ({place})")
        except ValueError as error:
            raise SchemaError(f"{path}: {place}: {error}") from None
    return Lexicon(languages=schema.languages, terms=terms.terms, cues=tuple(cues))


def _rule_file(path: Path) -> _RuleFile:
    try:
        data = json.loads(read_text(path))
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise SchemaError(f"{path}: holds half a character, a \\ud... without its pair; write it out") from None
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{path}: not JSON: {error}") from None
    if not isinstance(data, dict) or not data:
        raise SchemaError(f"{path}: no rules; medspaCy's rule files are an object with target_rules or context_rules")
    try:
        return _RuleFile.model_validate(data)
    except ValidationError as error:
        raise SchemaError(f"{path}: {first_fault(error, _RuleFile, row='{} no. {}')}") from None


def _add_terms(terms: TermTable, rule: _TargetRule, schema: Schema) -> None:
    if rule.attributes:
        raise ValueError("attributes are not read: what a mention is said to be is decided by cues (context_rules)")
    if isinstance(rule.pattern, str):
        raise ValueError("a regular expression cannot name an entity; write literals, or a token pattern of words")
    known = entity_ids(schema)
    named = rule.category.lower()
    if named not in known and rule.category.upper() != IGNORED:
        raise ValueError(f"category: unknown entity {rule.category!r}{did_you_mean(named, [*known, IGNORED])}")
    terms.add(_phrases(rule), {named} & set(known))


def _cues(rule: _ContextRule, schema: Schema, *, owner: str) -> list[CueRule]:
    if rule.direction.upper() not in _DIRECTIONS:
        raise ValueError(f"direction: unknown direction {rule.direction!r}{did_you_mean(rule.direction, _DIRECTIONS)}")
    direction = _DIRECTIONS[rule.direction.upper()]
    if rule.allowed_types is not None and rule.excluded_types is not None:
        raise ValueError("has both allowed_types and excluded_types; give one of them")
    if rule.allowed_types == []:
        raise ValueError("allowed_types is empty, so that the rule acts on nothing; leave it out for all types")
    pattern = checked_pattern(rule.pattern) if isinstance(rule.pattern, str) else None
    return [
        CueRule(
            literal=literal,
            pattern=pattern,
            category=_category(rule.category, direction),
            direction=direction,
            max_scope=rule.max_scope,
            max_targets=rule.max_targets,
            allowed_types=_keys("allowed_types", rule.allowed_types, schema),
            excluded_types=_keys("excluded_types", rule.excluded_types, schema),
            owner=owner,
        )
        for literal in ([pattern] if pattern is not None else _phrases(rule))
    ]


def _category(name: str, direction: CueDirection) -> CueCategory:
    """Our name of a category."""
    if direction == "terminate":
        return "boundary"  # in medspaCy such a rule ends the scope of every cue, whatever its category
    known = {**CATEGORIES, **_OWN}
    if name.upper() not in known and direction != "pseudo":
        raise ValueError(f"category: unknown category {name!r}{did_you_mean(name.upper(), known)}")
    return known.get(name.upper(), "boundary")


def _phrases(rule: _TargetRule | _ContextRule) -> tuple[str, ...]:
    if isinstance(rule.pattern, list):
        return written_out(rule.pattern)
    if rule.pattern is not None:
        raise ValueError(f"pattern: a list of tokens or a regular expression, not {rule.pattern!r}")
    literal = " ".join(rule.literal.split())
    if not literal:
        raise ValueError("the literal is empty, and there is no pattern")
    return (literal,)


def _keys(place: str, names: list[str] | None, schema: Schema) -> tuple[str, ...]:
    try:
        return named_keys(schema, [name.lower() for name in names or ()])
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None
