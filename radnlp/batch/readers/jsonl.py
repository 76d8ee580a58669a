"""JSON lines, from a file or standard input."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

from radnlp.batch.readers.decoding import BYTE_ORDER_MARK, check_head, undecodable
from radnlp.batch.readers.fields import report_from_row, unreadable
from radnlp.batch.readers.options import ReadOptions
from radnlp.errors import ReportError
from radnlp.records import Report

STDIN = "-"
#: NaN and Infinity are no JSON, but Python writes them where a table had a hole.
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)
#: Bytes of a line that is read. A report of the longest text that is read (fields.LONGEST_TEXT) fits in, whatever its
#: script, and so does its escaped form.
LONGEST_LINE = 64 * 1024 * 1024


def read_jsonl(path: str, options: ReadOptions) -> Iterator[Report]:
    """The reports of a file of JSON lines, or of standard input when ``path`` is ``-``.

    A line that is no JSON object, or not in the encoding, becomes a report with an error; blank lines are left out.

    Raises:
        ReportError: The head of the file (of standard input, its first line) is not in the encoding.
    """
    if path != STDIN:
        check_head(Path(path), options.encoding)
    return _reports(path, options)


#: Stands for a line that was passed over; told apart by being this object.
_TOO_LONG = "(too long)"


def _reports(path: str, options: ReadOptions) -> Iterator[Report]:
    name = path if path == STDIN else Path(path).name
    with nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb") as file:
        if "\n".encode(options.encoding) == b"\n":
            lines = _byte_lines(file, name, options.encoding)
        else:
            lines = _character_lines(file, name, options.encoding)
        for number, line in enumerate(lines, start=1):
            place = f"{name}:{number}"
            if line is _TOO_LONG:
                message = f"the line is longer than {LONGEST_LINE >> 20} MiB; a line holds one report"
                yield unreadable(place, "line_too_long", message)
                continue
            if line is None:
                yield unreadable(place, "invalid_encoding", f"the line is not {options.encoding}")
                continue
            if number == 1:
                line = line.removeprefix(BYTE_ORDER_MARK)
            if line.strip(" \t\r\n"):
                yield _report(line, place, options)


def _byte_lines(file: BinaryIO, name: str, encoding: str) -> Iterator[str | None]:
    """Line by line as bytes, so that one bad line costs only itself; it comes as None, or as ``_TOO_LONG``."""
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield _TOO_LONG
            continue
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            if number == 1:
                raise undecodable(name, encoding, error.start) from None
            yield None


def _character_lines(file: BinaryIO, name: str, encoding: str) -> Iterator[str | None]:
    """In UTF-16 and its like a line break is not one byte, and what follows a bad byte cannot be trusted."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="\n")
    try:
        yield from text
    except UnicodeError as error:
        raise ReportError(f"{name}: the file is not {encoding} throughout: {type(error).__name__}") from None
    finally:
        text.detach()


def _report(line: str, place: str, options: ReadOptions) -> Report:
    try:
        row = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        return unreadable(place, "invalid_json", f"the line is not JSON (character {error.pos})")
    except (ValueError, RecursionError):
        return unreadable(place, "invalid_json", "the line holds a number too long or lists nested too deeply")
    if not isinstance(row, dict):
        return unreadable(place, "not_an_object", f"the line is a JSON {type(row).__name__}, not an object")
    return report_from_row(row, place=place, options=options)
