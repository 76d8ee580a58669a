"""The fingerprint of a model folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from radnlp_transformers.folder.card import CARD


def digest(folder: Path) -> str:
    """SHA-256 over the names and contents of all files but the card, in the order of their names."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == CARD or not path.is_file() or path.name.startswith("."):
            continue
        whole.update(path.name.encode() + b"\0")
        whole.update(file_digest(path).encode() + b"\0")
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
