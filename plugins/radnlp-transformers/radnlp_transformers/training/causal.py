"""Fine-tuning a causal model by low-rank adapters to answer with the classes of a report's sentences.

Kikuchi et al., J Med Internet Res 2026;28:e86365: rank 16, alpha 32, dropout 0.05 on the seven projections.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoModelForCausalLM

from radnlp.api import AnswerError, ConfigError, PluginError, Report, ReportView, Schema, Sentence
from radnlp_transformers.encoders.local import load_tokenizer, pretrained_encoder
from radnlp_transformers.encoders.machine import chosen_device, limited, usable_threads
from radnlp_transformers.folder.card import Card, write_card
from radnlp_transformers.folder.digest import digest
from radnlp_transformers.keys.scorer import Options
from radnlp_transformers.labels.sentences import LabelledSentences
from radnlp_transformers.sentences.causal import CausalSentenceClassifier
from radnlp_transformers.sentences.prompt import answer, prompt, prompt_ids
from radnlp_transformers.training.fitting import HERE, Running, training_of
from radnlp_transformers.training.loop import Plan, grouped, shuffled, train

RANK, ALPHA, DROPOUT = 16, 32, 0.05
PROJECTIONS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_IGNORED = -100


class CausalTask:
    """Learning to write the answer behind the prompt; the score is the negative loss on held-out reports.

    Args:
        module: A causal model, with or without adapters.
        tokenizer: Its tokenizer, with an end-of-sequence token.
        learned: Reports to learn from.
        held_out: Reports to validate on.
        schema: The classes.
        batch_size: Reports of a batch.
        seed: Of the order of reports.
        device: Where the model is.
        max_length: Tokens of prompt and answer together.
    """

    def __init__(
        self,
        module: Any,
        tokenizer: Any,
        *,
        learned: Sequence[LabelledSentences],
        held_out: Sequence[LabelledSentences],
        schema: Schema,
        batch_size: int,
        seed: int,
        device: torch.device,
        max_length: int,
    ) -> None:
        self.module = module
        self._tokenizer, self._schema, self._longest = tokenizer, schema, max_length
        self._learned = [self._example(row) for row in learned]
        self._held_out = [self._example(row) for row in held_out]
        self._size, self._seed, self._device = batch_size, seed, device

    def batches(self, epoch: int) -> list[list[tuple[list[int], int]]]:
        """Reports in an order of the epoch's own."""
        return list(grouped(shuffled(self._learned, seed=self._seed, epoch=epoch), self._size))

    def loss(self, batch: Sequence[tuple[list[int], int]]) -> Tensor:
        """Cross-entropy of the answers' tokens, in nats."""
        shape = (len(batch), max(len(ids) for ids, _ in batch))
        ids, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        wanted = torch.full(shape, _IGNORED, dtype=torch.long)
        for row, (tokens, asked) in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
            wanted[row, asked : len(tokens)] = torch.tensor(tokens[asked:])
        moved = {"input_ids": ids, "attention_mask": mask, "labels": wanted}
        loss: Tensor = self.module(**{name: tensor.to(self._device) for name, tensor in moved.items()}).loss
        return loss

    def validate(self) -> Mapping[str, Any]:
        """Mean loss of the held-out reports."""
        losses = [float(self.loss(part)) for part in grouped(self._held_out, self._size)]
        mean = sum(losses) / len(losses)
        return {"validation_loss": round(mean, 6), "score": -mean}

    def _example(self, row: LabelledSentences) -> tuple[list[int], int]:
        """Token ids, and how many of them are the prompt."""
        asked = prompt_ids(self._tokenizer, prompt(row.sentences, self._schema))
        end = self._tokenizer.eos_token_id
        told = self._tokenizer(answer(row.labels), add_special_tokens=False)["input_ids"]
        if len(asked) + len(told) + 1 > self._longest:
            raise ConfigError(
                f"the report {row.id!r} needs {len(asked) + len(told) + 1} tokens with its answer, more than "
                f"--max-length {self._longest}; nothing is cut off: allow more, or take the report out"
            )
        return [*asked, *told, end], len(asked)


