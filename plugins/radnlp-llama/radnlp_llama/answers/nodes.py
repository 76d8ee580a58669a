"""What is read of JSON with faults: a tree that keeps doubled names and says what was cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(slots=True)
class Object:
    """A JSON object, with doubled names; ``cut`` when the text ended inside it."""

    pairs: list[tuple[str, Node]] = field(default_factory=list)
    cut: bool = False


@dataclass(slots=True)
class Array:
    """A JSON array; ``cut`` when the text ended inside it."""

    items: list[Node] = field(default_factory=list)
    cut: bool = False


@dataclass(slots=True)
class Cut:
    """A value that the end of the text leaves unfinished."""


Node: TypeAlias = Object | Array | Cut | str | bool | None
