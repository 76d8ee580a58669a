"""The columns of a batch of reports, and of a batch of extractions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa

from radnlp.batch.formats.rows import encodable
from radnlp.batch.readers.fields import report_from_row
from radnlp.batch.readers.options import ReadOptions
from radnlp.batch.readers.parquet import batch_rows
from radnlp.errors import ConfigError
from radnlp.records import ExtractionLine, Issue, Report

RECORD = "radnlp_record"
#: Columns of reports. ``id`` and ``text`` (or ``sentences``) are enough, every other column may be missing, and a
#: column of another name is carried into ``meta``, as in the files that ``radnlp extract`` reads. ``radnlp_record`` is
#: how engines send a report: all of it as JSON, with what the other columns cannot hold (issues of reading, targets,
#: lone surrogates). Where it is given, the other columns are not looked at.
REPORTS = pa.schema(
    [(name, pa.string()) for name in ("id", "text", "patient_id", "study_date", "language", RECORD)]
).append(pa.field("sentences", pa.list_(pa.string())))

_ANSWERS: list[pa.Field[Any]] = [
    *(pa.field(name, pa.string(), nullable=False) for name in ("id", "extraction")),
    *(pa.field(name, pa.int32(), nullable=False) for name in ("findings", "errors", "warnings")),
]
#: Columns of extractions, one row a report in the order of the reports: the extraction as a line of JSON (what
#: ``radnlp extract`` writes as ``jsonl``), and counts, so that nobody has to parse it to add them up.
EXTRACTIONS = pa.schema(_ANSWERS)

#: What :func:`report_batch` makes: the columns that are enough to give a report to another process.
RECORDS = pa.schema([REPORTS.field("id"), REPORTS.field(RECORD)])

_LONG_NUMBER = re.compile("[0-9]{19}")
_OPTIONS = ReadOptions()


def report_batch(reports: Iterable[Report]) -> pa.RecordBatch:
    """Reports as a batch of the columns ``id`` and ``radnlp_record``: nothing of them is lost on the way.

    >>> reports_in(report_batch([Report(id="r1", text="No nodule.")]))[0].text
    'No nodule.'
    """
    given = list(reports)
    columns = [pa.array([encodable(r.id) for r in given], pa.string()), pa.array(map(_record, given), pa.string())]
    return pa.RecordBatch.from_arrays(columns, schema=RECORDS)


def reports_in(batch: pa.RecordBatch) -> list[Report]:
    """The reports of a batch; a row that holds none is a report with an error, as a row of a file would be.

    Raises:
        ConfigError: A column that must be there is not.

    >>> table = pa.record_batch({"id": ["r1"], "text": ["No nodule."], "site": ["A"]})
    >>> reports_in(table)[0].meta
    {'site': 'A'}
    """
    names = batch.schema.names
    if RECORD not in names and not ({"text", "sentences"} & set(names) and "id" in names):
        raise ConfigError(
            f"a batch of reports has the columns {', '.join(map(repr, names)) or 'of nothing'}; it needs 'id' and "
            "'text' (rename yours)"
        )
    return [_report(row, number) for number, row in enumerate(batch_rows(batch), start=1)]


def _report(row: Mapping[str, Any] | None, number: int) -> Report:
    place = f"row {number} of its batch"
    if row is None:
        issue = Issue(level="error", stage="read", code="unreadable_row", message="a value of the row cannot be read")
        return Report(id=place, text="", issues=(issue,))
    record = row.get(RECORD)
    if record is not None:
        return _from_record(record)
    return report_from_row({k: v for k, v in row.items() if k != RECORD}, place=place, options=_OPTIONS)


def _record(report: Report) -> str:
    data = {
        "id": report.id,
        "text": report.text,
        "patient_id": report.patient_id,
        "study_date": report.study_date,
        "language": report.language,
        "meta": dict(report.meta),
        "sentences": report.sentences,
        "targets": report.targets,
        "issues": [{"level": i.level, "stage": i.stage, "code": i.code, "message": i.message} for i in report.issues],
    }
    try:
        return orjson.dumps(data).decode()
    except TypeError:  # a lone surrogate, or a number in ``meta`` that is longer than 64 bits
        return json.dumps(data)


def _from_record(record: str) -> Report:
    try:
        data = json.loads(record) if _LONG_NUMBER.search(record) else orjson.loads(record)
    except ValueError:  # orjson knows no lone surrogates
        data = json.loads(record)
    issues = tuple(Issue(**issue) for issue in data["issues"])
    return Report(
        **{**data, "sentences": _rows(data["sentences"]), "targets": _rows(data["targets"]), "issues": issues}
    )


def _rows(rows: Sequence[Sequence[Any]] | None) -> Any:
    return None if rows is None else tuple(tuple(row) for row in rows)


def extraction_batch(lines: Iterable[tuple[Report, ExtractionLine]]) -> pa.RecordBatch:
    """Finished JSON lines, each with its report, as a batch of :data:`EXTRACTIONS`."""
    rows = [(encodable(report.id), found.line, found.findings, found.errors, found.warnings) for report, found in lines]
    columns: Iterator[tuple[Any, ...]] = zip(*rows, strict=True) if rows else iter([()] * len(EXTRACTIONS))
    arrays = [pa.array(column, field.type) for column, field in zip(columns, EXTRACTIONS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=EXTRACTIONS)
