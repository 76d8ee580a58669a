r"""The short notation for variants in lexicon files.

``[a|b]`` is a choice, ``[s]`` (no bar) is optional, and both may be nested. Square brackets, because round ones are
words of reports: ``(-)``, ``(?)``. A backslash takes the next character as it is: ``\[-\]``.
"""

from __future__ import annotations

import re

#: A phrase that stands for more than this is a mistake in the file, not a term.
MAX_VARIANTS = 5000

# A bar outside every group, and a backslash at the end, are signs like any other.
_PLAIN = re.compile(r"[^\[\]|\\]+|[|\\]")


def expand(phrase: str) -> tuple[str, ...]:
    """All phrases that one phrase in the notation stands for, in the order written, without doubles.

    Raises:
        ValueError: Brackets that do not match, an empty phrase, or more than 5,000 variants.

    >>> expand("[pleural |]nodule[s]")
    ('pleural nodules', 'pleural nodule', 'nodules', 'nodule')
    """
    variants, end = _sequence(phrase, 0, inside=False)
    if end != len(phrase):
        raise ValueError(f"a closing bracket without an opening one at character {end + 1} of {phrase!r}")
    cleaned = [" ".join(variant.split()) for variant in variants]
    if not all(cleaned):
        raise ValueError(f"the phrase {phrase!r} can be empty")
    return tuple(dict.fromkeys(cleaned))


def _sequence(phrase: str, at: int, *, inside: bool) -> tuple[list[str], int]:
    """Read until the end or a ``|`` or ``]`` of the group around; give the variants and where reading stopped."""
    variants = [""]
    while at < len(phrase) and phrase[at] != "]" and not (inside and phrase[at] == "|"):
        if phrase[at] == "[":
            pieces, at = _group(phrase, at)
        elif phrase[at] == "\\" and at + 1 < len(phrase):
            pieces, at = [phrase[at + 1]], at + 2
        else:
            run = _PLAIN.match(phrase, at)
            assert run is not None, "all else ends the sequence"
            pieces, at = [run[0]], run.end()
        if len(variants) * len(pieces) > MAX_VARIANTS:
            raise ValueError(f"the phrase {phrase!r} stands for more than {MAX_VARIANTS} variants; write fewer choices")
        variants = [left + right for left in variants for right in pieces]
    return variants, at


def _group(phrase: str, at: int) -> tuple[list[str], int]:
    choices: list[str] = []
    bars, opened = 0, at
    while True:
        found, at = _sequence(phrase, at + 1, inside=True)
        choices += found
        if at >= len(phrase):
            raise ValueError(f"the bracket at character {opened + 1} of {phrase!r} is never closed")
        if phrase[at] == "]":
            return choices if bars else [*choices, ""], at + 1
        bars += 1
