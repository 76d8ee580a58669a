"""What all resources are made of: strings that FHIR allows, extensions, dates, and no empty element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from radnlp.records import EvidenceSpan

#: A JSON object of FHIR.
Element: TypeAlias = dict[str, Any]

#: Of radnlp's own extensions; their parts have plain names, as FHIR has it.
EXTENSION: Final = "urn:radnlp:extension:"

# Code points below 32 are forbidden but for tab, CR and LF, and UTF-8 holds no half of a surrogate pair. R4's pattern,
# [ \r\n\t\S]+, leaves out all other white space too (R5's does not): NO-BREAK SPACE, the ideographic space ...
_FORBIDDEN: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_OTHER_SPACE: Final = re.compile(r"[^\S \t\r\n]")
_DATE_TIME: Final = re.compile(
    r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])"
    r"(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?"
)


def allowed(text: str) -> str:
    r"""The text as FHIR's type string can hold it; no length changes, so offsets hold.

    >>> allowed("nodule\x1b, RUL\u3000")
    'nodule�, RUL '
    """
    if text.isascii() and text.isprintable():
        return text
    return _OTHER_SPACE.sub(" ", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def complete(element: Any) -> Any:
    """The element without what is empty in it, which FHIR forbids; its strings as FHIR allows them.

    >>> complete({"status": "preliminary", "result": [], "subject": {"display": None}})
    {'status': 'preliminary'}
    """
    if isinstance(element, str):
        return allowed(element)
    if isinstance(element, dict):
        return {name: whole for name, part in element.items() if not _empty(whole := complete(part))}
    if isinstance(element, list):
        return [whole for part in element if not _empty(whole := complete(part))]
    return element


def extension(name: str, **value: Any) -> Element | None:
    """An extension of radnlp's own with its one value, ``valueString="..."``; None where that is empty."""
    return None if any(_empty(content) for content in value.values()) else {"url": f"{EXTENSION}{name}", **value}


def parts(name: str, **values: tuple[str, Any]) -> Element:
    """An extension of radnlp's own that has parts: ``start=("valueUnsignedInt", 22)``; empty ones are left out."""
    return {
        "url": f"{EXTENSION}{name}",
        "extension": [{"url": part, kind: value} for part, (kind, value) in values.items() if not _empty(value)],
    }


def evidence(spans: Iterable[EvidenceSpan], *, with_text: bool) -> list[Element]:
    """Where something was read: offsets in code points of the report's text, and unless told otherwise the words."""
    return [
        parts(
            "evidence",
            start=("valueUnsignedInt", span.start),
            end=("valueUnsignedInt", span.end),
            text=("valueString", span.text if with_text else None),
        )
        for span in dict.fromkeys(spans)
    ]


def date_time(given: str | None) -> str | None:
    """A date as FHIR's type dateTime has it: with a time only where the zone is known; None where there is no date.

    >>> [date_time(given) for given in ("2024-03", "20240301", "2024-03-01T10:15", "2024-03-01T10:15+09:00", "March")]
    ['2024-03', '2024-03-01', '2024-03-01', '2024-03-01T10:15:00+09:00', None]
    """
    given = (given or "").strip()
    try:
        if _DATE_TIME.fullmatch(given):
            if len(given) > len("2024-03"):
                date.fromisoformat(given[: len("2024-03-01")])  # the pattern allows 30 February
            return given
        time = datetime.fromisoformat(given)
    except ValueError:
        return None
    zoned = time.isoformat()
    return zoned if _DATE_TIME.fullmatch(zoned) else time.date().isoformat()


def _empty(part: Any) -> bool:
    if isinstance(part, str):
        return not part or part.isspace()
    return part is None or part == [] or part == {}
