"""One run at a time in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


class FolderLock:
    """A file in the folder, locked by the operating system, which lets it go when the process ends in whatever way.

    Where there are no such locks (Windows, some network drives) nobody is kept out.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._file: BinaryIO | None = None

    def take(self) -> bool:
        """Whether nobody else has it. Raises OSError where no file can be made."""
        try:
            from fcntl import LOCK_EX, LOCK_NB, flock
        except ModuleNotFoundError:
            return True
        file = self._path.open("wb")
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        except OSError:
            file.close()
            return True
        self._file = file
        return True

    def release(self) -> None:
        """Let it go; the file stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        """Let it go, and delete the file. Raises OSError."""
        self._path.unlink(missing_ok=True)
        self.release()
