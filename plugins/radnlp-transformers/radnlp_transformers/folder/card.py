"""The model card: what a model was made for and of, as ``card.json`` beside its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError, Schema

CARD = "card.json"
#: Of card and weights; a folder of another version is refused.
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a trained model says of itself.

    Attributes:
        kind: What it answers: ``keys``, ``sentences``, or ``sentences-causal``.
        schema: Id of the schema it was trained for.
        schema_version: Version of that schema; a model of another one is refused.
        answers: What it answers, in the order of its outputs: key ids, or sentence class ids.
        thresholds: Answer -> calibrated probability from which it counts, in (0, 1).
        temperature: The logits are divided by it before the sigmoid or softmax; positive.
        max_length: Tokens of one window, special ones included.
        data: What it was trained on: counts, SHA-256, how the labels were made.
        scores: On the reports held out for validation.
        training: Options, seed, versions of what did the arithmetic.
        digest: SHA-256 of the other files; see :func:`radnlp_transformers.folder.digest.digest`.
    """

    kind: str
    schema: str
    schema_version: str
    answers: tuple[str, ...]
    thresholds: Mapping[str, float] = field(default_factory=dict)
    temperature: float = 1.0
    max_length: int = 512
    data: Mapping[str, Any] = field(default_factory=dict)
    scores: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    version: int = VERSION

    def check(self, path: Path, *, schema: Schema, allowed: Sequence[str]) -> None:
        """Whether the model can serve a schema.

        Args:
            path: The folder, for messages.
            schema: What the caller works with.
            allowed: Ids that the schema has for this kind of model.

        Raises:
            ConfigError: It is for another schema, or for another version of it.
        """
        if (self.schema, self.schema_version) != (schema.id, schema.version):
            raise ConfigError(
                f"{path}: a model for the schema {self.schema} {self.schema_version}; this is {schema.id} "
                f"{schema.version}. Take a model for it, or train one with radnlp train {self.kind}"
            )
        unknown = [answer for answer in self.answers if answer not in allowed]
        if unknown or not self.answers:
            raise ConfigError(
                f"{path}: the model answers {', '.join(unknown) or 'nothing'}, which the schema {schema.id!r} does "
                f"not have; it has {', '.join(allowed)}"
            )


def write_card(card: Card, folder: Path) -> None:
    """Write ``card.json``; the same card gives the same bytes."""
    content = asdict(card)
    text = json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    (folder / CARD).write_text(text, encoding="utf-8", newline="\n")


def read_card(folder: Path) -> Card:
    """Read ``card.json``.

    Raises:
        ConfigError: It is not there, no card, or of another version.
    """
    path = folder / CARD
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        version = rows["version"]
        if version != VERSION:
            raise ConfigError(f"{path}: a card of version {version!r}; this radnlp-transformers reads {VERSION}")
        card = Card(**{**rows, "answers": tuple(rows["answers"])})
    except FileNotFoundError:
        raise ConfigError(
            f"{folder}: no {CARD} here, so this is no model that radnlp train made; name the folder that it wrote"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: no model card, or a damaged one ({type(error).__name__}); train again") from None
    wrong = [name for name, share in card.thresholds.items() if not 0 < share < 1]
    if wrong or not card.temperature > 0 or card.max_length < 8:
        raise ConfigError(f"{path}: thresholds, temperature or max_length outside their range; train again")
    return card
