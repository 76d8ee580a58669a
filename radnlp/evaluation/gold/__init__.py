"""Gold: readers that turn labelled data into reports and what is true of them. One module a reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from radnlp.errors import UnknownNameError
from radnlp.evaluation.gold.challenges import read_challenges
from radnlp.evaluation.gold.findings import read_annotations, read_findings
from radnlp.evaluation.gold.gold import GoldSet
from radnlp.evaluation.gold.indiana import read_indiana
from radnlp.evaluation.gold.kikuchi import read_kikuchi
from radnlp.evaluation.gold.negex import read_negex
from radnlp.evaluation.gold.wide import read_wide
from radnlp.records import Schema

__all__ = ["READERS", "GoldReader", "GoldSet", "read_annotations", "read_gold"]


class GoldReader(Protocol):
    """Reads one form of labelled data."""

    def __call__(self, path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
        """The gold of a file. Refuses options it does not have and whatever it cannot read, naming file and line."""


#: What experiments write under ``data.reader``.
READERS: Mapping[str, GoldReader] = {
    "challenges": read_challenges,
    "findings": read_findings,
    "indiana": read_indiana,
    "kikuchi": read_kikuchi,
    "negex": read_negex,
    "wide": read_wide,
}


def read_gold(reader: str, path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """Read labelled data.

    Args:
        reader: A name of ``READERS``.
        path: The labelled file.
        schema: The schema that the experiment names; the set's own one may be narrower.
        options: What the reader is told besides; its docstring says what it knows.

    Raises:
        UnknownNameError: No such reader, or an option it does not have; with the near names.
        ConfigError: An option of the wrong kind, or a schema that lacks a key.
        ReportError: The data cannot be read as gold; names file and line.
    """
    if reader not in READERS:
        raise UnknownNameError("gold reader", reader, READERS)
    return READERS[reader](path, schema=schema, options=options)
