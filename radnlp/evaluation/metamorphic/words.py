"""The words that reports are changed with, as data: ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One table of the file."""
    text = (resources.files(__package__) / "words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[name]
    return found


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    r"""Matches one of the words as a word of its own, in any case; ``*`` is the rest of a word.

    A Korean particle may follow: "RUL" is a word of its own in "RUL에".

    >>> bool(any_of(["cardio*"]).search("Cardiomegaly.")), bool(any_of(["it"]).search("with"))
    (True, False)
    """
    choice = "|".join(word.replace("*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{choice})(?![A-Za-z0-9])", re.IGNORECASE)
