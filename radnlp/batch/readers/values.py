"""Single values of a row as strings, dates and JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

_REDUCED_DATE = re.compile("(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?")


def is_missing(value: Any) -> bool:
    """Whether a value stands for none: null, or the NaN that some tables have instead."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def as_word(value: Any) -> str | None:
    """An id or a date as a string; None when it is neither string, number nor date.

    >>> as_word(12.0), as_word("007"), as_word([12])
    ('12', '007', None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():  # a spreadsheet makes 12.0 of 12
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float | Decimal | UUID) else None


def as_json(value: Any) -> Any:
    """A value as ``meta`` can hold it: what JSON has as it is, dates in ISO 8601, NaN and infinity as None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): as_json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value)


def is_iso_date(value: str) -> bool:
    """Whether a string is a date, or a date with a time, in ISO 8601.

    >>> [is_iso_date(value) for value in ("2024-03-01", "2024-03", "20240301", "1.3.2024", "2024-13")]
    [True, True, True, False, False]
    """
    if _REDUCED_DATE.fullmatch(value):
        return True
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
