"""From the paths on the command line to one stream of reports."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from radnlp.batch.databases import is_address
from radnlp.batch.readers.csv import read_csv
from radnlp.batch.readers.database import read_table
from radnlp.batch.readers.decoding import check_encoding
from radnlp.batch.readers.duplicates import mark_duplicates
from radnlp.batch.readers.jsonl import STDIN, read_jsonl
from radnlp.batch.readers.options import ReadOptions
from radnlp.batch.readers.parquet import read_parquet
from radnlp.batch.readers.textfile import read_folder, read_text
from radnlp.batch.readers.xlsx import read_xlsx
from radnlp.errors import ReportError, did_you_mean
from radnlp.records import Report

#: Opens an input: checks at once what can be checked, and reads row by row afterwards.
Reader = Callable[[str, ReadOptions], Iterator[Report]]

_READERS: Mapping[str, Reader] = {
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
    ".txt": read_text,
}
_DEFAULTS = ReadOptions()


def read_reports(paths: Sequence[str | Path], *, options: ReadOptions = _DEFAULTS) -> Iterator[Report]:
    """The reports of input files, in the order of the files and of their rows.

    Every input is opened and its head checked before the first report is given; then one row is read at a time. A row
    that cannot be read is a report with an ``error`` issue; it ends nothing.

    Args:
        paths: Files (``.jsonl .csv .parquet .xlsx .txt``), folders of text files, database URLs, or ``-`` for
            standard input.
        options: Encoding, columns and table.

    Raises:
        ReportError: An input is not there, of an unknown form, in another encoding, or lacks a column. Later, when the
            rest of a file turns out to be damaged.
    """
    check_encoding(options.encoding)
    if codecs.lookup(options.encoding).name == "utf-8-sig":  # the mark is removed anyway
        options = replace(options, encoding="utf-8")
    given = [str(path) for path in paths]
    if not given:
        raise ReportError("no input; name a file, a folder of .txt files, a database URL, or - for standard input")
    if given.count(STDIN) > 1:
        raise ReportError("standard input (-) is named twice; it can be read only once")
    if options.table != _DEFAULTS.table and not any(map(is_address, given)):
        raise ReportError(f"--table {options.table}: is for a database as input, and none is named by its URL")
    return mark_duplicates(chain.from_iterable([_opened(path, options) for path in given]))


def _opened(path: str, options: ReadOptions) -> Iterator[Report]:
    try:
        reports = _reader(path)(path, options)
    except OSError as error:
        raise _unreadable(path, error) from None
    return _guarded(path, reports)


def _guarded(path: str, reports: Iterator[Report]) -> Iterator[Report]:
    try:
        yield from reports
    except OSError as error:  # the disk or the network gave up in the middle
        raise _unreadable(path, error) from None


def _unreadable(path: str, error: OSError) -> ReportError:
    place = error.filename if isinstance(error.filename, str) else path
    return ReportError(f"{place}: cannot be read: {error.strerror or error}")


def _reader(path: str) -> Reader:
    if path == STDIN:
        return read_jsonl
    if is_address(path):
        return read_table
    file = Path(path)
    if file.is_dir():
        return read_folder
    if not file.exists():
        raise ReportError(f"{path}: there is no such file or folder")
    suffix = file.suffix.lower()
    if suffix not in _READERS:
        raise ReportError(
            f"{path}: unknown suffix {file.suffix!r}{did_you_mean(suffix, _READERS)} "
            "Rename the file, or hand JSON lines in as standard input (-)."
        )
    return _READERS[suffix]
