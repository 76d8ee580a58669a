"""The machine a model runs on: device, number format, threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from radnlp.api import ConfigError

DEVICES = ("auto", "cpu", "cuda")
PRECISIONS = ("auto", "float32", "bfloat16")


def chosen_device(name: str) -> torch.device:
    """The device of a name; ``auto`` takes the first GPU where there is one.

    Raises:
        ConfigError: Another name, or ``cuda`` where there is no GPU.
    """
    if name not in DEVICES:
        raise ConfigError(f"device {name!r}: must be one of {', '.join(DEVICES)}")
    there = torch.cuda.is_available()
    if name == "cuda" and not there:
        raise ConfigError("device 'cuda': torch sees no GPU here (a CPU build of torch has none); take cpu or auto")
    return torch.device("cuda" if there and name != "cpu" else "cpu")


def chosen_precision(name: str, device: torch.device) -> torch.dtype:
    """The number format of an encoder.

    ``auto`` takes bfloat16 where the hardware multiplies it, else float32. On a CPU with AVX-512-BF16 a MiniLM-size
    encoder is about twice as fast in bfloat16; scores then differ by some thousandths.

    Raises:
        ConfigError: Another name.
    """
    if name not in PRECISIONS:
        raise ConfigError(f"precision {name!r}: must be one of {', '.join(PRECISIONS)}")
    if name == "float32" or (name == "auto" and not multiplies_bfloat16(device)):
        return torch.float32
    return torch.bfloat16


def multiplies_bfloat16(device: torch.device) -> bool:
    """Whether the hardware has instructions for bfloat16; without them it is slower than float32."""
    if device.type == "cuda":
        return torch.cuda.get_device_capability(device) >= (8, 0)
    asked = (getattr(torch.cpu, f"_is_{name}_supported", None) for name in ("avx512_bf16", "amx_tile"))
    return any(bool(ask()) for ask in asked if ask is not None)


def usable_threads(wanted: int) -> int:
    """How many threads to use; 0 asks for as many as this process has CPUs.

    Raises:
        ConfigError: A negative number.
    """
    if wanted < 0:
        raise ConfigError(f"threads {wanted}: must be 0 (all this process may use) or more")
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return wanted or allowed


@contextmanager
def limited(threads: int) -> Iterator[None]:
    """Use so many threads for as long as the block runs; torch's number is one for the whole process."""
    before = torch.get_num_threads()
    if threads != before:
        torch.set_num_threads(threads)
    try:
        yield
    finally:
        if threads != before:
            torch.set_num_threads(before)
