"""A table of a TOML file whose fields are asked for by kind; what is wrong is said with file and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from radnlp.api import ConfigError

_MISSING: Any = object()


class Table:
    """Fields by kind. Every method raises ConfigError: missing, or of another kind.

    >>> Table({"id": "ja_ct"}, "recipe.toml").word("id")
    'ja_ct'
    """

    def __init__(self, rows: Mapping[str, Any], place: str) -> None:
        self._rows = rows
        self._place = place
        self._asked: set[str] = set()

    def fault(self, message: str) -> ConfigError:
        """An error about this table."""
        return ConfigError(f"{self._place}: {message}")

    def word(self, name: str, default: str = _MISSING) -> str:
        """A string that is not empty."""
        return str(
            self._checked(name, default, lambda value: isinstance(value, str) and bool(value), "a text, not empty")
        )

    def words(self, name: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(
            self._checked(
                name,
                default,
                lambda value: isinstance(value, list | tuple) and all(isinstance(word, str) for word in value),
                "a list of texts",
            )
        )

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``."""
        return str(self._checked(name, _MISSING, lambda value: value in allowed, f"one of {', '.join(allowed)}"))

    def flag(self, name: str) -> bool:
        """True or false."""
        return bool(self._checked(name, _MISSING, lambda value: isinstance(value, bool), "true or false"))

    def whole(self, name: str) -> int:
        """A whole number from 1."""
        return int(
            self._checked(name, _MISSING, lambda value: type(value) is int and value >= 1, "a whole number from 1")
        )

    def share(self, name: str) -> float:
        """A number over 0 and up to 1."""
        return float(
            self._checked(name, _MISSING, lambda value: _is_number(value) and 0 < value <= 1, "a number in (0, 1]")
        )

    def weight(self) -> float:
        """The field ``weight``, 1 where there is none."""
        return float(self._checked("weight", 1.0, lambda value: _is_number(value) and value > 0, "a number over 0"))

    def bounds(self, name: str) -> tuple[int, int]:
        """Two whole numbers, the smaller one first."""
        least, most = self._checked(name, _MISSING, _are_bounds, "two whole numbers, [least, most]")
        return least, most

    def weights(self, name: str) -> dict[str, int]:
        """Name -> whole number over 0, at least one."""
        rows = self.mapping(name)
        if not rows or not all(type(number) is int and number > 0 for number in rows.values()):
            raise self.fault(f"{name} must be names with whole numbers over 0")
        return dict(rows)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """A table as it is; an empty one where there is none."""
        rows: Mapping[str, Any] = self._checked(name, {}, lambda value: isinstance(value, Mapping), "a table")
        return rows

    def table(self, name: str) -> Table:
        """A table in this one."""
        rows = self._checked(name, _MISSING, lambda value: isinstance(value, Mapping), "a table")
        return Table(rows, f"{self._place}: {name}")

    def tables(self, name: str) -> list[Table]:
        """An array of tables, at least one."""
        rows = self._checked(name, _MISSING, _are_tables, "an array of tables, at least one")
        return [Table(row, f"{self._place}: {name} {row.get('id', number)}") for number, row in enumerate(rows, 1)]

    def refuse_unknown(self) -> None:
        """Raises ConfigError: a field that nobody asked for."""
        if unknown := sorted(set(self._rows) - self._asked):
            raise self.fault(f"unknown field {unknown[0]!r}; known are {', '.join(sorted(self._asked))}")

    def refuse_doubles(self, ids: Sequence[str]) -> None:
        """Raises ConfigError: an id that is there twice."""
        if doubles := sorted({name for name in ids if ids.count(name) > 1}):
            raise self.fault(f"the id {doubles[0]!r} is there twice")

    def _checked(self, name: str, default: Any, fits: Any, wanted: str) -> Any:
        self._asked.add(name)
        value = self._rows.get(name, default)
        if value is _MISSING:
            raise self.fault(f"{name} is missing; it must be {wanted}")
        if not fits(value):
            raise self.fault(f"{name} must be {wanted}")
        return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_bounds(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(number) is int for number in value)
        and 1 <= value[0] <= value[1]
    )


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)
