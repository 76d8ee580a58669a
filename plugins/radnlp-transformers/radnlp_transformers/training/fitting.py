"""From labelled reports and an encoder to a model folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import tokenizers  # type: ignore[import-untyped]
import torch
import transformers

from radnlp.api import ConfigError
from radnlp_transformers.encoders.local import load_tokenizer, pretrained_encoder
from radnlp_transformers.encoders.machine import chosen_device, limited, usable_threads
from radnlp_transformers.folder.card import Card
from radnlp_transformers.keys.head import AttentionHead
from radnlp_transformers.keys.model import KeyModel, save
from radnlp_transformers.keys.windows import Cutter
from radnlp_transformers.labels.rows import KeyData
from radnlp_transformers.labels.sentences import LabelledSentences
from radnlp_transformers.sentences.head import SentenceHead
from radnlp_transformers.sentences.pieces import Framer
from radnlp_transformers.training import calibration
from radnlp_transformers.training.checkpoint import Progress
from radnlp_transformers.training.keys import KeyTask, check_learnable, examples
from radnlp_transformers.training.loop import Plan, Show, train
from radnlp_transformers.training.sentences import SentenceTask, fitted_temperature
from radnlp_transformers.training.sentences import examples as sentence_examples
from radnlp_transformers.training.sentences import scores as sentence_scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Where and how the arithmetic is done: device, CPU threads (0 for all), resuming, and the progress bar."""

    device: str = "cpu"
    threads: int = 0
    resume: bool = False
    show: Show = lambda items, label: items


#: On the CPU, all of it, in silence.
HERE = Running()


def fit_keys(
    data: KeyData,
    plan: Plan,
    *,
    encoder: Path,
    output: Path,
    checkpoint: Path,
    max_length: int = 512,
    dropout: float = 0.1,
    running: Running = HERE,
) -> Card:
    """Fine-tune, calibrate, choose thresholds, write the folder.

    Args:
        data: Labelled reports.
        plan: How to train.
        encoder: A local Hugging Face folder to start from.
        output: The folder to write.
        checkpoint: Where the training keeps its state; the caller takes it away.
        max_length: Tokens of a window.
        dropout: Of the pooled state.
        running: Where and how.

    Returns:
        The card that was written.

    Raises:
        ConfigError: Keys that cannot be learned, an encoder that cannot be read, a checkpoint of another training.
    """
    check_learnable(data.learned, data.answers)
    device = chosen_device(running.device)
    tokenizer = load_tokenizer(encoder)
    torch.manual_seed(plan.seed)
    start = pretrained_encoder(encoder)
    model = KeyModel(start, AttentionHead(start.config.hidden_size, len(data.answers), dropout=dropout)).to(device)
    _check_room(start, max_length)
    cutter = Cutter(tokenizer, max_length=max_length)
    task = KeyTask(
        model,
        learned=examples(data.learned, cutter, data.answers),
        held_out=examples(data.held_out, cutter, data.answers),
        answers=data.answers,
        padding=tokenizer.pad_token_id or 0,
        batch_size=plan.batch_size,
        seed=plan.seed,
        device=device,
    )
    about = {
        "data": data.digest,
        "model": model.config.to_json_string(),
        "max_length": max_length,
        "dropout": dropout,
        "answers": list(data.answers),
    }
    with limited(usable_threads(running.threads)):
        progress = train(
            task, plan, folder=checkpoint, about=about, resume=running.resume, device=device, show=running.show
        )
        with torch.no_grad():
            logits, truths = task.held_out()
    card = calibrated(
        Card(
            kind="keys",
            schema=data.schema,
            schema_version=data.schema_version,
            answers=data.answers,
            max_length=max_length,
            data={"reports": len(data.learned), "held_out": len(data.held_out), "sha256": data.digest},
            training=training_of(plan, progress, encoder, dropout),
        ),
        logits,
        truths,
    )
    return save(output, model.cpu(), tokenizer, card)


def fit_sentences(
    learned: Sequence[LabelledSentences],
    held_out: Sequence[LabelledSentences],
    plan: Plan,
    *,
    card: Card,
    encoder: Path,
    output: Path,
    checkpoint: Path,
    dropout: float = 0.1,
    running: Running = HERE,
) -> Card:
    """Fine-tune on labelled sentences, calibrate, write the folder.

    Args:
        learned: Reports to learn from.
        held_out: Reports for early stopping and calibration.
        plan: How to train.
        card: Schema, classes, window and data of the model to be.
        encoder: A local Hugging Face folder to start from.
        output: The folder to write.
        checkpoint: Where the training keeps its state; the caller takes it away.
        dropout: Of the pooled state.
        running: Where and how.

    Returns:
        The card that was written.

    Raises:
        ConfigError: An encoder that cannot be read, a checkpoint of another training.
    """
    device = chosen_device(running.device)
    tokenizer = load_tokenizer(encoder, offsets=False)
    torch.manual_seed(plan.seed)
    start = pretrained_encoder(encoder)
    _check_room(start, card.max_length)
    model = KeyModel(start, SentenceHead(start.config.hidden_size, len(card.answers), dropout=dropout)).to(device)
    framer = Framer(tokenizer, max_length=card.max_length)
    task = SentenceTask(
        model,
        learned=sentence_examples(learned, framer),
        held_out=sentence_examples(held_out, framer),
        answers=card.answers,
        padding=tokenizer.pad_token_id or 0,
        batch_size=plan.batch_size,
        seed=plan.seed,
        device=device,
    )
    about = {"card": [card.schema, card.schema_version, *card.answers], "data": card.data["sha256"]}
    about |= {"model": model.config.to_json_string(), "max_length": card.max_length, "dropout": dropout}
    with limited(usable_threads(running.threads)):
        progress = train(
            task, plan, folder=checkpoint, about=about, resume=running.resume, device=device, show=running.show
        )
        with torch.no_grad():
            logits, truths = task.held_out()
    heat = round(fitted_temperature(logits, truths), 6)
    found = sentence_scores(logits, truths, card.answers)
    told = training_of(plan, progress, encoder, dropout)
    return save(output, model.cpu(), tokenizer, replace(card, temperature=heat, scores=found, training=told))


def _check_room(encoder: Any, max_length: int) -> None:
    room = getattr(encoder.config, "max_position_embeddings", max_length)
    if max_length > room:
        raise ConfigError(
            f"windows of {max_length} tokens: this encoder reads {room} at most; give --max-length {room}"
        )


def training_of(plan: Plan, progress: Progress, encoder: Path, dropout: float) -> dict[str, Any]:
    """What a card says of the training."""
    return {
        **asdict(plan),
        "dropout": dropout,
        "encoder": encoder.name,
        "losses": [round(row["loss"], 6) for row in progress.epochs],
        "best_epoch": progress.best + 1,
        "versions": versions(),
    }


def calibrated(card: Card, logits: calibration.Floats, truths: calibration.Truths) -> Card:
    """The card with temperature, thresholds and scores from held-out reports."""
    heat = round(calibration.temperature(logits, truths), 6)
    shares = calibration.sigmoid(logits / heat)
    limits = calibration.thresholds(shares, truths).round(6)
    return replace(
        card,
        temperature=heat,
        thresholds=dict(zip(card.answers, map(float, limits), strict=True)),
        scores=calibration.scores(shares, truths, limits, card.answers),
    )


def versions() -> dict[str, Any]:
    """Of what does the arithmetic."""
    return {
        "torch": str(torch.__version__),
        "transformers": transformers.__version__,
        "tokenizers": tokenizers.__version__,
    }
