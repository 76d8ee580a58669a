"""The file of weights: arrays in numpy's ``.npz`` (never a pickle), and a card that says what they were made of."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radnlp.api import ConfigError
from radnlp_ja.linear.chain import Chain
from radnlp_ja.linear.encoding import BUCKETS
from radnlp_ja.linear.model import WINDOW, Weights
from radnlp_ja.linear.structure import EDGES
from radnlp_ja.linear.table import Table

#: Of the features and of the file; a file of another version is refused.
VERSION = 1
_TABLES = ("whole", "alone", "facts")
_CHAINS = ("first", "second")
_TABLE_FIELDS = ("buckets", "rarity", "weights", "scale", "bias")
_CHAIN_FIELDS = ("steps", "first", "last")
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile, zlib.error)
_AGAIN = "make the weights again with python -m radnlp_ja.training"


def save(weights: Weights, path: Path) -> None:
    """Write the file; the same weights give the same bytes."""
    card = {**weights.card, "labels": list(weights.labels), "edges": list(EDGES), "version": VERSION}
    arrays: dict[str, NDArray[Any]] = {
        "card": np.frombuffer(json.dumps(card, sort_keys=True).encode("ascii"), dtype=np.uint8),
        "window": weights.window.astype(np.float32),
    }
    for name in _TABLES:
        table: Table = getattr(weights, name)
        for field in _TABLE_FIELDS:
            arrays[f"{name}_{field}"] = getattr(table, field)
    for name in _CHAINS:
        chain: Chain = getattr(weights, name)
        for field in _CHAIN_FIELDS:
            arrays[f"{name}_chain_{field}"] = getattr(chain, field).astype(np.float32)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            content = BytesIO()
            np.save(content, np.ascontiguousarray(array), allow_pickle=False)
            # A fixed time: numpy's own savez writes the clock's.
            member = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(member, content.getvalue(), zipfile.ZIP_DEFLATED)


def load(path: Path) -> Weights:
    """Read the file.

    Raises:
        ConfigError: It is not there, damaged, of another version, or not a file of weights.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        card = json.loads(arrays["card"].tobytes())
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file of weights; reinstall radnlp-ja or name another") from None
    except _DAMAGED as error:
        raise ConfigError(
            f"{path}: no weights of the sentence classifier 'linear', or a damaged file ({type(error).__name__}); "
            f"reinstall radnlp-ja, or {_AGAIN}"
        ) from None
    version = card.get("version") if isinstance(card, dict) else None
    if version != VERSION or card.get("edges") != list(EDGES):
        raise ConfigError(
            f"{path}: weights of version {version!r} or for other features; this radnlp-ja reads version {VERSION}; "
            f"{_AGAIN}"
        )
    _check(path, arrays, len(card["labels"]))
    tables = {name: Table(**{field: arrays[f"{name}_{field}"] for field in _TABLE_FIELDS}) for name in _TABLES}
    chains = {
        name: Chain(**{field: arrays[f"{name}_chain_{field}"].astype(np.float64) for field in _CHAIN_FIELDS})
        for name in _CHAINS
    }
    return Weights(
        labels=tuple(card["labels"]),
        whole=tables["whole"],
        alone=tables["alone"],
        facts=tables["facts"],
        window=arrays["window"].astype(np.float64),
        first=chains["first"],
        second=chains["second"],
        card=card,
    )


def _check(path: Path, arrays: Mapping[str, NDArray[Any]], labels: int) -> None:
    for name, shape, kind in _wanted(arrays, labels):
        if name not in arrays:
            raise ConfigError(f"{path}: the array {name!r} is missing; {_AGAIN}")
        found = arrays[name]
        if found.shape != shape or found.dtype != kind:
            raise ConfigError(
                f"{path}: the array {name!r} is {found.dtype} {found.shape}; it must be {kind} {shape}; {_AGAIN}"
            )
    for name in _TABLES:
        buckets = arrays[f"{name}_buckets"].astype(np.int64)
        if len(buckets) and (buckets[-1] >= BUCKETS or not bool((np.diff(buckets) > 0).all())):
            raise ConfigError(f"{path}: the buckets of {name!r} do not rise; the file is damaged, reinstall radnlp-ja")


def _wanted(arrays: Mapping[str, NDArray[Any]], labels: int) -> Iterator[tuple[str, tuple[int, ...], str]]:
    yield "window", (len(WINDOW), labels, labels), "float32"
    for name in _TABLES:
        features = arrays[f"{name}_buckets"].size if f"{name}_buckets" in arrays else 0
        yield f"{name}_buckets", (features,), "uint32"
        yield f"{name}_rarity", (features,), "float16"
        yield f"{name}_weights", (features, labels), "int8"
        yield f"{name}_scale", (labels,), "float32"
        yield f"{name}_bias", (labels,), "float32"
    for name in _CHAINS:
        yield f"{name}_chain_steps", (len(EDGES), labels, labels), "float32"
        yield f"{name}_chain_first", (labels,), "float32"
        yield f"{name}_chain_last", (labels,), "float32"
