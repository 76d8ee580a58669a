"""What happens when the disk says no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from radnlp.errors import ReportError

#: For what is written into the folder of parts.
PARTS_KEPT = "; finished parts are kept for --resume"


@contextmanager
def writing(path: Path, *, hint: str = "") -> Iterator[None]:
    """Around writing and nothing else: an OSError becomes a ReportError of one sentence; a closed pipe stays one.

    Args:
        path: Name for the message.
        hint: What comes after the reason.

    Raises:
        ReportError: The disk is full, read-only or gone.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReportError(f"{path}: cannot be written: {error.strerror or error}{hint}") from None
