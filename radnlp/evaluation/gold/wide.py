"""A table with a row a report and a column of 0 and 1 for each of some keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from radnlp.batch import ReadOptions
from radnlp.batch.readers.fields import report_from_row
from radnlp.errors import ReportError
from radnlp.evaluation.gold.gold import GoldSet, LabelledReport, gold_set, require_keys
from radnlp.evaluation.gold.lines import csv_rows
from radnlp.evaluation.gold.options import Options
from radnlp.records import Extraction, Finding, Report, Schema


def read_wide(path: Path, *, schema: Schema, options: Mapping[str, object]) -> GoldSet:
    """Reports with the keys of their columns: 1 is ``present``, 0 is no finding.

    A 0 does not say whether the key is denied or not mentioned, so it is not taken for ``absent``. Keys of the schema
    for which there is no column are not scored. Several columns may stand for one key: one 1 among them is enough.

    Args:
        path: CSV, UTF-8, separated by commas.
        schema: Has the keys.
        options: ``id_column``; ``text_columns``: the columns whose non-empty texts, joined by a blank line, are the
            report; ``columns``: column -> key.

    Raises:
        ConfigError: An option is missing or the schema lacks a key.
        ReportError: A column is missing, or a cell is neither 0 nor 1; names file and line.
    """
    given = Options("wide", options, allowed=["id_column", "text_columns", "columns"])
    id_column, text_columns, columns = given.word("id_column"), given.words("text_columns"), given.table("columns")
    require_keys(schema, columns.values(), reader="wide")
    scored = _scoring_schema(schema, set(columns.values()))
    read = ReadOptions(id_column=id_column, text_columns=text_columns)
    rows = []
    for place, row in csv_rows(path, columns=[id_column, *text_columns, *columns]):
        if not row[id_column]:
            raise ReportError(f"{place}: no id in the column {id_column!r}")
        asserted = {key for column, key in columns.items() if _is_one(row[column], place, column)}
        words = {name: row[name] for name in (id_column, *text_columns)}
        report: Report = report_from_row(words, place=place, options=read, lists=False)
        gold = Extraction(
            report_id=report.id,
            schema=scored.id,
            schema_version=scored.version,
            findings=tuple(Finding(key=key.id, status="present") for key in scored.keys if key.id in asserted),
        )
        rows.append(LabelledReport(report=report, gold=gold, place=place))
    return gold_set(rows, schema=scored)


def _is_one(cell: str, place: str, column: str) -> bool:
    if cell.strip() not in ("0", "1"):
        raise ReportError(f"{place}: {cell!r} in the column {column!r}; it must be 0 or 1")
    return cell.strip() == "1"


def _scoring_schema(schema: Schema, keys: set[str]) -> Schema:
    """The schema with those keys, and without relations: the table says nothing of them."""
    return replace(schema, keys=tuple(key for key in schema.keys if key.id in keys), relations=())
