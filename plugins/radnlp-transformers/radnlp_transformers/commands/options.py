"""Options that the parts of ``radnlp train`` share."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from radnlp.api import CommandHost, ConfigError

DEVICES = ("auto", "cpu", "cuda")


def positive(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r}: a whole number from 1 on")
    return int(text)


def add_training_options(
    parser: ArgumentParser, *, epochs: int, batch_size: int, learning_rate: float, patience: int
) -> None:
    """``--epochs --batch-size --learning-rate --patience --seed --device --threads --bfloat16 --resume``."""
    group = parser.add_argument_group("training")
    group.add_argument("--epochs", type=positive, default=epochs, metavar="N", help=f"at most (default: {epochs})")
    group.add_argument("--batch-size", type=positive, default=batch_size, metavar="N", help=f"default: {batch_size}")
    group.add_argument(
        "--learning-rate", type=float, default=learning_rate, metavar="X", help=f"at its highest ({learning_rate:g})"
    )
    group.add_argument(
        "--patience", type=positive, default=patience, metavar="N", help=f"epochs without gain ({patience})"
    )
    group.add_argument("--seed", type=int, default=0, metavar="N", help="same seed, same losses on one thread (0)")
    group.add_argument("--device", choices=DEVICES, default="auto", help="default: the GPU where there is one")
    group.add_argument("--threads", type=int, default=0, metavar="N", help="of the CPU; 0 for all (default)")
    group.add_argument("--bfloat16", action="store_true", help="compute in bfloat16 (hardware that has it)")
    group.add_argument("--resume", action="store_true", help="go on from the last finished epoch of OUTPUT")


def checkpoint_of(output: Path) -> Path:
    """Where the checkpoint of a training lies while it runs, beside its output."""
    return output.with_name(f".{output.name}.checkpoint")


def refuse_existing(output: Path) -> None:
    """A finished folder is not written over.

    Raises:
        ConfigError: There is one.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise ConfigError(f"{output}: is there already; name another folder, or remove this one first")


def texts_of(options: Namespace, host: CommandHost) -> list[str]:
    """The texts of the input, without those that cannot be read or say nothing.

    Raises:
        ConfigError: None is left.
    """
    reports = host.read_reports(*options.inputs, encoding=options.encoding)
    texts = [report.text for report in reports if report.readable and report.text.strip()]
    if not texts:
        raise ConfigError(f"{', '.join(options.inputs)}: not one report with a word in it")
    return texts


def split(items: Sequence[Any], *, share: float, seed: int, names: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Items to learn from, and a share of them to hold out; at least one of each.

    Which are held out hangs on their names and the seed, not on their order.

    Raises:
        ConfigError: There are fewer than two, or the share is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ConfigError(f"a share of {share} to hold out: must be between 0 and 1, e.g. 0.2")
    if len(items) < 2:
        raise ConfigError(f"{len(items)} report to train on: at least two are needed, one of them to validate with")

    def lot(number: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{names[number]}".encode("utf-8", "surrogatepass")).digest()

    order = sorted(range(len(items)), key=lambda number: (lot(number), number))
    count = min(max(1, round(share * len(items))), len(items) - 1)
    held = set(order[:count])
    return [item for at, item in enumerate(items) if at not in held], [items[at] for at in sorted(held)]


def digest_of(rows: Iterable[str]) -> str:
    """SHA-256 of some texts in their order."""
    whole = hashlib.sha256()
    for row in rows:
        whole.update(row.encode("utf-8", "surrogatepass") + b"\0")
    return whole.hexdigest()


def shown(host: CommandHost) -> Any:
    """The host's progress bar, as the training loop wants it."""

    def show(items: Sequence[Any], label: str) -> Iterator[Any]:
        return host.progress(items, label=label, total=len(items))

    return show
