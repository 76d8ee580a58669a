"""A TOML table read strictly: unknown names, missing and wrong values are refused with file and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from radnlp.errors import ConfigError, UnknownNameError


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table of a file, with its place for messages.

    Attributes:
        file: Name of the file.
        place: Where the table stands in it, empty for the root.
        rows: What it holds.
    """

    file: str
    place: str
    rows: Mapping[str, Any]

    def only(self, *names: str) -> None:
        """Refuse other names. Raises UnknownNameError."""
        for name in self.rows:
            if name not in names:
                raise UnknownNameError(f"name in {self.file}: {self.place}", name, names)

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        """The value of a name, of just that kind. Raises ConfigError: missing without a default, or of another kind."""
        value = self.rows.get(name, default)
        if value is None and name not in self.rows:
            raise ConfigError(f"{self.file}: {self.place}{name} is missing")
        if type(value) is not kind:
            raise ConfigError(f"{self.file}: {self.place}{name} = {value!r}: must be of the kind {kind.__name__}")
        return value

    def strings(self, name: str, default: Iterable[str] | None = None) -> list[str]:
        """A list of strings. Raises ConfigError, as :meth:`get`."""
        values = self.get(name, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise ConfigError(f"{self.file}: {self.place}{name}: must be a list of strings")
        return list(values)

    def table(self, name: str, default: Mapping[str, Any] | None = None) -> TomlTable:
        """A table in this one. Raises ConfigError, as :meth:`get`."""
        return TomlTable(
            self.file, f"[{self.place.strip('[] ')}{'.' if self.place else ''}{name}] ", self.get(name, dict, default)
        )

    def tables(self, name: str) -> list[TomlTable]:
        """The tables of a list. Raises ConfigError, as :meth:`get`."""
        rows = self.get(name, list)
        return [TomlTable(self.file, f"[[{name}]] no. {number}: ", row) for number, row in enumerate(rows, start=1)]
