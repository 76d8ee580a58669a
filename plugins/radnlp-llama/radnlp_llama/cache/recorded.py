r"""A run's answers written to a file, and a generator that plays them back without a model.

The file holds the questions, and with them the reports: it is written only when asked for. JSON lines, the first about
the model::

    {"recorded": 1, "about": {"model": "9f2c..."}}
    {"key": "51ab...", "id": "r1", "shown": "...", "answer": {"text": "...", "score": 0.7, ...}}
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError, Described, Generated, GenerationRequest, TextGenerator
from radnlp_llama.cache.stored import read_back, request_key, written

#: The fault of a question that was not recorded.
NOT_RECORDED = "not_recorded"


class RecordingGenerator:
    """Writes down what another generator is asked and answers.

    Args:
        inner: Asked for everything.
        path: The file; an existing one is added to when it is of the same model.

    Raises:
        ConfigError: The file is something else, or of another model, or cannot be written.
    """

    def __init__(self, inner: TextGenerator, path: Path) -> None:
        self.inner = inner
        self.path = path
        if path.exists() and path.stat().st_size:
            about, answers = _read(path)
            if dict(about) != dict(self.about):
                raise ConfigError(
                    f"record_path={str(path)!r} holds answers of another model ({_named(about)}; this one is "
                    f"{_named(self.about)}); give a new file"
                )
            self._known = set(answers)
            _drop_cut_line(path)
        else:
            self._known = set()
            self._write({"recorded": 1, "about": dict(self.about)})

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in the requests' order."""
        answers = list(self.inner.generate(requests))
        for request, answer in zip(requests, answers, strict=True):
            key = request_key(request)
            if key not in self._known:
                self._known.add(key)
                shown = self.inner.shown(request)
                self._write({"key": key, "id": request.id, "shown": shown, "answer": written(answer)})
        return answers

    def shown(self, request: GenerationRequest) -> str:
        """Exactly what the model reads."""
        return self.inner.shown(request)

    @property
    def about(self) -> Mapping[str, str]:
        """What the inner generator says of itself."""
        return self.inner.about if isinstance(self.inner, Described) else {}

    def close(self) -> None:
        """Let go of what the inner generator holds."""
        close = getattr(self.inner, "close", None)
        if close is not None:
            close()

    def _write(self, row: Mapping[str, Any]) -> None:
        """One line in one call, so that two processes do not write into each other's."""
        line = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)  # reports: for the user alone
            try:
                os.write(handle, line)
            finally:
                os.close(handle)
        except OSError as error:
            raise ConfigError(f"record_path={str(self.path)!r} cannot be written: {error.strerror}") from error


class ReplayGenerator:
    """Answers what was recorded, and nothing else: other questions have the fault ``not_recorded``.

    Args:
        path: The file that a run wrote.

    Raises:
        ConfigError: There is no such file, or it is something else.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ConfigError(f"replay_path={str(path)!r} does not exist; a run with record_path writes such a file")
        self._about, self._rows = _read(path)

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in the requests' order."""
        return [self._answer(request) for request in requests]

    def _answer(self, request: GenerationRequest) -> Generated:
        row = self._rows.get(request_key(request))
        if row is None:
            return Generated(text="", finished=False, fault=NOT_RECORDED, cached=True)
        return read_back(row["answer"])

    def shown(self, request: GenerationRequest) -> str:
        """What the model read when it was recorded; the bare question where it was not."""
        row = self._rows.get(request_key(request))
        return request.prefix + request.rest if row is None else str(row["shown"])

    @property
    def about(self) -> Mapping[str, str]:
        """What the recorded generator said of itself."""
        return self._about


def _read(path: Path) -> tuple[Mapping[str, str], dict[str, Mapping[str, Any]]]:
    """What the file says of the model, and its rows by key. A last line that was cut off is left out."""
    rows: dict[str, Mapping[str, Any]] = {}
    about: Mapping[str, str] = {}
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            row = json.loads(line)
            if number == 1:
                if row["recorded"] != 1:
                    raise ValueError
                about = {str(name): str(value) for name, value in row["about"].items()}
            else:
                read_back(row["answer"])
                rows[str(row["key"])] = row
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if number == len(lines) and number > 1:
                continue  # the run was interrupted while it wrote this line
            raise ConfigError(
                f"{path}, line {number}: this is no file of recorded answers; give one that record_path wrote"
            ) from error
    return about, rows


def _drop_cut_line(path: Path) -> None:
    """Take off a last line that an interrupt cut short, or the next one would become part of it."""
    with path.open("rb+") as file:
        file.truncate(file.read().rfind(b"\n") + 1)


def _named(about: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value[:16]}" for name, value in about.items()) or "unnamed"
