"""A file of answers that several processes may read and write at once: SQLite, one row an answer."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from radnlp.api import ConfigError, Generated, ProviderError
from radnlp_llama.cache.stored import read_back, written

#: Seconds to wait for another process that is writing.
_PATIENCE = 60.0
_AT_ONCE = 500


class AnswerStore:
    """Answers by key.

    Keys are digests; what is stored is what the model wrote, which with free words can hold words of a report.

    Args:
        path: The file; made, with its folder, when it is not there.

    Raises:
        ConfigError: It cannot be made, or is something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._opened()

    def get(self, keys: Iterable[str]) -> dict[str, Generated]:
        """The answers that there are. A row that cannot be read counts as none."""
        wanted, found = list(dict.fromkeys(keys)), {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for key, content in self._ask(f"SELECT key, answer FROM answers WHERE key IN ({marks})", some):
                try:
                    found[key] = read_back(json.loads(content))
                except (KeyError, TypeError, ValueError, AttributeError):
                    continue
        return found

    def put(self, key: str, answer: Generated) -> None:
        """Keep an answer, on disk when this returns; one that is there already gives way."""
        content = json.dumps(written(answer), ensure_ascii=False)
        self._ask("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", [key, content])

    def _ask(self, statement: str, values: list[str]) -> list[tuple[str, str]]:
        try:
            with self._opened() as connection:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise ProviderError(
                f"the cache of answers {self.path} cannot be used: {error}; give another cache_path, or none"
            ) from error

    def _opened(self) -> sqlite3.Connection:
        """The connection of this process: one must not be carried through a fork."""
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # for the user alone
                connection = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
                connection.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)")
                connection.commit()
            except (OSError, sqlite3.Error) as error:
                raise ConfigError(
                    f"cache_path={str(self.path)!r} cannot be used as a cache of answers ({error}); give the path of a "
                    "file that this program made, or of a new one"
                ) from error
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def __getstate__(self) -> Path:
        return self.path

    def __setstate__(self, path: Path) -> None:
        self.__init__(path)  # type: ignore[misc]
