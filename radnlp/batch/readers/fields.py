"""From a row, whatever file it comes from, to a Report: the one place that knows what the fields mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from radnlp.batch.readers.options import ReadOptions
from radnlp.batch.readers.values import as_json, as_word, is_iso_date, is_missing
from radnlp.records import Issue, Report

Row = Mapping[str, Any]
Intervals = tuple[tuple[int, int], ...]

#: Characters of a text that is read as one report. The longest reports have some ten thousand; a text beyond this is
#: a whole archive in one field, and would take gigabytes of memory and minutes.
LONGEST_TEXT: Final = 10_000_000

_JOINT: Final = "\n\n"
_WORDS: Final = ("patient_id", "study_date", "language")


class _BadRowError(Exception):
    """A row that holds no report; caught below and turned into an issue."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


def report_from_row(
    row: Row, *, place: str, options: ReadOptions, lists: bool = True, issues: Sequence[Issue] = ()
) -> Report:
    """The report of a row.

    Args:
        row: Column -> value.
        place: ``FILE:ROW``, the id of a row that gives none.
        options: Which columns hold id and text.
        lists: Whether the form of the file can hold lists; if not, ``sentences`` is a column like any other.
        issues: What the reader of the file noticed already.

    Returns:
        A report; one with an ``error`` issue (stage ``read``) and no text when the row holds none.

    >>> report_from_row({"id": 7, "text": "No nodule.", "site": "A"}, place="a.csv:1", options=ReadOptions()).meta
    {'site': 'A'}
    """
    found = list(issues)
    report_id = place
    try:
        report_id = _id(row, place, options, found)
        text, sentences = _text(row, options, lists)
        if len(text) > LONGEST_TEXT:
            raise _BadRowError("text_too_long", too_long(len(text)))
        words, meta = _beside(row, _used(options, lists), found)
    except _BadRowError as bad:
        return _unreadable(report_id, bad.code, bad.message, found)
    except RecursionError:
        return _unreadable(report_id, "invalid_json", "the row is nested too deeply", found)
    if (date := words.get("study_date")) is not None and not is_iso_date(date):
        found.append(warning("study_date_not_iso", "study_date is not an ISO 8601 date; it is kept as given"))
    return Report(
        id=report_id,
        text=text,
        patient_id=words.get("patient_id"),
        study_date=date,
        language=words.get("language"),
        meta=meta,
        sentences=sentences,
        issues=tuple(found),
    )


def unreadable(report_id: str, code: str, message: str) -> Report:
    """The report that stands for a row nobody can read."""
    return _unreadable(report_id, code, message, [])


def warning(code: str, message: str) -> Issue:
    """A warning of the stage ``read``."""
    return Issue(level="warning", stage="read", code=code, message=message)


def report_from_text(text: str, *, report_id: str) -> Report:
    """The report of a text file; one with an ``error`` issue and no text when it is too long."""
    if len(text) > LONGEST_TEXT:
        return unreadable(report_id, "text_too_long", too_long(len(text)))
    return Report(id=report_id, text=text)


def too_long(length: int) -> str:
    """What is said of a text that is no report any more."""
    return f"the text has {length:,} characters; at most {LONGEST_TEXT:,} are read as one report, so split it"


def join_sentences(sentences: Sequence[str]) -> tuple[str, Intervals]:
    r"""Text and intervals of sentences given as strings.

    The text is the strings joined by a line break; each interval covers its string whole, whatever it holds.

    >>> join_sentences(["No nodule.", "", "a\nb"])
    ('No nodule.\n\na\nb', ((0, 10), (11, 11), (12, 15)))
    """
    intervals = []
    start = 0
    for sentence in sentences:
        intervals.append((start, start + len(sentence)))
        start += len(sentence) + 1
    return "\n".join(sentences), tuple(intervals)


def _beside(row: Row, used: frozenset[str], issues: list[Issue]) -> tuple[dict[str, str | None], dict[str, Any]]:
    """What a row holds beside id and text: words that a report has a place for, and ``meta``."""
    words = {name: _word(row[name], name, issues) for name in _WORDS if name in row}
    meta = {name: as_json(value) for name, value in row.items() if name not in used}
    for name in words.keys() & meta.keys():
        if words[name] is not None or row[name] in (None, ""):
            del meta[name]
    return words, meta


@cache
def _used(options: ReadOptions, lists: bool) -> frozenset[str]:
    """Columns that are no part of ``meta``."""
    return frozenset(
        {options.id_column or "id", *(options.text_columns or ("text",)), *(("sentences",) if lists else ())}
    )


def _id(row: Row, place: str, options: ReadOptions, issues: list[Issue]) -> str:
    column = options.id_column or "id"
    value = row.get(column)
    if type(value) is str and value:
        return value
    if is_missing(value) or value == "":
        if options.id_column is not None:
            issues.append(warning("missing_id", f"no id in {column!r}; the report is called by its place"))
        return place
    word = as_word(value)
    if word is None:
        raise _BadRowError("invalid_id", f"the id in {column!r} is a {type(value).__name__}, not a string or number")
    return word


def _text(row: Row, options: ReadOptions, lists: bool) -> tuple[str, Intervals | None]:
    columns = options.text_columns or ("text",)
    if len(columns) == 1 and type(text := row.get(columns[0])) is str and not (lists and row.get("sentences")):
        return text, None  # the rule, which a million rows follow
    there = {name: None if is_missing(row[name]) else row[name] for name in columns if name in row}
    given = {name: value for name, value in there.items() if value is not None}
    if lists and row.get("sentences") is not None:
        if given:
            raise _BadRowError("text_and_sentences", "the row has both text and sentences; give one of them")
        sentences = row["sentences"]
        if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
            raise _BadRowError("invalid_sentences", "sentences must be a list of strings")
        return join_sentences(sentences)
    for name, value in given.items():
        if not isinstance(value, str):
            kind = type(value).__name__
            raise _BadRowError("text_not_string", f"the field {name!r} is a {kind}; the text of a report is a string")
    if not there:
        raise _BadRowError("missing_text", f"the field {' or '.join(map(repr, columns))} is missing")
    return _JOINT.join(value for value in given.values() if value), None


def _word(value: Any, name: str, issues: list[Issue]) -> str | None:
    if value is None or value == "" or is_missing(value):
        return None
    word = as_word(value)
    if word is None:
        issues.append(warning("invalid_field", f"{name} is a {type(value).__name__}, not a string; it is kept in meta"))
    return word


def _unreadable(report_id: str, code: str, message: str, issues: Sequence[Issue]) -> Report:
    error = Issue(level="error", stage="read", code=code, message=message)
    return Report(id=report_id, text="", issues=(*issues, error))
