"""Labelled reports as JSON lines: a report with the keys that are positive in it, for a person to correct.

    {"id": "r1", "schema": "chest_ct", "schema_version": "1.1.0", "keys": ["nodules"], "text": "..."}

``keys`` is what is learned: whatever key of the schema is not listed is negative.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from radnlp.api import ConfigError, ReportError


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledReport:
    """A report and its positive keys, in schema order."""

    id: str
    text: str
    keys: tuple[str, ...]
    schema: str
    schema_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyData:
    """What a model is fitted to.

    Attributes:
        learned: Reports to learn from.
        held_out: Reports for early stopping, thresholds and calibration.
        answers: Keys, in the order of the outputs.
        digest: SHA-256 of all of this.
    """

    learned: Sequence[LabelledReport]
    held_out: Sequence[LabelledReport]
    schema: str
    schema_version: str
    answers: tuple[str, ...]
    digest: str


def to_line(row: LabelledReport) -> str:
    """One line of JSON, with its line end."""
    content = {
        "id": row.id,
        "schema": row.schema,
        "schema_version": row.schema_version,
        "keys": list(row.keys),
        "text": row.text,
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def read_labels(
    paths: Iterable[Path], *, schema: str, version: str, keys: Sequence[str] | None
) -> list[LabelledReport]:
    """The labelled reports of files; reports without any word are left out.

    Args:
        paths: Files of such lines.
        schema: Id of the schema that is trained for.
        version: Its version.
        keys: Its key ids; None takes whatever the lines name.

    Raises:
        ConfigError: Not one labelled report.
        ReportError: A line that is none, names another schema or version, or a key that the schema does not have;
            names file and line.
    """
    named = list(paths)
    rows = [row for path in named for row in _rows(path, schema, version, keys) if row.text.strip()]
    if not rows:
        raise ConfigError(
            f"{', '.join(str(path) for path in named)}: not one labelled report; radnlp train labels makes such files"
        )
    return rows


def _rows(path: Path, schema: str, version: str, keys: Sequence[str] | None) -> Iterator[LabelledReport]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(f"{path}:{number}", line, schema, version, keys)


def _row(place: str, line: str, schema: str, version: str, keys: Sequence[str] | None) -> LabelledReport:
    try:
        content = json.loads(line)
        text, given = content["text"], content["keys"]
        if not isinstance(text, str) or not isinstance(given, list) or not all(isinstance(key, str) for key in given):
            raise TypeError
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f'{place}: no labelled report ({type(error).__name__}); a line is {{"id": ..., "text": ..., "keys": [...]}}'
        ) from None
    said = (content.get("schema", schema), content.get("schema_version", version))
    if said != (schema, version):
        raise ReportError(
            f"{place}: labels of the schema {said[0]} {said[1]}; this is {schema} {version}. Make or correct them anew"
        )
    unknown = [key for key in given if keys is not None and key not in keys]
    if keys is not None and unknown:
        raise ReportError(f"{place}: the schema {schema!r} has no key {unknown[0]!r}; it has {', '.join(keys)}")
    ordered = tuple(given if keys is None else (key for key in keys if key in given))
    name = str(content.get("id", place))
    return LabelledReport(id=name, text=text, keys=ordered, schema=schema, schema_version=version)
