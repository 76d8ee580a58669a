"""The provider ``causal``: a fine-tuned causal model that reads a whole report and answers with JSON.

Kikuchi et al., J Med Internet Res 2026;28:e86365.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from radnlp.api import AnswerError, ConfigError, Lexicon, ReportView, Schema, SentenceLabel, Settings
from radnlp_transformers.encoders.local import load_tokenizer, pretrained_encoder
from radnlp_transformers.encoders.machine import chosen_device, chosen_precision, limited, usable_threads
from radnlp_transformers.folder.card import read_card
from radnlp_transformers.folder.digest import digest
from radnlp_transformers.folder.refusals import check_folder
from radnlp_transformers.keys.scorer import Options
from radnlp_transformers.sentences.prompt import prompt, prompt_ids, read_answer

KIND = "sentences-causal"
#: Tokens of an answer for one sentence (`"12": 1, `), more than enough, and of what stands around.
_EACH, _AROUND = 10, 16


class CausalSentenceClassifier:
    """Labels the sentences of a report, one report at a time; there is no score.

    A report whose answer cannot be parsed raises, so that the stage gives it an issue and no labels. What was answered
    is kept for the stage's second try, which goes report by report.

    Args:
        model: A causal model of transformers.
        tokenizer: Its tokenizer.
        schema: The classes.
        options: How to run it.
        model_digest: Of the model's folder.
    """

    def __init__(self, model: Any, tokenizer: Any, schema: Schema, options: Options, *, model_digest: str = "") -> None:
        self._model_digest = model_digest
        device = chosen_device(options.device)
        self._model = model.to(device, chosen_precision(options.precision, device)).eval()
        self._device, self._tokenizer, self._schema = device, tokenizer, schema
        self._classes = [row.id for row in schema.sentence_classes]
        self._threads, self._process = usable_threads(options.threads), os.getpid()
        self._answered: dict[tuple[str, ...], str] = {}

    @property
    def about(self) -> dict[str, str]:
        """The model's digest, for the provenance."""
        return {"model": self._model_digest}

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view, with one label for each of its sentences.

        Raises:
            AnswerError: An answer that cannot be parsed.
        """
        rows = [tuple(view.report.text[s.start : s.end] for s in view.sentences) for view in views]
        known = self._answered
        self._answered = {row: known[row] if row in known else self._ask(row) for row in rows if row}
        return [self._read(row) if row else () for row in rows]

    def _read(self, sentences: tuple[str, ...]) -> tuple[SentenceLabel, ...]:
        labels = read_answer(self._answered[sentences], sentences=len(sentences), classes=self._classes)
        return tuple(SentenceLabel(label=label) for label in labels)

    def _ask(self, sentences: tuple[str, ...]) -> str:
        ids = torch.tensor([prompt_ids(self._tokenizer, prompt(sentences, self._schema))], device=self._device)
        most = _EACH * len(sentences) + _AROUND
        room = getattr(self._model.config, "max_position_embeddings", 0)
        if room and ids.shape[1] + most > room:
            raise AnswerError(
                f"the report and its answer need {ids.shape[1] + most} tokens; the model reads {room}. It has no labels"
            )
        threads = self._threads if os.getpid() == self._process else 1  # see Scorer.score
        with torch.inference_mode(), limited(threads):
            written = self._model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=most,
                do_sample=False,
                pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
            )
        return str(self._tokenizer.decode(written[0, ids.shape[1] :], skip_special_tokens=True))


def build(schema: Schema, lexicon: Lexicon, settings: Settings) -> CausalSentenceClassifier:
    """The classifier of a schema.

    Raises:
        ConfigError: No model, one that is refused, or a setting that cannot be.
    """
    path = settings.get("model_path")
    if not path:
        raise ConfigError(
            "causal needs a model: --set sentence_classes.model_path=FOLDER (radnlp train causal makes one)"
        )
    folder = Path(str(path))
    check_folder(folder)
    card = read_card(folder)
    if card.kind != KIND:
        raise ConfigError(f"{folder}: a model for {card.kind!r}; here one for {KIND!r} is needed")
    card.check(folder, schema=schema, allowed=[row.id for row in schema.sentence_classes])
    if card.digest != digest(folder):
        raise ConfigError(f"{folder}: the files are not those that its card was written for; copy the folder again")
    model = pretrained_encoder(folder, kind=AutoModelForCausalLM)
    options = Options.of("sentence_classes", settings)
    tokenizer = load_tokenizer(folder, offsets=False)
    return CausalSentenceClassifier(model, tokenizer, schema, options, model_digest=card.digest)
