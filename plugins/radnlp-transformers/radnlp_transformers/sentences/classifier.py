"""The provider ``bert`` for sentence classes: a fine-tuned encoder that reads a sentence among its neighbours."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from radnlp.api import ConfigError, Lexicon, ReportView, Schema, SentenceLabel, Settings
from radnlp_transformers.encoders.machine import chosen_device, chosen_precision, limited, usable_threads
from radnlp_transformers.keys.model import Stored, load
from radnlp_transformers.keys.scorer import Options
from radnlp_transformers.sentences.head import SentenceHead, of_sentences
from radnlp_transformers.sentences.pieces import Framer, Piece, collate

KIND = "sentences"


class BertSentenceClassifier:
    """Labels every sentence of a report; the score is the calibrated probability of the label, in [0, 1].

    Args:
        stored: As loaded from a model folder.
        options: How to run it.
    """

    def __init__(self, stored: Stored, options: Options) -> None:
        self._device = chosen_device(options.device)
        self._model = stored.model.to(self._device).eval()
        self._model.encoder.to(chosen_precision(options.precision, self._device))
        self._card = stored.card
        self._framer = Framer(stored.tokenizer, max_length=stored.card.max_length)
        self._padding = stored.tokenizer.pad_token_id or 0
        self._size, self._threads = options.batch_size, usable_threads(options.threads)
        self._process = os.getpid()

    @property
    def about(self) -> dict[str, str]:
        """The model's digest, for the provenance."""
        return {"model": self._card.digest}

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view, with one label for each of its sentences."""
        texts = [[view.report.text[s.start : s.end] for s in view.sentences] for view in views]
        pieces: list[Piece] = []
        first = 0
        for sentences in texts:
            pieces.extend(self._framer.pieces(sentences, first=first))
            first += len(sentences)
        if not pieces:
            return [() for _ in views]
        labels = iter(self._labels(pieces, first))
        return [tuple(next(labels) for _ in sentences) for sentences in texts]

    def _labels(self, pieces: Sequence[Piece], sentences: int) -> list[SentenceLabel]:
        threads = self._threads if os.getpid() == self._process else 1  # see Scorer.score
        with torch.inference_mode(), limited(threads):
            logits, owners = self._logits(sorted(pieces, key=lambda piece: len(piece.ids)))
            joined = of_sentences(logits, owners, sentences).double() / self._card.temperature
            shares = torch.softmax(joined, dim=1).cpu().numpy()
        return [
            SentenceLabel(label=self._card.answers[int(row.argmax())], score=round(float(row.max()), 4))
            for row in shares
        ]

    def _logits(self, pieces: Sequence[Piece]) -> tuple[Tensor, Tensor]:
        logits, owners = [], []
        for at in range(0, len(pieces), self._size):
            batch = collate(pieces[at : at + self._size], padding=self._padding).to(self._device)
            logits.append(self._model.head(self._model.states(batch.ids, batch.mask), batch.pooled))
            owners.append(batch.owner)
        return torch.cat(logits), torch.cat(owners)


def build(schema: Schema, lexicon: Lexicon, settings: Settings) -> BertSentenceClassifier:
    """The classifier of a schema.

    Raises:
        ConfigError: No model, one that is refused, or a setting that cannot be.
    """
    path = settings.get("model_path")
    if not path:
        raise ConfigError(
            "bert needs a model: --set sentence_classes.model_path=FOLDER (radnlp train sentences makes one)"
        )
    options = Options.of("sentence_classes", settings)
    folder = Path(str(path))
    stored = load(folder, SentenceHead, kind=KIND, offsets=False)
    stored.card.check(folder, schema=schema, allowed=[row.id for row in schema.sentence_classes])
    return BertSentenceClassifier(stored, options)
