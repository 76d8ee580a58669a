"""The fingerprint of a model file: SHA-256, remembered by path, size and time of change, since 5 GB take seconds."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path


def model_digest(files: Sequence[Path], *, memory: Path | None = None) -> str:
    """SHA-256 of a model, in hexadecimal; of the digests of its parts where it has several.

    Args:
        files: The model's files, in order.
        memory: Where digests are remembered; by default ``radnlp/digests.json`` in the user's folder for caches. It
            holds paths and digests. One that cannot be read or written is done without.
    """
    memory = _default_memory() if memory is None else memory
    digests = [_digest(file, memory) for file in files]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _digest(file: Path, memory: Path) -> str:
    file = file.resolve()
    state = file.stat()
    mark = [state.st_size, state.st_mtime_ns]
    known = _read(memory).get(str(file))
    if isinstance(known, list) and known[:2] == mark and len(known) == 3:
        return str(known[2])
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    _write(memory, {**_read(memory), str(file): [*mark, digest]})
    return digest


def _default_memory() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "radnlp" / "digests.json"


def _read(memory: Path) -> dict[str, object]:
    try:
        found = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(memory: Path, digests: dict[str, object]) -> None:
    """Put in place whole: two processes at once lose an entry at worst, never the file."""
    with contextlib.suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=memory.parent, prefix=".digests")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(digests, file, indent=0, sort_keys=True)
        Path(name).replace(memory)
