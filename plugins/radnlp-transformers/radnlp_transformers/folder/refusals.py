"""What must not be in a model folder, and what sound weights look like: looked at before anything is loaded."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from radnlp.api import ConfigError

WEIGHTS = "model.safetensors"
#: Files that may carry code: pickles by any of their usual names, and Python itself.
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".npy")
_CODE = (".py", ".pyc", ".so")
#: A header longer than this is no header but damage; safetensors has the same limit.
_LONGEST_HEADER = 100_000_000


def check_folder(folder: Path) -> None:
    """Refuse what could run code, and weights that are not whole.

    Raises:
        ConfigError: No such folder; a pickle or code in it, by name; weights that are missing, cut off or damaged.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: there is no such model folder; name one that radnlp train wrote")
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _PICKLES:
            raise ConfigError(
                f"{path}: a pickle can run code when it is loaded, so this folder is refused; keep {WEIGHTS} alone "
                "(safetensors.torch.save_file writes one) and remove this file"
            )
        if path.suffix.lower() in _CODE:
            raise ConfigError(f"{path}: a model folder holds no code; remove this file")
    check_config(folder)
    check_weights(folder / WEIGHTS)


def check_config(folder: Path) -> None:
    """Refuse a configuration that names code of its own.

    Raises:
        ConfigError: It is missing, no JSON object, or has an ``auto_map``.
    """
    path = folder / "config.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: no configuration of an encoder ({type(error).__name__})") from None
    if not isinstance(content, dict) or "auto_map" in content:
        raise ConfigError(f"{path}: a configuration that brings its own code (auto_map) is refused")


def check_weights(path: Path) -> None:
    """Whether a safetensors file is as long as its header says.

    Raises:
        ConfigError: Not there, cut off, or no safetensors file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
            header = json.loads(file.read(length)) if 2 <= length <= min(size, _LONGEST_HEADER) else None
        if not isinstance(header, dict):
            raise ValueError
        ends = [row["data_offsets"][1] for name, row in header.items() if name != "__metadata__"]
    except FileNotFoundError:
        raise ConfigError(f"{path}: there are no weights; a model folder needs {WEIGHTS}") from None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise ConfigError(f"{path}: no safetensors file, or a damaged one; copy it again or train again") from None
    wanted = 8 + length + max(ends, default=0)
    if size != wanted:
        raise ConfigError(
            f"{path}: {size} bytes where its header says {wanted}; the file was cut off or added to. Copy it again"
        )
