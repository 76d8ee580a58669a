"""Study dates: what can be put in order, and what cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

_REDUCED = re.compile(r"\d{4}(-\d{2})?|\d{4}-W\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class StudyDate:
    """A day, and the time of day when it is known.

    Order: by the calendar and the clock as they are written. An offset from UTC is not applied, because it is often
    written for some of a patient's reports only. A date without a time is the first of its day.

    Attributes:
        moment: Without a time zone; midnight when no time is given.
        given: The date as it was written.
    """

    moment: datetime
    given: str = field(compare=False)

    @property
    def day(self) -> date:
        """The calendar day."""
        return self.moment.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFault:
    """Why a report cannot be put in order: the code of an issue and its sentence, without the value."""

    code: str
    message: str


def parse_study_date(value: object) -> StudyDate | DateFault:
    """The day of a ``study_date``: ISO 8601, a date or a date with a time, extended or basic.

    A year or a month alone is ISO 8601 too, and a fault here: whether it lies before or after a day of that month
    cannot be known.

    >>> str(parse_study_date("2024-03-01").day)
    '2024-03-01'
    >>> parse_study_date("20240301T0930") > parse_study_date("2024-03-01")
    True
    >>> [parse_study_date(value).code for value in (None, "2024-03", "1.3.2024")]
    ['missing_date', 'incomplete_date', 'malformed_date']
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return DateFault(code="missing_date", message="has no study_date")
    if not isinstance(value, str):
        return DateFault(code="malformed_date", message=f"has a study_date that is a JSON {type(value).__name__}")
    if _REDUCED.fullmatch(value.strip()):
        return DateFault(code="incomplete_date", message="has a study_date without a day")
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return DateFault(
            code="malformed_date", message="has a study_date that is not ISO 8601 (2024-03-01, 2024-03-01T09:30)"
        )
    return StudyDate(moment.replace(tzinfo=None), value)
