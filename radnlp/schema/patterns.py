"""Regular expressions that stand in lexicon files."""

from __future__ import annotations

import re

#: Words, numbers and signs; what matches nothing at all somewhere in here would match nothing in every report.
_PROBE = "no change, 5 mm (-) x\n"


def checked_pattern(pattern: str) -> str:
    """The same pattern, when it can be a cue.

    Raises:
        ValueError: It is no regular expression, or can match without any character.

    >>> checked_pattern("no (new|other) change")
    'no (new|other) change'
    >>> checked_pattern("(new)?")
    Traceback (most recent call last):
    ValueError: the pattern '(new)?' matches the empty text; let it need at least one character
    """
    compiled = _compiled(pattern)
    if any(not match[0] for text in ("", _PROBE) for match in compiled.finditer(text)):
        raise ValueError(f"the pattern {pattern!r} matches the empty text; let it need at least one character")
    return pattern


def checked_condition(pattern: str) -> str:
    """The same pattern, when it can be a condition, which may well match the empty end of a sentence.

    Raises:
        ValueError: It is no regular expression.
    """
    _compiled(pattern)
    return pattern


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"the pattern {pattern!r} is no regular expression: {error}") from None
