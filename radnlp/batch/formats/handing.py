"""From what a library writes as text into the file that is written."""

from __future__ import annotations

import io
from typing import BinaryIO


def hand_over(text: io.StringIO, out: BinaryIO) -> None:
    """Write what is gathered, and begin to gather anew; a lone surrogate becomes its escape."""
    out.write(text.getvalue().encode("utf-8", "backslashreplace"))
    text.seek(0)
    text.truncate()
