"""The lines about llama_cpp itself: is it there, for which hardware was it built, which devices does it see."""

from __future__ import annotations

import ctypes
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radnlp.api import CheckLine, ConfigError
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.model import NO_DEVICE

#: Part of a library's file name -> what a build with it runs on.
_BACKENDS = {
    "cuda": "CUDA",
    "metal": "Metal",
    "vulkan": "Vulkan",
    "hip": "ROCm",
    "sycl": "SYCL",
    "opencl": "OpenCL",
    "musa": "MUSA",
    "cann": "CANN",
}
#: ggml's types of devices that hold layers: a graphics card, one that is part of the processor.
_HOLDS_LAYERS = (1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Something that ggml computes on.

    Attributes:
        kind: ggml's number: 0 the CPU, 1 a GPU, 2 one that is part of the processor, 3 an accelerator of the CPU.
        free: Bytes of its memory that are free, and ``total`` of all.
    """

    name: str
    description: str
    kind: int
    free: int
    total: int


def look_at_library() -> list[CheckLine]:
    """The lines; the first one alone when llama_cpp is not there."""
    try:
        library = llama_library()
    except ConfigError as error:
        return [CheckLine(name="llama_cpp", state="failed", words=str(error))]
    version = str(library.__version__)
    there = CheckLine(name="llama_cpp", state="ok", words=f"llama_cpp {version}", values={"version": version})
    found = devices()
    return [there, built_for(backends(library), graphics_card=bool(shutil.which("nvidia-smi"))), seen(found)]


def backends(library: Any) -> list[str]:
    """What this build of llama_cpp can put layers on, beside the CPU."""
    folder = Path(str(library.__file__)).parent / "lib"
    names = [path.name.lower() for path in folder.glob("*ggml-*")]
    found = [title for part, title in _BACKENDS.items() if any(f"ggml-{part}" in name for name in names)]
    information = library.llama_print_system_info().decode("utf-8", "replace")
    return found or [title for title in _BACKENDS.values() if f"{title} :" in information]


def built_for(found: list[str], *, graphics_card: bool) -> CheckLine:
    """The line about the build; a warning where there is a card that it cannot use."""
    values = {title.lower(): title in found for title in ("CUDA", "Metal", "Vulkan")}
    if found:
        return CheckLine(name="build", state="ok", words=f"built for {', '.join(found)} and the CPU", values=values)
    if graphics_card:
        return CheckLine(name="build", state="warning", words=NO_DEVICE, values=values)
    return CheckLine(name="build", state="ok", words="built for the CPU only; no graphics card is seen", values=values)


def seen(found: list[Device] | None) -> CheckLine:
    """The line about devices."""
    if found is None:
        words = "this version of llama_cpp does not tell which devices it sees"
        return CheckLine(name="devices", state="warning", words=words)
    cards = [device for device in found if device.kind in _HOLDS_LAYERS]
    named = [
        f"{card.name} ({card.description}, {card.free / 2**30:.1f} of {card.total / 2**30:.1f} GiB free)"
        for card in cards
    ]
    words = f"layers can go to {', '.join(named)}" if cards else "no device but the CPU"
    return CheckLine(name="devices", state="ok", words=words, values={"devices": len(cards), "names": "; ".join(named)})


def devices() -> list[Device] | None:
    """What ggml computes on, the CPU among it; None when this version of llama_cpp cannot be asked."""
    try:
        from llama_cpp._ggml import libggml

        text, size = ctypes.c_char_p, ctypes.c_size_t
        count = _function(libggml, "ggml_backend_dev_count", size)
        get = _function(libggml, "ggml_backend_dev_get", ctypes.c_void_p, size)
        name = _function(libggml, "ggml_backend_dev_name", text, ctypes.c_void_p)
        description = _function(libggml, "ggml_backend_dev_description", text, ctypes.c_void_p)
        kind = _function(libggml, "ggml_backend_dev_type", ctypes.c_int, ctypes.c_void_p)
        pointer = ctypes.POINTER(size)
        memory = _function(libggml, "ggml_backend_dev_memory", None, ctypes.c_void_p, pointer, pointer)
    except (ImportError, AttributeError):
        return None
    found = []
    for number in range(count()):
        handle, free, total = get(number), size(), size()
        memory(handle, ctypes.byref(free), ctypes.byref(total))
        words = [part.decode("utf-8", "replace") for part in (name(handle), description(handle))]
        found.append(Device(name=words[0], description=words[1], kind=kind(handle), free=free.value, total=total.value))
    return found


def _function(library: Any, name: str, gives: Any, *takes: Any) -> Any:
    """A function of the library, as a value of its own: others may have given theirs other types."""
    address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(gives, *takes)(address)
