"""Lexicon files put together into the one lexicon of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from radnlp.errors import SchemaError, did_you_mean
from radnlp.records.lexicon import CueRule, HeadingRule, Lexicon, Term
from radnlp.records.schema import Schema
from radnlp.schema.files import LexiconFile, read_toml
from radnlp.schema.phrases import expand


def build_lexicon(schema: Schema, files: Iterable[Path], *, wanted: Iterable[Path] = ()) -> Lexicon:
    """Read lexicon files and lay one upon the other: of two owners of the same phrase the later one has it.

    Args:
        schema: Whose entity ids the terms must name; files in languages it does not list are left out.
        files: From the most general (a language's cues) to the most particular (the schema's own terms).
        wanted: Files laid on top of these, which the user asked for by name.

    Raises:
        SchemaError: A file is broken, names an unknown entity or gives one phrase two meanings; a wanted one is in a
            language that the schema does not list; two give the same cue and category different directions.
    """
    terms: dict[str, Term] = {}
    cues: dict[tuple[str, str], CueRule] = {}
    headings: dict[str, HeadingRule] = {}
    abbreviations: dict[str, None] = {}
    connectives: dict[str, None] = {}
    clause_breaks: dict[str, None] = {}
    known = [*(key.id for key in schema.keys), *(value.id for value in schema.values)]
    asked_for = list(wanted)
    for path in (*files, *asked_for):
        content = read_toml(path, LexiconFile)
        if content.language not in schema.languages:
            if path in asked_for:
                raise SchemaError(
                    f"{path}: language: the schema {schema.id!r} does not read {content.language!r}; it reads "
                    f"{', '.join(schema.languages)}"
                )
            continue
        for term in _terms(path, content, known):
            terms.pop(term.phrase, None)  # to the end: among spellings that fold to one phrase the last one counts
            terms[term.phrase] = term
        for cue in _cues(path, content):
            _refuse_two_directions(cues.get((cue.literal, cue.category)), cue)
            cues[cue.literal, cue.category] = cue
        for number, table in enumerate(content.headings, start=1):
            for phrase in _expanded(path, f"[[headings]] no. {number}", table.phrases):
                headings.pop(phrase, None)
                headings[phrase] = HeadingRule(phrase=phrase, section=table.section, owner=str(path))
        abbreviations.update(dict.fromkeys(content.abbreviations))
        connectives.update(dict.fromkeys(content.connectives))
        clause_breaks.update(dict.fromkeys(content.clause_breaks))
    return Lexicon(
        languages=schema.languages,
        terms=tuple(terms.values()),
        cues=tuple(cues.values()),
        headings=tuple(headings.values()),
        abbreviations=tuple(abbreviations),
        connectives=tuple(connectives),
        clause_breaks=tuple(clause_breaks),
    )


def _terms(path: Path, content: LexiconFile, known: list[str]) -> list[Term]:
    found: dict[str, Term] = {}
    tables = [("terms", number, table.entities, table.phrases) for number, table in enumerate(content.terms, start=1)]
    tables += [("ignored", number, [], table.phrases) for number, table in enumerate(content.ignored, start=1)]
    for name, number, entities, phrases in tables:
        place = f"[[{name}]] no. {number}"
        for entity in entities:
            if entity not in known:
                raise SchemaError(f"{path}: {place}, entities: unknown entity {entity!r}{did_you_mean(entity, known)}")
        named = tuple(sorted(entities, key=known.index))  # in schema order, however the file lists them
        for phrase in _expanded(path, place, phrases):
            term = Term(phrase=phrase, entities=named, owner=str(path))
            if found.setdefault(phrase, term).entities != term.entities:
                raise SchemaError(
                    f"{path}: {place}: the phrase {phrase!r} already means {list(found[phrase].entities)} in this "
                    "file; name all its entities in one table"
                )
    return list(found.values())


def _cues(path: Path, content: LexiconFile) -> list[CueRule]:
    return [
        CueRule(
            literal=literal,
            category=table.category,
            direction=table.direction,
            max_scope=table.max_scope,
            max_targets=table.max_targets,
            terminated_by=tuple(table.terminated_by),
            owner=str(path),
        )
        for number, table in enumerate(content.cues, start=1)
        for literal in _expanded(path, f"[[cues]] no. {number}", table.literals)
    ]


def _refuse_two_directions(known: CueRule | None, cue: CueRule) -> None:
    if known is not None and known.direction != cue.direction:
        raise SchemaError(
            f"the cue {cue.literal!r} ({cue.category}) is {known.direction} in {known.owner} and {cue.direction} in "
            f"{cue.owner}; give it one direction, or another category"
        )


def _expanded(path: Path, place: str, phrases: Iterable[str]) -> list[str]:
    try:
        return [variant for phrase in phrases for variant in expand(phrase)]
    except ValueError as error:
        raise SchemaError(f"{path}: {place}: {error}") from None
