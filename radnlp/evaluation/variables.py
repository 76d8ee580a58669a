"""Environment variables in experiment files: where data and models lie is different on every machine."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NAMED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)(?=$|/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text after its variable was filled in.

    Attributes:
        text: With the variable's value; as written where it is not set.
        values: Name of the variable -> its value; empty where the text names none, or one that is not set.
        unset: Name of the variable that is not set, or empty.
    """

    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    unset: str = ""


def filled(text: str) -> Filled:
    """``$NAME`` or ``$NAME/rest`` with the environment's value of NAME; an empty value counts as not set.

    >>> filled("gold.jsonl").text, filled("$NOT_SET_ANYWHERE/dev.csv").unset
    ('gold.jsonl', 'NOT_SET_ANYWHERE')
    """
    found = _NAMED.match(text)
    if not found:
        return Filled(text=text)
    name = found[1]
    value = os.environ.get(name)
    if not value:
        return Filled(text=text, unset=name)
    return Filled(text=value + text[found.end() :], values={name: value})


def unset_words(found: Filled) -> str:
    """What is told of a variable that is not set; empty where none is missing.

    >>> unset_words(Filled(text="$DATA/dev.csv", unset="DATA"))
    'the environment variable DATA is not set; set it to the folder that holds dev.csv'
    >>> unset_words(Filled(text="gold.jsonl"))
    ''
    """
    if not found.unset:
        return ""
    rest = found.text.removeprefix(f"${found.unset}").strip("/")
    where = f"; set it to the folder that holds {rest}" if rest else ""
    return f"the environment variable {found.unset} is not set{where}"


def local_paths_named(words: str, values: Mapping[str, str]) -> str:
    """A message with the variable in place of this machine's path, so that it may stand in a file for everybody.

    >>> local_paths_named("/home/me/model: there is no such folder", {"MODEL": "/home/me/model"})
    '$MODEL: there is no such folder'
    """
    for name, value in sorted(values.items(), key=lambda row: len(row[1]), reverse=True):
        words = words.replace(value, f"${name}")
    return words
