"""What a model has read of a constant prefix, kept in a file from run to run.

A file holds a checksum and the state as llama.cpp writes it. Its name is made of everything that the state depends on,
so another model, prompt or version of llama.cpp never finds it. A file that is broken is read as if it were not there.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import tempfile
from pathlib import Path

from radnlp.api import ConfigError
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.model import Context

_MAGIC = b"radnlp prefix 1\n"
_CHECKSUM = hashlib.sha256().digest_size


def take_state(context: Context, sequence: int) -> bytes:
    """What was read into a sequence, as llama.cpp writes it down."""
    library = llama_library()
    size = library.llama_state_seq_get_size(context.handle, sequence)
    buffer = (ctypes.c_uint8 * size)()
    written = library.llama_state_seq_get_data(context.handle, buffer, size, sequence)
    return bytes(memoryview(buffer)[:written])


def put_state(context: Context, sequence: int, state: bytes) -> bool:
    """Put it into a sequence of another context of the same model; False, and nothing there, when it does not fit."""
    library = llama_library()
    buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
    if library.llama_state_seq_set_data(context.handle, buffer, len(state), sequence) == len(state):
        return True
    library.llama_memory_seq_rm(context.memory, sequence, -1, -1)
    return False


class PrefixFiles:
    """A folder of states.

    Args:
        folder: Made when it is not there.
        model: The model's digest.
        settings: What else the state depends on: where it was computed, and by which version.

    Raises:
        ConfigError: The folder cannot be made.
    """

    def __init__(self, folder: Path, *, model: str, settings: str) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"the folder {folder} for prefixes cannot be made: {error.strerror}") from error
        self._folder = folder
        self._key = f"{model}\n{settings}\n{llama_library().__version__}\n"

    def path(self, tokens: tuple[int, ...]) -> Path:
        """Where the state behind these tokens lies."""
        name = hashlib.sha256((self._key + " ".join(map(str, tokens))).encode()).hexdigest()
        return self._folder / f"{name}.prefix"

    def load(self, context: Context, sequence: int, tokens: tuple[int, ...]) -> bool:
        """Put the state into a sequence of a context; False when it is not on file, or not whole."""
        try:
            data = self.path(tokens).read_bytes()
        except OSError:
            return False
        head = len(_MAGIC) + _CHECKSUM
        if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(data[head:]).digest() != data[len(_MAGIC) : head]:
            return False
        return put_state(context, sequence, data[head:])

    def save(self, context: Context, sequence: int, tokens: tuple[int, ...]) -> None:
        """Keep a sequence's state; a disk that is full or closed to us costs the next run its time and nothing else."""
        state, path = take_state(context, sequence), self.path(tokens)
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".prefix")
            with os.fdopen(handle, "wb") as file:
                file.write(_MAGIC + hashlib.sha256(state).digest())
                file.write(state)
            Path(name).replace(path)
