"""A small causal model from scratch, for a place that has none: it reads reports and knows what an answer looks like.

Tokenizer and weights are learned from the prompts of unlabelled reports, each followed by the answer that the provider
`rules` would give. No label of a person goes in: what an instruction-tuned model knows of JSON this one knows from the
rules. The size is that of the encoders here (4 layers, width 256), in Llama's architecture.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from radnlp_transformers.labels.sentences import LabelledSentences
from radnlp_transformers.sentences.prompt import answer, prompt
from radnlp_transformers.training.causal import CausalTask
from radnlp_transformers.training.loop import Plan, train
from radnlp_transformers.training.tokenizer import train_tokenizer
from transformers import LlamaConfig, LlamaForCausalLM

from radnlp.api import ReportView, Schema
from radnlp.hooks import default_catalogue

LAYERS, WIDTH, HEADS, WINDOW = 4, 256, 4, 4096


class WholeTask(CausalTask):
    """Learning to write prompt and answer alike, so that the words of the reports are learned, too."""

    def _example(self, row: LabelledSentences) -> tuple[list[int], int]:
        ids, _ = super()._example(row)
        return ids, 1


def make_base(folder: Path, views: Sequence[ReportView], schema: Schema, *, epochs: int, bfloat16: bool) -> Path:
    """Write the base model, unless it is there; a tenth of the reports decides which epoch is best."""
    if folder.exists():
        return folder
    rules = default_catalogue().sentence_classifier("rules").item.factory(schema, None, {})  # type: ignore[arg-type]
    classes = [row.id for row in schema.sentence_classes]
    rows = [
        LabelledSentences(
            id=view.report.id,
            sentences=tuple(view.report.text[s.start : s.end] for s in view.sentences),
            labels=tuple(classes.index(label.label) for label in labels),
        )
        for view, labels in zip(views, rules.label(views), strict=True)
    ]
    texts = [prompt(row.sentences, schema) + answer(row.labels) for row in rows]
    tokenizer = train_tokenizer(texts, size=4000, lowercase=False, max_length=WINDOW)
    tokenizer.eos_token = "[SEP]"
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        max_position_embeddings=WINDOW,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.cls_token_id,
    )
    model, device = LlamaForCausalLM(config), torch.device("cpu")
    task = WholeTask(
        model,
        tokenizer,
        learned=[row for at, row in enumerate(rows) if at % 10],
        held_out=rows[::10],
        schema=schema,
        batch_size=4,
        seed=0,
        device=device,
        max_length=WINDOW,
    )
    plan = Plan(epochs=epochs, batch_size=4, learning_rate=1e-3, patience=epochs, bfloat16=bfloat16)
    checkpoint = folder.with_name(f".{folder.name}.checkpoint")
    progress = train(
        task, plan, folder=checkpoint, about={}, resume=True, device=device, show=lambda batches, label: batches
    )
    print(f"base: {len(tokenizer)} tokens, best epoch {progress.best + 1}, held-out loss {-progress.score:.3f}")
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder
