"""Parquet files, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from radnlp.batch.readers.columns import check_columns, column_names
from radnlp.batch.readers.fields import report_from_row, unreadable
from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError
from radnlp.records import Report

_BATCH_ROWS = 256


def read_parquet(path: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of a Parquet file, one a row.

    Raises:
        ReportError: The footer, which holds the table of contents, cannot be read, or a column is not there. Later,
            when a row group turns out to be damaged: the reports before it have been given by then.
    """
    file = Path(path)
    with _opened(file) as parquet:
        check_columns(file.name, column_names(parquet.schema_arrow.names), options, lists=True)
    return _reports(file, options)


def _reports(path: Path, options: ReadOptions) -> Iterator[Report]:
    number = 0
    with _opened(path) as parquet:
        columns = column_names(parquet.schema_arrow.names)
        for group in range(parquet.num_row_groups):  # one by one: a damaged group must not spoil those before it
            for batch in _batches(parquet, group, path, number):
                for row in batch_rows(batch.rename_columns(columns)):
                    number += 1
                    place = f"{path.name}:{number}"
                    if row is None:
                        yield unreadable(place, "unreadable_row", f"row {number} holds a value that cannot be read")
                    else:
                        yield report_from_row(row, place=place, options=options)


def _opened(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        reason = "it is empty" if path.stat().st_size == 0 else _first_line(error)
        raise ReportError(f"{path.name}: not a whole Parquet file ({reason}); copy or write it again") from None


def _batches(parquet: Any, group: int, path: Path, before: int) -> Iterator[Any]:
    import pyarrow as pa

    try:
        yield from parquet.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group])
    except (pa.ArrowException, OSError) as error:
        raise ReportError(
            f"{path.name}: row group {group + 1} of {parquet.num_row_groups} is damaged ({_first_line(error)}); "
            f"the {before} rows before it were read"
        ) from None


def batch_rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows as Python values, None for one that has none (text that is not UTF-8, a date beyond the calendar)."""
    batch = _without_nanoseconds(batch)
    try:
        yield from batch.to_pylist()
        return
    except (ValueError, OverflowError):
        pass
    for index in range(batch.num_rows):
        try:
            row = batch.slice(index, 1).to_pylist()[0]
        except (ValueError, OverflowError):
            row = None
        yield row


def _without_nanoseconds(batch: Any) -> Any:
    """Python's dates end at microseconds; pyarrow refuses finer ones without pandas."""
    import pyarrow as pa

    for index, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            cast = batch.column(index).cast(pa.timestamp("us", tz=field.type.tz), safe=False)
            batch = batch.set_column(index, field.name, cast)
    return batch


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(". ")
