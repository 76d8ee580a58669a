"""What an experiment tells a gold reader besides the path, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from radnlp.errors import ConfigError, UnknownNameError


class Options:
    """The options of one reader.

    Raises:
        UnknownNameError: An option that the reader does not have.

    >>> Options("indiana", {"split": "dev"}, allowed=["split"]).word("split", "all")
    'dev'
    """

    def __init__(self, reader: str, given: Mapping[str, object], *, allowed: Sequence[str]) -> None:
        for name in given:
            if name not in allowed:
                raise UnknownNameError(f"option of the gold reader {reader!r}:", name, allowed)
        self._reader = reader
        self._given = given

    def word(self, name: str, default: str | None = None) -> str:
        """A string. Raises ConfigError: missing without a default, or of another kind."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, value, "a string")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when it is not given. Raises ConfigError: of another kind."""
        value = self._value(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, value, "true or false")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of strings, at least one. Raises ConfigError: missing, or of another kind."""
        value = self._value(name)
        if not isinstance(value, list | tuple) or not value or not all(isinstance(word, str) for word in value):
            raise self._wrong(name, value, "a list of strings, at least one")
        return tuple(value)

    def table(self, name: str) -> dict[str, str]:
        """Name -> string, at least one. Raises ConfigError: missing, or of another kind."""
        value = self._value(name)
        if not isinstance(value, Mapping) or not value or not all(isinstance(word, str) for word in value.values()):
            raise self._wrong(name, value, "a table of strings, at least one")
        return {str(key): word for key, word in value.items()}

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """One of ``allowed``, the first when it is not given. Raises UnknownNameError: another one."""
        value = self.word(name, allowed[0])
        if value not in allowed:
            raise UnknownNameError(f"{name} of the gold reader {self._reader!r}:", value, allowed)
        return value

    def _value(self, name: str, default: object = None) -> object:
        value = self._given.get(name, default)
        if value is None:
            raise ConfigError(f"the gold reader {self._reader!r} needs the option {name!r}; add it under data.options")
        return value

    def _wrong(self, name: str, value: object, wanted: str) -> ConfigError:
        return ConfigError(f"option {name!r} of the gold reader {self._reader!r}: {value!r} given; it must be {wanted}")
