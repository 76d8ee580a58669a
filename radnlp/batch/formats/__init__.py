"""Output formats by name and by suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from radnlp.batch.formats.csv import CsvFormat
from radnlp.batch.formats.docbin import DocBinFormat
from radnlp.batch.formats.format import Format
from radnlp.batch.formats.jsonl import JsonLinesFormat
from radnlp.batch.formats.parquet import ParquetFormat
from radnlp.errors import ConfigError, UnknownNameError, did_you_mean
from radnlp.records import Schema

__all__ = ["FORMAT_NAMES", "Format", "create_format", "format_for_path"]


def _fhir(schema: Schema) -> Format:
    from radnlp.batch.formats.fhir import FhirFormat

    return FhirFormat(schema)


def _html(schema: Schema) -> Format:
    from radnlp.batch.formats.html import HtmlFormat

    return HtmlFormat(schema)


def _note_nlp(schema: Schema) -> Format:
    from radnlp.batch.formats.omop import NoteNlpFormat

    return NoteNlpFormat(schema)


def _table(schema: Schema) -> Format:
    from radnlp.batch.formats.table import TableFormat

    return TableFormat(schema)


_FORMATS: Mapping[str, Callable[[Schema], Format]] = {
    "jsonl": JsonLinesFormat,
    "csv": CsvFormat,
    "parquet": ParquetFormat,
    "csv-wide": lambda schema: CsvFormat(schema, wide=True),
    "parquet-wide": lambda schema: ParquetFormat(schema, wide=True),
    "table": _table,
    "html": _html,
    "note-nlp": _note_nlp,
    "fhir": _fhir,
    "docbin": DocBinFormat,
}

_SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
    ".ndjson": "fhir",
    ".spacy": "docbin",
}

#: Formats that cannot do without the words of the reports, and why.
_WORDY: Mapping[str, str] = {
    "note-nlp": "lexical_variant, a report's words, must not be null",
    "docbin": "a Doc is its text",
}

#: What may stand after ``--format``.
FORMAT_NAMES: tuple[str, ...] = tuple(_FORMATS)


def create_format(name: str, schema: Schema, *, with_text: bool = True) -> Format:
    """The format of that name.

    Args:
        name: What stands after ``--format``.
        schema: Of the extractions.
        with_text: Whether the words of the reports are to be written.

    Raises:
        UnknownNameError: There is none.
        ConfigError: The format cannot do without the words.
    """
    if name not in _FORMATS:
        raise UnknownNameError("format", name, _FORMATS)
    if not with_text and name in _WORDY:
        raise ConfigError(
            f"--no-text: {name} cannot be written without the words: {_WORDY[name]}; leave one of them out"
        )
    return _FORMATS[name](schema)


def format_for_path(path: str | Path) -> str:
    """The name of the format that an output file's suffix chooses.

    Raises:
        ConfigError: The suffix chooses none.

    >>> format_for_path("findings.parquet")
    'parquet'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        raise ConfigError(
            f"{path}: the suffix {suffix!r} chooses no format{did_you_mean(suffix, _SUFFIXES)} "
            f"Or choose with --format: {', '.join(FORMAT_NAMES)}."
        )
    return _SUFFIXES[suffix]
