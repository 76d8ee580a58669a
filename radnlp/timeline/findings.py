"""Findings out of files: the lines that ``radnlp extract`` wrote."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import orjson

from radnlp.errors import ReportError
from radnlp.records import STATUS_ORDER
from radnlp.records.wire import FORMAT
from radnlp.timeline.entries import Entry, KeyFound, TimelineIssue, error

STDIN = "-"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_FORMATS = (".csv", ".parquet", ".xlsx", ".html", ".txt")


def read_findings(paths: Sequence[str]) -> Iterator[Entry | TimelineIssue]:
    """The lines of findings files, in the order of files and lines; a line that is none comes as an issue.

    Args:
        paths: JSON lines in UTF-8 as ``radnlp extract`` writes them, or ``-`` for standard input.

    Raises:
        ReportError: A file is not there, cannot be read, or is one of another format; before the first line.
    """
    if list(paths).count(STDIN) > 1:
        raise ReportError("standard input (-) is named twice; it can be read only once")
    for path in paths:
        _check(path)
    return _all_lines(paths)


def read_lines(lines: Iterable[bytes], *, name: str) -> Iterator[Entry | TimelineIssue]:
    r"""The entries of lines, numbered from 1; blank lines are left out.

    >>> found, other = read_lines([b'{"report_id": "r1", "schema": "brain_mri", "findings": []}', b"oops"], name="f")
    >>> found.report_id, other.places, other.code
    ('r1', ('f:2',), 'invalid_json')
    """
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if line.strip():
            yield _entry(line, f"{name}:{number}")


def _check(path: str) -> None:
    if path == STDIN:
        return
    file = Path(path)
    if not file.exists():
        raise ReportError(f"{path}: there is no such file")
    if file.is_dir():
        raise ReportError(f"{path}: is a folder; name the file that `radnlp extract ... -o findings.jsonl` wrote")
    if file.suffix.lower() in _OTHER_FORMATS:
        raise ReportError(
            f"{path}: findings are read as JSON lines; write them with `radnlp extract -o findings.jsonl`"
        )


def _all_lines(paths: Sequence[str]) -> Iterator[Entry | TimelineIssue]:
    for path in paths:
        try:
            with nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb") as file:
                yield from read_lines(file, name=path)
        except OSError as fault:
            raise ReportError(f"{path}: cannot be read: {fault.strerror or fault}") from None


def _entry(line: bytes, place: str) -> Entry | TimelineIssue:
    try:
        row = _parsed(line)
    except UnicodeDecodeError as fault:
        return error("invalid_encoding", f"the line is not UTF-8 (byte {fault.start})", place=place)
    except json.JSONDecodeError as fault:
        return error("invalid_json", f"the line is not JSON (character {fault.pos})", place=place)
    except (ValueError, RecursionError):
        return error("invalid_json", "the line holds a number too long or lists nested too deeply", place=place)
    if not isinstance(row, dict):
        return error("not_an_object", f"the line is a JSON {type(row).__name__}, not an object", place=place)
    report_id = row.get("report_id")
    if not isinstance(report_id, str) or not isinstance(row.get("schema"), str) or "findings" not in row:
        message = "no extraction: it lacks report_id, schema or findings; give the output of `radnlp extract`"
        return error("not_an_extraction", message, place=place)
    if row.get("format", FORMAT) != FORMAT:
        return error("not_an_extraction", f"not an extraction in format {FORMAT}", place=place)
    try:
        return Entry(
            place=place,
            report_id=report_id,
            patient_id=_patient(row.get("patient_id")),
            study_date=row.get("study_date"),
            schema=row["schema"],
            findings=tuple(_finding(finding) for finding in row["findings"]),
            failed=any(issue["level"] == "error" for issue in row.get("issues") or ()),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        message = f"not an extraction in format {FORMAT}: its patient_id, findings or issues have another form"
        return error("not_an_extraction", message, place=place)


def _parsed(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except ValueError:  # orjson knows no lone surrogates and no NaN, and does not tell bad bytes from bad JSON
        return json.loads(line.decode("utf-8"))


def _patient(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError
    return str(value) if str(value).strip() else None


def _finding(data: Mapping[str, Any]) -> KeyFound:
    given = data.get("values") or {}
    words = [data["key"], *(value for ids in given.values() for value in ids)]
    lists = all(isinstance(ids, list) for ids in given.values())
    if data["status"] not in STATUS_ORDER or not lists or not all(isinstance(word, str) for word in words):
        raise ValueError
    values = {relation: tuple(ids) for relation, ids in given.items()}
    return KeyFound(key=data["key"], status=data["status"], values=values)
