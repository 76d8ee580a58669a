"""Extractions as flat rows for CSV and Parquet, long (a row per finding and value) or wide (a row per report)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Protocol, TypeAlias

from radnlp.batch.formats.shown import size_in_mm
from radnlp.records import Extraction, Finding, Measurement, Schema

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = list[Cell]

#: Joins the values of one relation in a wide cell; no id holds it.
JOINT = "|"


class Layout(Protocol):
    """Which columns there are, and how an extraction becomes rows.

    Attributes:
        columns: Name -> type of its cells, in order.
    """

    columns: Mapping[str, type[Cell]]

    def rows(self, extraction: Extraction, *, with_text: bool) -> Iterator[Row]:
        """The extraction's rows, a cell a column."""


class LongLayout:
    """A row per finding and value; a finding without values is one row with neither relation nor value.

    ``start``, ``end`` and ``text`` are the finding's first evidence. A report without findings has no row. After these
    rows of a finding comes one for each size: the relation ``measures`` (``measured`` for the size on an earlier
    examination), the value in millimetres (``12 x 8 mm``, ``3-5 mm``, ``8 mm (up_to)``), and where the size stands.
    """

    def __init__(self, schema: Schema) -> None:
        self.columns: Mapping[str, type[Cell]] = {
            "report_id": str,
            "key": str,
            "status": str,
            "score": float,
            "relation": str,
            "value": str,
            "start": int,
            "end": int,
            "text": str,
        }

    def rows(self, extraction: Extraction, *, with_text: bool) -> Iterator[Row]:
        for finding in extraction.findings:
            place: Row = [None, None, None]
            if finding.evidence:
                first = finding.evidence[0]
                place = [first.start, first.end, first.text if with_text else None]
            pairs: list[Row] = [[relation, value] for relation, values in finding.values.items() for value in values]
            for pair in pairs or [[None, None]]:
                yield [extraction.report_id, finding.key, finding.status, finding.score, *pair, *place]
            for size in finding.measurements:
                place = [size.evidence.start, size.evidence.end, size.evidence.text if with_text else None]
                yield [extraction.report_id, finding.key, finding.status, finding.score, *_size_pair(size), *place]


class WideLayout:
    """A row per report: for each key its status, for each of its relations ``KEY.RELATION`` with the values, and
    ``KEY.largest_mm``, the largest dimension among the finding's sizes, those of earlier examinations left out.

    Keys and relations in schema order; values joined by ``|``. A key nobody mentions has empty cells. The last column,
    ``issues``, holds the codes of the report's issues, so that a report nobody could read is not taken for a clean one.
    """

    def __init__(self, schema: Schema) -> None:
        self._keys = [(key.id, [relation.id for relation in schema.relation_types_of(key.id)]) for key in schema.keys]
        columns: dict[str, type[Cell]] = dict.fromkeys(("report_id", "patient_id", "study_date"), str)
        for key, relations in self._keys:
            columns |= dict.fromkeys((key, *(f"{key}.{relation}" for relation in relations)), str)
            columns[f"{key}.largest_mm"] = float
        self.columns: Mapping[str, type[Cell]] = {**columns, "issues": str}

    def rows(self, extraction: Extraction, *, with_text: bool) -> Iterator[Row]:
        found = {finding.key: finding for finding in extraction.findings}
        row: Row = [extraction.report_id, extraction.patient_id, extraction.study_date]
        for key, relations in self._keys:
            finding = found.get(key)
            row.append(finding.status if finding else None)
            row += [JOINT.join(finding.values.get(name, ())) or None if finding else None for name in relations]
            row.append(_largest(finding) if finding else None)
        row.append(JOINT.join(dict.fromkeys(issue.code for issue in extraction.issues)) or None)
        yield row


def _size_pair(size: Measurement) -> Row:
    """Relation and value of a size."""
    if size.qualifier == "previous":
        return ["measured", size_in_mm(size)]
    return ["measures", size_in_mm(size) + (f" ({size.qualifier})" if size.qualifier else "")]


def _largest(finding: Finding) -> float | None:
    return max((max(size.mm) for size in finding.measurements if size.qualifier != "previous"), default=None)


def to_line(rows: Iterator[Row]) -> str:
    """Rows as one line of JSON, in ASCII, which holds even half a character."""
    return json.dumps(list(rows), separators=(",", ":"))


def from_lines(lines: Iterator[str]) -> Iterator[Row]:
    """The rows of many such lines, one after the other."""
    for line in lines:
        yield from json.loads(line)


def encodable(text: str) -> str:
    r"""Text as UTF-8 can hold it: a lone surrogate becomes its escape.

    >>> encodable("a\ud800") == "a" + chr(92) + "ud800"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text
