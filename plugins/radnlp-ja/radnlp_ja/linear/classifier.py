"""The sentence classifier ``linear``: hashed features of a sentence and those around it, labels decided together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from radnlp.api import ConfigError, Lexicon, ReportView, Schema, SentenceLabel, Settings
from radnlp_ja.cues import SentenceCues, shipped_cues
from radnlp_ja.linear.encoding import Views, encode
from radnlp_ja.linear.model import Weights
from radnlp_ja.linear.weights import load

NAME = "linear"
SHIPPED = Path(__file__).with_name("weights.npz")


class LinearClassifier:
    """Labels the sentences of a report by the most probable label of each, given the whole report.

    The score of a label is its probability, averaged over the two chains, in [0, 1].

    Args:
        weights: The trained model.
        cues: Cue words and organs, which some features ask for.
        views: Which parts of the description are used; as in training.
    """

    def __init__(self, weights: Weights, cues: SentenceCues, views: Views | None = None) -> None:
        self._weights, self._cues, self._views = weights, cues, views or Views()

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view."""
        return [self._labels(view) for view in views]

    def _labels(self, view: ReportView) -> tuple[SentenceLabel, ...]:
        shares = self._weights.shares(encode(view, self._cues, self._views), self._views)
        best = shares.argmax(axis=1)
        return tuple(
            SentenceLabel(label=self._weights.labels[number], score=round(float(share[number]), 4))
            for number, share in zip(best, shares, strict=True)
        )


def build(schema: Schema, lexicon: Lexicon, settings: Settings) -> LinearClassifier:
    """The classifier of a schema.

    Raises:
        ConfigError: The weights cannot be read, or name classes that the schema does not have.
    """
    path = settings.get("model_path")
    weights = load(Path(str(path)) if path else SHIPPED)
    known = [row.id for row in schema.sentence_classes]
    unknown = [label for label in weights.labels if label not in known]
    if unknown:
        raise ConfigError(
            f"the weights of 'linear' answer the sentence classes {', '.join(weights.labels)}; the schema "
            f"{schema.id!r} has {', '.join(known)}. Take a schema that extends ja_ct, or train weights for this one"
        )
    return LinearClassifier(weights, shipped_cues())