def adapted(base: Any) -> Any:
    """The model with fresh adapters on those of the seven projections that it has; all else is frozen.

    Raises:
        PluginError: peft is not installed.
        ConfigError: The model has none of the projections.
    """
    try:
        from peft import LoraConfig, get_peft_model
    except ModuleNotFoundError as error:
        raise PluginError(
            f"radnlp train causal needs {error.name}; pip install 'radnlp-transformers[causal]'"
        ) from None
    there = {name.rpartition(".")[2] for name, _ in base.named_modules()}
    targets = [name for name in PROJECTIONS if name in there]
    if not targets:
        raise ConfigError(f"this model has none of the projections {', '.join(PROJECTIONS)}; take another causal model")
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, lora_dropout=DROPOUT, target_modules=targets, task_type="CAUSAL_LM")
    return get_peft_model(base, config)


def fit_causal(
    learned: Sequence[LabelledSentences],
    held_out: Sequence[LabelledSentences],
    plan: Plan,
    *,
    card: Card,
    schema: Schema,
    model: Path,
    output: Path,
    checkpoint: Path,
    running: Running = HERE,
) -> Card:
    """Fine-tune, merge the adapters, ask about the held-out reports, write the folder.

    Args:
        learned: Reports to learn from.
        held_out: Reports for the choice of the epoch and for the scores of the card.
        plan: How to train.
        card: Schema, classes, window and data of the model to be.
        schema: The classes with their descriptions.
        model: A local Hugging Face folder of a causal model.
        output: The folder to write.
        checkpoint: Where the training keeps its state; the caller takes it away.
        running: Where and how.

    Returns:
        The card that was written; ``parse_failures`` among its scores.
    """
    device = chosen_device(running.device)
    tokenizer = load_tokenizer(model, offsets=False)
    torch.manual_seed(plan.seed)
    module = adapted(pretrained_encoder(model, kind=AutoModelForCausalLM)).to(device)
    task = CausalTask(
        module,
        tokenizer,
        learned=learned,
        held_out=held_out,
        schema=schema,
        batch_size=plan.batch_size,
        seed=plan.seed,
        device=device,
        max_length=card.max_length,
    )
    about = {"card": [card.schema, card.schema_version, *card.answers], "data": card.data["sha256"]}
    about |= {"model": module.config.to_json_string(), "max_length": card.max_length}
    with limited(usable_threads(running.threads)):
        progress = train(
            task, plan, folder=checkpoint, about=about, resume=running.resume, device=device, show=running.show
        )
    merged = module.merge_and_unload()
    asked = CausalSentenceClassifier(merged, tokenizer, schema, Options(threads=running.threads, device=running.device))
    told = {**training_of(plan, progress, model, DROPOUT), "rank": RANK, "alpha": ALPHA}
    card = dataclasses.replace(card, scores=measured(asked, held_out, card.answers), training=told)
    return _save(output, merged.cpu(), tokenizer, card)


def measured(
    classifier: CausalSentenceClassifier, rows: Sequence[LabelledSentences], answers: Sequence[str]
) -> dict[str, Any]:
    """Accuracy over all sentences, those of reports that were not parsed counted as wrong, and how many these are."""
    right = total = failed = 0
    for row in rows:
        total += len(row.labels)
        try:
            (labels,) = classifier.label([view_of(row)])
        except AnswerError:
            failed += 1
            continue
        right += sum(answers[n] == found.label for n, found in zip(row.labels, labels, strict=True))
    return {"accuracy": round(right / max(total, 1), 4), "reports": len(rows), "parse_failures": failed}


def view_of(row: LabelledSentences) -> ReportView:
    """A labelled report as a provider gets it."""
    sentences, at = [], 0
    for number, text in enumerate(row.sentences):
        sentences.append(Sentence(index=number, start=at, end=at + len(text)))
        at += len(text) + 1
    report = Report(id=row.id, text="\n".join(row.sentences))
    return ReportView(report=report, sections=(), sentences=tuple(sentences), mentions=())


def _save(folder: Path, model: Any, tokenizer: Any, card: Card) -> Card:
    made = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    model.save_pretrained(str(made), safe_serialization=True, max_shard_size="1TB")
    tokenizer.save_pretrained(str(made))
    card = dataclasses.replace(card, digest=digest(made))
    write_card(card, made)
    made.rename(folder)
    return card
