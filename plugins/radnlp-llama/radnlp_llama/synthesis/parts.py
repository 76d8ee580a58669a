"""What a run has had answered so far, in parts that are whole or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError
from radnlp_llama.synthesis.recorded import Answer

_RUN, _PARTS, _UNFINISHED = "run.json", "parts", ".tmp"


class Parts:
    """The folder of a run: ``run.json``, which says what the run is, and ``parts/`` with the model's answers.

    A file is written under another name, brought to the disk and renamed, so an interrupt costs one part at most.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, run: Mapping[str, Any], *, resume: bool) -> dict[str, Answer]:
        """Start a run or go on with one.

        Args:
            run: What the run is; a name whose value is None fits anything.
            resume: Go on with what is in the folder; where there is nothing, start.

        Returns:
            Digest of a request -> its answer.

        Raises:
            ConfigError: The folder holds something and is not to be gone on with, or another run; says what differs.
        """
        earlier = self._earlier()
        if not resume and self.folder.exists() and any(self.folder.iterdir()):
            raise ConfigError(f"{self.folder} is not empty; --resume goes on with it, or name another folder")
        if earlier is not None:
            for name, value in run.items():
                before = earlier.get(name)
                if value is not None and before is not None and before != value:
                    raise ConfigError(
                        f"{self.folder}: the run in it has {name} = {before!r}, this one {value!r}; name another folder"
                    )
            run = {name: earlier.get(name) if value is None else value for name, value in run.items()}
        write_whole(self.folder / _RUN, [json.dumps(run, ensure_ascii=False, indent=1) + "\n"])
        return {answer.request: answer for path in self._parts() for answer in _answers(path)}

    def add(self, answers: Sequence[Answer]) -> None:
        """Keep some more answers."""
        number = 1 + max((int(path.stem) for path in self._parts()), default=-1)
        lines = (json.dumps(asdict(answer), ensure_ascii=False) + "\n" for answer in answers)
        write_whole(self.folder / _PARTS / f"{number:06d}.jsonl", lines)

    def _earlier(self) -> dict[str, Any] | None:
        path = self.folder / _RUN
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return content if isinstance(content, dict) else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise ConfigError(f"{path}: cannot be read ({type(error).__name__}); name another folder") from None

    def _parts(self) -> list[Path]:
        return sorted(path for path in (self.folder / _PARTS).glob("*.jsonl") if path.stem.isdecimal())


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """Write a text file in UTF-8 that is there whole, or as it was before.

    Raises:
        ConfigError: It cannot be written.
    """
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None


def _answers(path: Path) -> list[Answer]:
    try:
        return [Answer(**json.loads(line)) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{path}: not a part of a run ({type(error).__name__}); delete it, and what it held is asked again"
        ) from None
