"""``radnlp_bert_keys``: a spacy-transformers ``Transformer`` with the attention-pooling head on top.

Training goes through spaCy (``spacy train``, thinc's optimizer, gradients through the Transformer); prediction through
the same scorer as everywhere, over the same torch modules. What is written is a model folder of this package, not the
pickle that spacy-transformers writes, and the provider ``bert`` reads it.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import srsly
import torch
from spacy.language import Language
from spacy.scorer import Scorer as SpacyScorer
from spacy.tokens import Doc
from spacy.training import Example, validate_examples
from spacy_transformers.data_classes import FullTransformerBatch, HFObjects
from spacy_transformers.layers import TransformerModel
from spacy_transformers.pipeline_component import Transformer
from thinc.api import Optimizer, get_torch_default_device, set_dropout_rate, torch2xp, xp2torch
from transformers.modeling_outputs import BaseModelOutput

from radnlp.api import ConfigError
from radnlp_transformers.encoders.local import load_tokenizer, pretrained_encoder
from radnlp_transformers.folder.card import Card
from radnlp_transformers.keys.classifier import KIND
from radnlp_transformers.keys.head import AttentionHead
from radnlp_transformers.keys.model import KeyModel, Stored, load, save
from radnlp_transformers.keys.scorer import Options, Scorer
from radnlp_transformers.keys.windows import Cutter
from radnlp_transformers.spacy_pipe.head import thinc_head
from radnlp_transformers.spacy_pipe.windows import span_getter
from radnlp_transformers.training import calibration
from radnlp_transformers.training.fitting import calibrated


class BertKeys(Transformer):
    """Writes the calibrated probability of each key to ``doc.cats``; learns from ``doc.cats`` of 0 or 1.

    Args:
        nlp: Its vocabulary.
        name: Of the component.
        card: Schema, keys and window of the model to be; thresholds and temperature come with evaluation.
        encoder: The Hugging Face folder that ``initialize`` starts from; None when the model is read from disk.
        dropout: Of the pooled state, while training.
        max_batch_items: Tokens of a padded batch.
    """

    def __init__(
        self, nlp: Language, name: str, card: Card, *, encoder: Path | None, dropout: float, max_batch_items: int
    ) -> None:
        blank = TransformerModel("", lambda docs: [[doc[:]] for doc in docs], {"use_fast": True}, {})
        super().__init__(nlp.vocab, blank, name=name, max_batch_items=max_batch_items)
        self._encoder, self._dropout = encoder, dropout
        self._card = card
        self._stored: Stored | None = None
        self._scorer: Scorer | None = None
        self._head: Any = None

    @property
    def is_trainable(self) -> bool:
        """Yes."""
        return True

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None) -> None:
        """Start from the encoder's folder with a fresh head.

        Raises:
            ConfigError: There is no encoder to start from, or it cannot be read.
        """
        if self._encoder is None:
            raise ConfigError(f"{self.name}: no encoder to start from; set components.{self.name}.encoder to a folder")
        tokenizer = load_tokenizer(self._encoder)
        start = pretrained_encoder(self._encoder)
        head = AttentionHead(start.config.hidden_size, len(self._card.answers), dropout=self._dropout)
        self._take(Stored(KeyModel(start, head), tokenizer, self._card))

    def predict(self, docs: Iterable[Doc]) -> Any:
        """Calibrated probabilities, shape (docs, keys)."""
        texts = [doc.text for doc in docs]
        found = self._ready().score(texts)
        return np.array([scores.probabilities for scores in found]).reshape(len(texts), len(self._card.answers))

    def set_annotations(self, docs: Iterable[Doc], predictions: Any) -> None:
        """Fill ``doc.cats``; a report without a word has 0 for every key."""
        for doc, row in zip(docs, predictions, strict=True):
            shares = row if doc.text.strip() else np.zeros(len(row))
            doc.cats.update(zip(self._card.answers, map(float, shares), strict=True))

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """One step: binary cross-entropy of every key, back through head and Transformer."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        rows = list(examples)
        validate_examples(rows, f"{self.name}.update")
        kept = [example for example in rows if len(example.predicted)]
        if not kept:
            return losses
        set_dropout_rate(self.model, drop)
        read, back = self.model.begin_update([example.predicted for example in kept])
        mask = xp2torch(read.wordpieces.attention_mask)
        owner = torch.tensor([number for number, spans in enumerate(read.spans) for _ in spans], device=mask.device)
        states: Any = read.model_output["last_hidden_state"]
        logits, back_to_states = self._head.begin_update((torch2xp(states.detach()), mask, owner, len(kept)))
        truths = np.array([[float(eg.reference.cats.get(key, 0.0)) for key in self._card.answers] for eg in kept])
        shares = calibration.sigmoid(np.asarray(_on_cpu(logits), dtype=np.float64))
        gradient = self._head.ops.asarray2f((shares - truths) / truths.size)
        d_states: Any = xp2torch(back_to_states(gradient))
        output = BaseModelOutput(last_hidden_state=d_states)
        back(FullTransformerBatch(read.spans, read.wordpieces, output, read.align))
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += calibration.surprise(np.asarray(_on_cpu(logits), dtype=np.float64), truths > 0.5)
        return losses

    def finish_update(self, sgd: Optimizer) -> None:
        """Let the optimizer change the weights of Transformer and head."""
        self.model.finish_update(sgd)
        self._head.finish_update(sgd)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Macro F1 and more of ``doc.cats``; chooses temperature and thresholds on these very reports.

        spaCy evaluates on the held-out reports before it writes a model, so that is what the card then says.
        """
        rows = list(examples)
        if rows:
            shares = np.array([[eg.predicted.cats[key] for key in self._card.answers] for eg in rows])
            truths = np.array([[eg.reference.cats.get(key, 0.0) > 0.5 for key in self._card.answers] for eg in rows])
            inside = np.clip(shares, 1e-9, 1 - 1e-9)
            logits = np.log(inside / (1 - inside)) * self._card.temperature
            self._give(dataclasses.replace(calibrated(self._card, logits, truths), data={"held_out": len(rows)}))
        found: dict[str, Any] = SpacyScorer.score_cats(
            rows, "cats", labels=self._card.answers, multi_label=True, threshold=0.5
        )
        return found

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model folder: config, tokenizer, ``model.safetensors``, card."""
        stored = self._loaded()
        self._give(save(Path(path), stored.model, stored.tokenizer, self._card))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> BertKeys:
        """Read a model folder, as the provider ``bert`` does.

        Raises:
            ConfigError: It is refused; see :func:`radnlp_transformers.keys.model.load`.
        """
        self._take(load(Path(path), AttentionHead, kind=KIND))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The files of the model folder, packed."""
        with tempfile.TemporaryDirectory() as place:
            self.to_disk(Path(place) / "model")
            files = {file.name: file.read_bytes() for file in sorted((Path(place) / "model").iterdir())}
        packed: bytes = srsly.msgpack_dumps(files)
        return packed

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> BertKeys:
        """The reverse of :meth:`to_bytes`."""
        with tempfile.TemporaryDirectory() as place:
            files: Mapping[str, bytes] = srsly.msgpack_loads(content)
            for name, data in files.items():
                (Path(place) / Path(name).name).write_bytes(data)
            return self.from_disk(place)

    def _take(self, stored: Stored) -> None:
        """Put torch modules under spaCy's Transformer and thinc's head: shared, not copied."""
        cutter = Cutter(stored.tokenizer, max_length=stored.card.max_length)
        self.model = TransformerModel("", span_getter(cutter), {"use_fast": True}, {})
        self.model.attrs["set_transformer"](self.model, HFObjects(stored.tokenizer, stored.model.encoder, None))
        self._head = thinc_head(stored.model.head)
        self._stored, self._card = stored, stored.card
        self._scorer = None

    def _give(self, card: Card) -> None:
        self._card = card
        self._stored = dataclasses.replace(self._loaded(), card=card)
        self._scorer = None

    def _loaded(self) -> Stored:
        if self._stored is None:
            raise ConfigError(f"{self.name}: there is no model yet; train one (spacy train) or read one from disk")
        return self._stored

    def _ready(self) -> Scorer:
        if self._scorer is None:
            self._scorer = Scorer(self._loaded(), Options(device=get_torch_default_device().type))
        self._loaded().model.eval()
        return self._scorer


def _on_cpu(array: Any) -> Any:
    return array.get() if hasattr(array, "get") else array
