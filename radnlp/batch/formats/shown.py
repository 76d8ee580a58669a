"""What a person gets to see of a report's words: short, and with nothing in it that acts on a screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from radnlp.records.findings import Measurement
from radnlp.records.mentions import EvidenceSpan

_QUALIFIERS = {"about": "about", "up_to": "up to", "at_least": "at least", "largest": "largest", "previous": "before:"}
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = (0x200B, 0x2028, 0x2029, *range(0x2060, 0x2066), *range(0x206A, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC))
_TAGS = range(0xE0000, 0xE0080)


def _marks() -> dict[int, str]:
    # Unicode has pictures of the control characters (U+2400 for NUL), but few fonts do.
    controls = (code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n")
    marks = {code: f"⟨U+{code:04X}⟩" for code in (*controls, *_BIDI, *_UNSEEN, *_TAGS)}
    # UTF-8 cannot hold half of a surrogate pair.
    marks.update(dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"))
    return marks


_MARKS = _marks()
#: One character that :func:`visible` shows as something else.
ALTERED = re.compile(f"[{re.escape(''.join(map(chr, _MARKS)))}]")


def visible(text: str) -> str:
    """The text with control, direction and invisible characters shown as marks; tab and line feed stay.

    What comes out can be written as UTF-8 and can neither steer a terminal nor turn the order of what stands around it.
    The result can be longer than the text: it is for the eye, and offsets do not apply to it.

    >>> visible("nodule" + chr(27) + "[2J" + chr(0x202E))
    'nodule⟨U+001B⟩[2J⟨U+202E⟩'
    """
    return text.translate(_MARKS)


def one_line(text: str, *, limit: int = 60) -> str:
    r""":func:`visible`, on one line, of at most ``limit`` characters of the text.

    >>> one_line("ground-glass\n  nodule", limit=16)
    'ground-glass no…'
    """
    words = " ".join(text[: 4 * limit].split())
    return visible(words if len(words) <= limit else words[: limit - 1].rstrip() + "…")


def evidence_words(spans: Iterable[EvidenceSpan], *, with_text: bool) -> tuple[str, ...]:
    """What stands where a finding was seen, each wording once with how often, in text order.

    Args:
        spans: Evidence of a finding.
        with_text: False gives offsets (``22-28``) instead of words.

    >>> spans = [EvidenceSpan(start=i, end=i + 6, text=word) for i, word in ((0, "Nodule"), (9, "nodule"))]
    >>> evidence_words(spans, with_text=True)
    ('Nodule ×2',)
    >>> evidence_words(spans, with_text=False)
    ('0-6', '9-15')
    """
    if not with_text:
        return tuple(f"{span.start}-{span.end}" for span in spans)
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for span in spans:
        words = one_line(span.text)
        first.setdefault(words.casefold(), words)
        times[words.casefold()] += 1
    return tuple(words if times[fold] == 1 else f"{words} ×{times[fold]}" for fold, words in first.items())


def size_in_mm(measurement: Measurement) -> str:
    """A size in one notation, whatever the report writes: ``8 mm``, ``12 x 8 mm``, ``3-5 mm``.

    >>> size_in_mm(Measurement(mm=(12.0, 8.5), evidence=EvidenceSpan(start=0, end=13, text="1.2 x 0.85 cm")))
    '12 x 8.5 mm'
    """
    return ("-" if measurement.range else " x ").join(f"{number:g}" for number in measurement.mm) + " mm"


def size_words(measurements: Iterable[Measurement]) -> tuple[str, ...]:
    """Sizes for a person, with what is said of them, each once: ``up to 8 mm``, ``before: 6 mm``."""
    return tuple(dict.fromkeys(_size_words(measurement) for measurement in measurements))


def _size_words(measurement: Measurement) -> str:
    said = _QUALIFIERS[measurement.qualifier] + " " if measurement.qualifier else ""
    return said + size_in_mm(measurement)
