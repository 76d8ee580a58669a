"""From a schema's folder to the records a pipeline works with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields, replace
from operator import attrgetter
from pathlib import Path

from radnlp.errors import SchemaError, UnknownNameError, did_you_mean
from radnlp.records.descriptions import LexiconSource
from radnlp.records.lexicon import Lexicon
from radnlp.records.schema import EntityKey, EntityValue, RelationType, Schema, SentenceClass
from radnlp.schema.codes import with_codes
from radnlp.schema.files import SchemaFile, read_toml
from radnlp.schema.lexicon import build_lexicon
from radnlp.schema.steps import decision_steps

FindSchema = Callable[[str], Path]


def load_schema(
    folder: Path, *, find: FindSchema, lexicons: Iterable[LexiconSource] = (), terms: Iterable[Path] = ()
) -> tuple[Schema, Lexicon]:
    """Read a schema with its lexicon.

    Args:
        folder: Holds ``schema.toml`` and, usually, ``terms/*.toml``.
        find: Gives the folder of a shipped schema by name, for ``extends``; raises for an unknown one.
        lexicons: What applies to every schema of a language.
        terms: Files laid on top, last.

    Raises:
        SchemaError: Something in a file cannot be; names file, table and key.
    """
    folders = _with_bases(folder, find)
    schema = _schema(folders)
    shared = [source.file for source in lexicons if source.language in schema.languages]
    own = [path for base in folders for path in sorted((base / "terms").glob("*.toml"))]
    lexicon = build_lexicon(schema, [*shared, *own], wanted=terms)
    schema = with_codes(schema, lexicon.codes)
    return schema, replace(lexicon, digest=_digest(schema, lexicon))


def load_vocabulary(folder: Path, *, find: FindSchema) -> Schema:
    """The schema alone, for who has findings and no text: its words are neither read nor checked.

    Raises:
        SchemaError: Something in a ``schema.toml`` cannot be.
    """
    return _schema(_with_bases(folder, find))


def _with_bases(folder: Path, find: FindSchema) -> list[Path]:
    """The folder and all it extends, the most general first."""
    folders = [folder]
    while (base := read_toml(folders[0] / "schema.toml", SchemaFile).extends) is not None:
        try:
            base_folder = find(base)
        except UnknownNameError as error:
            raise SchemaError(f"{folders[0] / 'schema.toml'}: extends: {error}") from None
        if base_folder in folders:
            raise SchemaError(f"{folders[0] / 'schema.toml'}: extends: {base!r} extends this schema in turn")
        folders.insert(0, base_folder)
    return folders


def _schema(folders: list[Path]) -> Schema:
    files = [read_toml(folder / "schema.toml", SchemaFile) for folder in folders]
    own = files[-1]
    path = folders[-1] / "schema.toml"
    keys = {row_id: row for file in files for row_id, row in file.keys.items()}
    values = {row_id: row for file in files for row_id, row in file.values.items()}
    relations = {row_id: row for file in files for row_id, row in file.relations.items()}
    sections = {name: effect for file in files for name, effect in file.sections.items()}
    classes = {row_id: row for file in files for row_id, row in file.sentence_classes.items()}
    if not keys:
        raise SchemaError(f"{path}: no [keys.ID] table; a schema needs at least one key")
    for row_id in keys.keys() & values.keys():
        raise SchemaError(f"{path}: [values.{row_id}]: a key has this id already; ids are unique in a schema")
    for row_id, value in values.items():
        _known(path, f"[values.{row_id}] parts", value.parts, values)
        _known(path, f"[values.{row_id}] within", [value.within] if value.within else [], values)
    for row_id, relation in relations.items():
        _known(path, f"[relations.{row_id}] keys", relation.keys, keys)
        types = {value.type for value in values.values()}
        _known(path, f"[relations.{row_id}] value_type", [relation.value_type], types)
        of_type = [value_id for value_id, value in values.items() if value.type == relation.value_type]
        _known(path, f"[relations.{row_id}] values", relation.values, of_type)
    return Schema(
        id=own.id,
        version=own.version,
        title=own.title,
        languages=tuple(own.languages),
        source=own.source or files[0].source,
        keys=tuple(EntityKey(id=row_id, **row.model_dump()) for row_id, row in keys.items()),
        values=tuple(
            EntityValue(id=row_id, **{**row.model_dump(), "parts": tuple(row.parts), "changes": tuple(row.changes)})
            for row_id, row in values.items()
        ),
        relations=tuple(
            RelationType(id=row_id, **{**row.model_dump(), "keys": tuple(row.keys), "values": tuple(row.values)})
            for row_id, row in relations.items()
        ),
        section_effects={str(name): effect for name, effect in sections.items()},
        steps=decision_steps(path, next((file.steps for file in reversed(files) if file.steps), []), keys, relations),
        sentence_classes=tuple(SentenceClass(id=row_id, **row.model_dump()) for row_id, row in classes.items()),
        sentence_classifier=next(
            (file.sentence_classifier for file in files[::-1] if file.sentence_classifier), "rules"
        ),
    )


def _known(path: Path, place: str, names: Iterable[str], known: Iterable[str]) -> None:
    allowed = set(known)
    for name in names:
        if name not in allowed:
            raise SchemaError(f"{path}: {place}: unknown name {name!r}{did_you_mean(name, allowed)}")


def _digest(schema: Schema, lexicon: Lexicon) -> str:
    """The same for the same vocabulary wherever its files lie."""
    # Not asdict, which copies every value of thousands of rows and would take most of the time of loading.
    words = {field.name: getattr(lexicon, field.name) for field in fields(lexicon)}
    for name in ("terms", "cues", "headings", "signposts", "measurement_words", "changes", "topics"):
        rows = words[name]
        columns = [field.name for field in fields(rows[0]) if field.name != "owner"] if rows else []
        words[name] = list(map(attrgetter(*columns), rows)) if rows else []
    del words["codes"]  # laid on the schema, which has its own as well
    vocabulary = asdict(schema)
    for row in (*vocabulary["keys"], *vocabulary["values"]):
        if not row["codes"]:
            del row["codes"]  # a vocabulary without codes is the one it was before there were any
    canonical = json.dumps([vocabulary, words], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
