"""Encoder and head as one module, and the same as a folder."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from radnlp.api import ConfigError
from radnlp_transformers.encoders.local import blank_encoder, load_config, load_tokenizer
from radnlp_transformers.folder.card import Card, read_card, write_card
from radnlp_transformers.folder.digest import digest
from radnlp_transformers.folder.refusals import WEIGHTS, check_folder


class KeyModel(nn.Module):
    """An encoder with a head.

    Args:
        encoder: A transformers encoder; ``encoder.config`` is its configuration.
        head: Reads the encoder's states.
    """

    def __init__(self, encoder: Any, head: Any) -> None:
        super().__init__()
        self.encoder, self.head = encoder, head

    @property
    def config(self) -> Any:
        """The encoder's configuration."""
        return self.encoder.config

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The encoder's last states in float32, shape (windows, tokens, width), whatever it computes in."""
        last: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return last.float()


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """What a model folder holds, loaded."""

    model: KeyModel
    tokenizer: Any
    card: Card


def save(folder: Path, model: KeyModel, tokenizer: Any, card: Card) -> Card:
    """Write config, tokenizer, ``model.safetensors`` and card; the folder is there whole or not at all.

    Returns:
        The card with the digest of what was written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place:
        made = Path(place) / "model"
        made.mkdir()
        model.config.save_pretrained(str(made))
        tokenizer.save_pretrained(str(made))
        tensors = {name: value.detach().float().cpu().contiguous() for name, value in model.state_dict().items()}
        save_file(tensors, str(made / WEIGHTS), metadata={"format": "pt"})
        card = dataclasses.replace(card, digest=digest(made))
        write_card(card, made)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    return card


def load(folder: Path, head: Any, *, kind: str, offsets: bool = True) -> Stored:
    """Read a model folder.

    Args:
        folder: As :func:`save` wrote it.
        head: From width and number of answers to the head to fill.
        kind: What it must answer; see :class:`Card`.
        offsets: Whether the places of tokens are needed.

    Raises:
        ConfigError: Something in it could run code, is missing, damaged, changed, or does not fit together.
    """
    check_folder(folder)
    card = read_card(folder)
    if card.kind != kind:
        raise ConfigError(f"{folder}: a model for {card.kind!r}; here one for {kind!r} is needed")
    if card.digest != digest(folder):
        raise ConfigError(f"{folder}: the files are not those that its card was written for; copy the folder again")
    config = load_config(folder)
    with torch.random.fork_rng(devices=[]):  # fresh weights are thrown away; the caller's random numbers stay
        model = KeyModel(blank_encoder(config), head(config.hidden_size, len(card.answers)))
    try:
        model.load_state_dict(load_file(str(folder / WEIGHTS)), strict=True)
    except Exception as error:
        raise ConfigError(
            f"{folder / WEIGHTS}: not the weights of this config.json ({type(error).__name__}); train again"
        ) from None
    return Stored(model.eval(), load_tokenizer(folder, offsets=offsets), card)
