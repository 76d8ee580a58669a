"""What an extraction says of its keys, as triples that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from radnlp.records import Extraction, Schema

#: ``(key, relation type, value)``.
Triple: TypeAlias = tuple[str, str, str]


def triples(schema: Schema, extraction: Extraction) -> frozenset[Triple]:
    """Every value of every finding, compound values replaced by their parts (``bll`` = ``rll`` + ``lll``).

    An absent finding has no values, whatever is written beside it; a historical one may have.

    Raises:
        KeyError: A value that the schema does not have.
    """
    return frozenset(
        (finding.key, relation, value)
        for finding in extraction.findings
        if finding.status != "absent"
        for relation, values in finding.values.items()
        for value in schema.expand(values)
    )


def of_key(key: str, rows: Iterable[Triple]) -> frozenset[Triple]:
    """The triples of one key."""
    return frozenset(row for row in rows if row[0] == key)
