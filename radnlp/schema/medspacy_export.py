"""A lexicon as medspaCy's rules, for ``TargetRule.from_json`` and ``ConTextRule.from_json`` of medspaCy.

What comes back through :mod:`radnlp.schema.medspacy_rules` are the same terms and cues, apart from ``terminated_by``,
which medspaCy refuses in JSON, and from cues with a condition, which become regular expressions.
"""

from __future__ import annotations

import re
from typing import Any

from radnlp.records.lexicon import CueRule, Lexicon
from radnlp.schema.medspacy_rules import CATEGORIES
from radnlp.schema.term_table import IGNORED

_GAP = " ... "
_NAMES: dict[str, str] = {ours: name for name, ours in CATEGORIES.items() if ours != "boundary"}


def to_medspacy(lexicon: Lexicon) -> dict[str, list[dict[str, Any]]]:
    """The rules, ready to be written as JSON: ``target_rules`` and ``context_rules``.

    Categories of target rules are the ids of entities in upper case; words that name nothing have ``IGNORED``, and
    words that name two entities are two rules.
    """
    return {
        "target_rules": [
            {"literal": term.phrase, "category": entity.upper()}
            for term in lexicon.terms
            if _GAP not in term.phrase
            for entity in term.entities or (IGNORED,)
        ],
        "context_rules": [_context_rule(cue) for cue in lexicon.cues],
    }


def lost_in_medspacy(lexicon: Lexicon) -> list[str]:
    """What of a lexicon has no place in medspaCy's rules, each with its number; empty when everything has."""
    words = len(lexicon.abbreviations) + len(lexicon.clause_breaks)
    words += len(lexicon.signposts) + len(lexicon.measurement_words) + len(lexicon.changes)
    counts = {
        "terminated_by of {:,} cues": sum(1 for cue in lexicon.cues if cue.terminated_by),
        "{:,} terms with a gap": sum(1 for term in lexicon.terms if _GAP in term.phrase),
        "the sections in which {:,} terms do not count": sum(1 for term in lexicon.terms if term.not_in),
        "{:,} headings": len(lexicon.headings),
        "{:,} topics": len(lexicon.topics),
        "{:,} abbreviations, signposts, words of sizes, of change and between clauses": words,
    }
    return [words.format(number) for words, number in counts.items() if number]


def _with_condition(literal: str, condition: str) -> str:
    """The words of a cue and what must follow them as a regular expression."""
    words = r"\s+".join(map(re.escape, literal.split()))
    return f"{_edge(literal[0])}{words}{_edge(literal[-1])}(?={condition})"


def _edge(character: str) -> str:
    """A word boundary at a Latin letter; Hangul words run on into their endings."""
    return r"\b" if character.isascii() and character.isalnum() else ""


def _context_rule(cue: CueRule) -> dict[str, Any]:
    pattern = cue.pattern if cue.followed_by is None else _with_condition(cue.literal, cue.followed_by)
    rule: dict[str, Any] = {
        "literal": pattern or cue.literal,
        "category": _NAMES.get(cue.category, cue.category.upper()),
        "pattern": pattern,
        "direction": cue.direction.upper(),
        "max_scope": cue.max_scope,
        "max_targets": cue.max_targets,
        "allowed_types": [key.upper() for key in cue.allowed_types] or None,
        "excluded_types": [key.upper() for key in cue.excluded_types] or None,
    }
    return {name: value for name, value in rule.items() if value is not None}
