"""What a hook has answered, looked at before anybody relies on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from radnlp.records import LexiconSource, SchemaSource

#: A name stands on the command line, in TOML and before a dot or after a colon, so it holds none of these.
_NAME = re.compile(r"[^\s:=/\\,]+")
_CALLABLE = ("factory", "run", "add_arguments")
_TEXT = ("summary", "formula", "source", "install_hint")
_TUPLES = ("schemas", "languages")


def items_of(answers: Iterable[object], wanted: type[Any]) -> tuple[list[Any], str | None]:
    """The items of a plugin's answers to one hook, and what is wrong with them, or None.

    Raises:
        Exception: Whatever an answer raises while it is read; it may be a generator.
    """
    items: list[Any] = []
    for answer in answers:
        if isinstance(answer, (str, bytes, Mapping, wanted)) or not isinstance(answer, Iterable):
            given = type(answer).__name__
            return [], f"returned a {given}; it must return a list of {wanted.__name__}s"
        items += answer
    for item in items:
        if not isinstance(item, wanted):
            given = type(item).__name__
            return [], f"returned a {given}; it must return {wanted.__name__}s"
        fault = _fault_of(item)
        if fault is not None:
            return [], f"returned a {wanted.__name__} whose {fault}"
    return items, _doubled(items)


def name_of(item: Any) -> str:
    """What users call it: a schema by its id, a lexicon by its file, all else by its name."""
    if isinstance(item, SchemaSource):
        return item.id
    return str(item.file) if isinstance(item, LexiconSource) else str(item.name)


def _doubled(items: Sequence[Any]) -> str | None:
    names = [name_of(item) for item in items]
    for name in names:
        if names.count(name) > 1:
            return f"returned {name!r} twice; a name stands for one thing"
    return None


def _fault_of(item: Any) -> str | None:
    """What is wrong with a description, in words that go on after "whose"; None when it can be used."""
    assert is_dataclass(item)
    for field in fields(item):
        value = getattr(item, field.name)
        fault = _fault_in(field.name, value)
        if fault is not None:
            owner = "" if field.name in ("name", "id") else f" (of {name_of(item)!r})"
            return f"{field.name} is {value!r}{owner}; {fault}"
    return None


def _fault_in(field: str, value: object) -> str | None:
    """What the field of a description should have been, or None."""
    if field in ("name", "id", "language"):
        if not isinstance(value, str) or not _NAME.fullmatch(value) or not value.isprintable():
            return "give it a name without spaces and without : = / \\ or a comma"
    elif field in _CALLABLE:
        if not callable(value):
            return "it is called, so give a function"
    elif field in ("folder", "file"):
        if not isinstance(value, Path):
            return "give a pathlib.Path"
    elif field in _TEXT:
        if not isinstance(value, str):
            return "give text"
    elif field in _TUPLES:
        if value is not None and not (isinstance(value, tuple) and all(isinstance(name, str) for name in value)):
            return 'give a tuple of names, e.g. ("chest_ct",), or None for all'
    elif field == "settings":
        return _fault_in_settings(value)
    elif field == "inner":
        if value is not None and not isinstance(value, str):
            return "give the name of a setting, or None"
    elif field == "max_workers" and not (value is None or (type(value) is int and value > 0)):
        return "give a whole number from 1, or None for any"
    return None


def _fault_in_settings(value: object) -> str | None:
    if isinstance(value, Mapping) and all(
        isinstance(name, str)
        and _NAME.fullmatch(name)
        and "." not in name
        and isinstance(default, str | int | float | bool | None)
        for name, default in value.items()
    ):
        return None
    return "give a dict from names (no spaces, no dots) to defaults that are text, numbers, true, false or None"
