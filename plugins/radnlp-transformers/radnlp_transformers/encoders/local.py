"""Encoders and tokenizers from local folders. Nothing is downloaded, no code of a folder is run, no pickle is read."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import MODEL_MAPPING, AutoConfig, AutoModel, AutoTokenizer
from transformers.utils import logging

from radnlp.api import ConfigError
from radnlp_transformers.folder.refusals import WEIGHTS, check_config, check_weights

#: What a folder's files may raise when they are not what they should be.
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError)


def load_config(folder: Path) -> Any:
    """The encoder's configuration (``config.json``).

    Raises:
        ConfigError: It cannot be read, or names an architecture that transformers does not have.
    """
    check_config(folder)
    try:
        return AutoConfig.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    except _DAMAGED as error:
        raise ConfigError(
            f"{folder / 'config.json'}: transformers cannot make an encoder of this ({type(error).__name__})"
        ) from None


def load_tokenizer(folder: Path, *, offsets: bool = True) -> Any:
    """The tokenizer of a folder.

    Args:
        folder: With ``tokenizer.json``, or what the tokenizer's own class needs.
        offsets: Whether the places of tokens are needed; then only a fast tokenizer will do.

    Raises:
        ConfigError: There is none, it cannot be read, or it cannot tell places.
    """
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(  # type: ignore[no-untyped-call]
            str(folder), local_files_only=True, trust_remote_code=False
        )
    except _DAMAGED as error:
        raise ConfigError(
            f"{folder}: no tokenizer that transformers can read ({type(error).__name__}); the folder needs "
            "tokenizer.json (radnlp train tokenizer makes one)"
        ) from None
    if offsets and not tokenizer.is_fast:
        raise ConfigError(
            f"{folder}: the tokenizer {type(tokenizer).__name__} cannot say where its tokens stand in the text; take "
            "an encoder with a tokenizer.json"
        )
    return tokenizer


def blank_encoder(config: Any) -> nn.Module:
    """The encoder of a configuration, with fresh weights and, where it can be had, without an unused pooler."""
    encoder: nn.Module = AutoModel.from_config(config, **_without_pooler(config))  # type: ignore[no-untyped-call]
    return encoder


def pretrained_encoder(folder: Path, *, kind: Any = None) -> Any:
    """The encoder of a Hugging Face folder with its weights, in float32.

    Args:
        folder: With ``config.json`` and weights as safetensors.
        kind: The transformers class to load it as, e.g. ``AutoModelForMaskedLM``; None for the bare encoder.

    Raises:
        ConfigError: Weights that are not there as safetensors, damaged, or do not belong to the configuration.
    """
    config = load_config(folder)
    check_safe(folder)
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False, "use_safetensors": True}
    if kind is None:
        options |= _without_pooler(config)
    try:
        with _quiet():  # what matters of its warnings about weights is checked below
            model, told = (kind or AutoModel).from_pretrained(
                str(folder), config=config, torch_dtype=torch.float32, output_loading_info=True, **options
            )
    except _DAMAGED as error:
        raise ConfigError(f"{folder}: the weights do not belong to config.json ({type(error).__name__})") from None
    encoder = "" if kind is None else f"{model.base_model_prefix}."
    if missing := sorted(name for name in told["missing_keys"] if name.startswith(encoder)):
        raise ConfigError(
            f"{folder}: {WEIGHTS} lacks {len(missing)} weights that config.json asks for, {missing[0]!r} among them; "
            "they would be random numbers. Copy the whole model again"
        )
    return model


@contextmanager
def _quiet() -> Iterator[None]:
    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(before)


def _without_pooler(config: Any) -> dict[str, bool]:
    if type(config) not in MODEL_MAPPING:
        raise ConfigError(f"transformers has no encoder for the model type {config.model_type!r}")
    kind: Any = MODEL_MAPPING[type(config)]
    first = kind[0] if isinstance(kind, (list, tuple)) else kind
    return {"add_pooling_layer": False} if "add_pooling_layer" in inspect.signature(first).parameters else {}


def check_safe(folder: Path) -> None:
    """Whether a Hugging Face folder has its weights as safetensors, whole.

    Raises:
        ConfigError: It has only a pickle, named; or no weights; or damaged ones.
    """
    if (folder / WEIGHTS).exists():
        check_weights(folder / WEIGHTS)
        return
    if (folder / f"{WEIGHTS}.index.json").exists():
        for part in sorted(folder.glob("model-*.safetensors")):
            check_weights(part)
        return
    pickles = [path.name for path in sorted(folder.iterdir()) if path.suffix in (".bin", ".pt", ".pth", ".ckpt")]
    if pickles:
        raise ConfigError(
            f"{folder / pickles[0]}: a pickle can run code when it is loaded and is refused; convert the weights to "
            f"{WEIGHTS} (safetensors.torch.save_file) first"
        )
    raise ConfigError(f"{folder}: no {WEIGHTS} here; name a Hugging Face folder with config.json and {WEIGHTS}")
