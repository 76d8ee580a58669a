"""Lexicon files put together into the one lexicon of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from radnlp.errors import SchemaError, did_you_mean
from radnlp.records.lexicon import ChangeWord, CueRule, HeadingRule, Lexicon, MeasurementWord, Signpost, Term, Topic
from radnlp.records.schema import Schema
from radnlp.schema.entities import entity_ids, named_keys
from radnlp.schema.entity_ruler import PATTERNS_SUFFIX, read_patterns
from radnlp.schema.files import CuesTable, LexiconFile, read_toml
from radnlp.schema.medspacy_rules import SUFFIX, read_rules
from radnlp.schema.phrases import expand


def build_lexicon(schema: Schema, files: Iterable[Path], *, wanted: Iterable[Path] = ()) -> Lexicon:
    """Read lexicon files and lay one upon the other: of two owners of the same phrase the later one has it.

    Args:
        schema: Whose entity ids the terms must name; files in languages it does not list are left out.
        files: From the most general (a language's cues) to the most particular (the schema's own terms).
        wanted: Files laid on top of these, which the user asked for by name.

    Raises:
        SchemaError: A file is broken, names an unknown entity or gives one phrase two meanings; a wanted one is in a
            language that the schema does not list; two of the files, or two of the wanted ones, give the same cue and
            category different directions.
    """
    general = [_read(path, schema) for path in files]
    on_top = [_read_wanted(path, schema) for path in wanted]
    for parts in (general, on_top):  # what the user asks for may turn a cue of the schema round
        _refuse_two_directions(cue for part in parts for cue in part.cues)
    terms: dict[str, Term] = {}
    cues: dict[tuple[str, str, str | None], CueRule] = {}
    headings: dict[str, HeadingRule] = {}
    signposts: dict[str, Signpost] = {}
    measurement_words: dict[tuple[str, str, str], MeasurementWord] = {}
    changes: dict[str, ChangeWord] = {}
    topics: dict[str, Topic] = {}
    codes: dict[str, dict[str, str]] = {}
    abbreviations: dict[str, None] = {}
    clause_breaks: dict[str, None] = {}
    for part in (*general, *on_top):
        for term in part.terms:
            terms.pop(term.phrase, None)  # to the end: among spellings that fold to one phrase the last one counts
            terms[term.phrase] = term
        withdrawn, pieces = frozenset(part.withdrawn_cues), part.withdrawn_with
        if withdrawn or pieces:
            cues = {
                identity: cue
                for identity, cue in cues.items()
                if cue.literal not in withdrawn and not any(words in cue.literal for words in pieces)
            }
        for cue in part.cues:
            identity = (cue.literal, cue.category, cue.followed_by)
            cues.pop(identity, None)  # to the end as well: of two categories the last one counts
            cues[identity] = cue
        for heading in part.headings:
            headings.pop(heading.phrase, None)
            headings[heading.phrase] = heading
        signposts.update((signpost.phrase, signpost) for signpost in part.signposts)
        measurement_words.update(((word.phrase, word.meaning, word.side), word) for word in part.measurement_words)
        changes.update((word.phrase, word) for word in part.changes)
        topics.update((topic.phrase, topic) for topic in part.topics)
        for entity, table in part.codes.items():
            codes.setdefault(entity, {}).update(table)
        abbreviations.update(dict.fromkeys(part.abbreviations))
        clause_breaks.update(dict.fromkeys(part.clause_breaks))
    return Lexicon(
        languages=schema.languages,
        terms=tuple(terms.values()),
        cues=tuple(cues.values()),
        headings=tuple(headings.values()),
        abbreviations=tuple(abbreviations),
        clause_breaks=tuple(clause_breaks),
        signposts=tuple(signposts.values()),
        measurement_words=tuple(measurement_words.values()),
        topics=tuple(topics.values()),
        changes=tuple(changes.values()),
        codes=codes,
    )


def _read(path: Path, schema: Schema) -> Lexicon:
    """What one file says: its language alone, when the schema does not list that."""
    if path.suffix.lower() == SUFFIX:
        return read_rules(path, schema)
    if path.suffix.lower() == PATTERNS_SUFFIX:
        return Lexicon(languages=schema.languages, terms=read_patterns(path, schema))
    content = read_toml(path, LexiconFile)
    if content.language not in schema.languages:
        return Lexicon(languages=(content.language,))
    changes = _changes(path, content) if any(value.changes for value in schema.values) else ()
    return Lexicon(
        languages=(content.language,),
        terms=(
            *_change_terms(changes, schema),
            *_terms(path, content, entity_ids(schema)),
            *(
                term
                for table in content.entity_ruler
                for term in read_patterns(path.parent / table.file, schema, table.labels)
            ),
        ),
        cues=tuple(
            cue
            for number, table in enumerate(content.cues, start=1)
            for cue in _cues(path, f"[[cues]] no. {number}", table, schema)
        ),
        headings=tuple(
            HeadingRule(phrase=phrase, section=table.section, owner=str(path))
            for number, table in enumerate(content.headings, start=1)
            for phrase in _expanded(path, f"[[headings]] no. {number}", table.phrases)
        ),
        abbreviations=tuple(content.abbreviations),
        clause_breaks=tuple(content.clause_breaks),
        signposts=tuple(
            Signpost(phrase=phrase, kind=table.kind, owner=str(path))
            for number, table in enumerate(content.signposts, start=1)
            for phrase in _expanded(path, f"[[signposts]] no. {number}", table.phrases)
        ),
        measurement_words=tuple(
            MeasurementWord(phrase=phrase, meaning=table.meaning, side=table.side, owner=str(path))
            for number, table in enumerate(content.measurement_words, start=1)
            for phrase in _expanded(path, f"[[measurement_words]] no. {number}", table.phrases)
        ),
        topics=tuple(
            Topic(phrase=phrase, keys=keys, owner=str(path))
            for number, table in enumerate(content.topics, start=1)
            for keys in [_keys(f"{path}: [[topics]] no. {number}, keys", table.keys, schema)]
            for phrase in _expanded(path, f"[[topics]] no. {number}", table.phrases)
        ),
        changes=changes,
        withdrawn_cues=tuple(_expanded(path, "withdrawn_cues", content.withdrawn_cues)),
        withdrawn_with=tuple(content.withdrawn_with),
        codes=_codes(path, content, entity_ids(schema)),
    )


def _codes(path: Path, content: LexiconFile, known: list[str]) -> dict[str, dict[str, str]]:
    for entity in content.codes:
        if entity not in known:
            raise SchemaError(f"{path}: [codes.{entity}]: unknown key or value{did_you_mean(entity, known)}")
    return {entity: {system: str(code) for system, code in table.items()} for entity, table in content.codes.items()}


def _read_wanted(path: Path, schema: Schema) -> Lexicon:
    part = _read(path, schema)
    for language in set(part.languages).difference(schema.languages):
        raise SchemaError(
            f"{path}: language: the schema {schema.id!r} does not read {language!r}; it reads "
            f"{', '.join(schema.languages)}"
        )
    return part


def _changes(path: Path, content: LexiconFile) -> tuple[ChangeWord, ...]:
    return tuple(
        ChangeWord(phrase=phrase, meaning=table.meaning, owner=str(path))
        for number, table in enumerate(content.changes, start=1)
        for phrase in _expanded(path, f"[[changes]] no. {number}", table.phrases)
    )


def _change_terms(changes: Iterable[ChangeWord], schema: Schema) -> Iterator[Term]:
    """Words of change name the values of the schema that sum them up; ``nothing`` only keeps its words."""
    for word in changes:
        entities = tuple(value.id for value in schema.values if word.meaning in value.changes)
        if entities or word.meaning == "nothing":
            yield Term(phrase=word.phrase, entities=entities, owner=word.owner)


def _terms(path: Path, content: LexiconFile, known: list[str]) -> list[Term]:
    found: dict[str, Term] = {}
    nowhere: tuple[str, ...] = ()
    tables: list[tuple[str, int, list[str], tuple[str, ...], list[str]]] = [
        ("terms", number, table.entities, tuple(table.not_in), table.phrases)
        for number, table in enumerate(content.terms, start=1)
    ]
    tables += [("ignored", number, [], nowhere, table.phrases) for number, table in enumerate(content.ignored, start=1)]
    for name, number, entities, not_in, phrases in tables:
        place = f"[[{name}]] no. {number}"
        for entity in entities:
            if entity not in known:
                raise SchemaError(f"{path}: {place}, entities: unknown entity {entity!r}{did_you_mean(entity, known)}")
        named = tuple(sorted(entities, key=known.index))  # in schema order, however the file lists them
        for phrase in _expanded(path, place, phrases):
            term = Term(phrase=phrase, entities=named, owner=str(path), not_in=not_in)
            if found.setdefault(phrase, term).entities != term.entities:
                raise SchemaError(
                    f"{path}: {place}: the phrase {phrase!r} already means {list(found[phrase].entities)} in this "
                    "file; name all its entities in one table"
                )
    return list(found.values())


def _cues(path: Path, place: str, table: CuesTable, schema: Schema) -> list[CueRule]:
    words: list[tuple[str, str | None]] = [(literal, None) for literal in _expanded(path, place, table.literals)]
    words += [(pattern, pattern) for pattern in table.patterns]
    allowed = _keys(f"{path}: {place}, allowed_types", table.allowed_types, schema)
    excluded = _keys(f"{path}: {place}, excluded_types", table.excluded_types, schema)
    return [
        CueRule(
            literal=literal,
            pattern=pattern,
            followed_by=None if pattern else table.followed_by,
            category=table.category,
            direction=table.direction,
            max_scope=table.max_scope,
            max_targets=table.max_targets,
            allowed_types=allowed,
            excluded_types=excluded,
            terminated_by=tuple(table.terminated_by),
            owner=str(path),
        )
        for literal, pattern in words
    ]


def _keys(place: str, names: list[str], schema: Schema) -> tuple[str, ...]:
    try:
        return named_keys(schema, names)
    except ValueError as error:
        raise SchemaError(f"{place}: {error}") from None


def _refuse_two_directions(cues: Iterable[CueRule]) -> None:
    seen: dict[tuple[str, str, str | None], CueRule] = {}
    for cue in cues:
        known = seen.setdefault((cue.literal, cue.category, cue.followed_by), cue)
        if known.direction != cue.direction:
            raise SchemaError(
                f"the cue {cue.literal!r} ({cue.category}) is {known.direction} in {known.owner} and {cue.direction} "
                f"in {cue.owner}; give it one direction, or another category"
            )


def _expanded(path: Path, place: str, phrases: Iterable[str]) -> list[str]:
    try:
        return [variant for phrase in phrases for variant in expand(phrase)]
    except ValueError as error:
        raise SchemaError(f"{path}: {place}: {error}") from None
