"""llama_cpp, imported when a model is opened, and kept quiet: its log is read here and printed nowhere."""

from __future__ import annotations

import ctypes
import re
from collections import deque
from functools import cache
from types import ModuleType

from radnlp.api import ConfigError

#: The last lines of llama.cpp's log, for messages about a model that cannot be opened.
_LOG: deque[str] = deque(maxlen=400)
_KEPT: list[object] = []  # the callback must live as long as the library may call it

INSTALL = (
    "install llama-cpp-python (pip install llama-cpp-python compiles it in some minutes; the README of radnlp-llama "
    "has the flags for CUDA, Metal and Vulkan)"
)


@cache
def llama_library() -> ModuleType:
    """The module ``llama_cpp``, ready for use.

    Raises:
        ConfigError: It is not installed, or its library cannot be loaded.
    """
    try:
        import llama_cpp
    except ModuleNotFoundError as error:
        raise ConfigError(f"no model can be opened: {error.name} is missing; {INSTALL}") from error
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"llama_cpp cannot be loaded ({error}); {INSTALL}") from error

    @llama_cpp.llama_log_callback
    def keep(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
        _LOG.append(text.decode("utf-8", "replace"))

    _KEPT.append(keep)
    llama_cpp.llama_log_set(keep, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


def clear_log() -> None:
    """Forget what was said so far."""
    _LOG.clear()


def logged_fault() -> str:
    """The last line of the log that tells of a fault; empty when none does."""
    lines = "".join(_LOG).splitlines()
    faults = [line.strip() for line in lines if re.search(r"error|fail|unknown|missing|corrupt", line, re.IGNORECASE)]
    return faults[0].rpartition(": ")[2] if faults else ""


def logged_layers() -> tuple[int, int] | None:
    """Layers on the device and layers in all, as the log told when a model was loaded; None when it did not."""
    found = re.findall(r"offloaded (\d+)/(\d+) layers", "".join(_LOG))
    return (int(found[-1][0]), int(found[-1][1])) if found else None
