"""The provider ``bert``: an encoder's keys, joined with what the mentions say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from radnlp.api import ConfigError, EvidenceSpan, KeyPrediction, Lexicon, ReportView, Schema, Settings, Status
from radnlp_transformers.folder.card import Card
from radnlp_transformers.keys.evidence import Words
from radnlp_transformers.keys.head import AttentionHead
from radnlp_transformers.keys.model import load
from radnlp_transformers.keys.policies import Policy, decide, policy_of, sources_of, told_statuses
from radnlp_transformers.keys.scorer import Options, Scorer, Scores

KIND = "keys"


class BertKeyClassifier:
    """Which keys a report speaks of, by an encoder and, as the policy says, by its mentions.

    The score of a key is the encoder's calibrated probability, in [0, 1]; an absent key has none. A key that the
    encoder was not trained for is answered by the mentions alone under ``union``, and not at all otherwise.

    Args:
        schema: Its keys, in the order of the answers.
        scorer: Runs the model.
        card: Keys and thresholds of the model.
        policy: How encoder and mentions are joined.
    """

    def __init__(self, schema: Schema, scorer: Scorer, card: Card, policy: Policy) -> None:
        self._keys = [key.id for key in schema.keys]
        self._scorer, self._card, self._policy = scorer, card, policy
        self._column = {key: number for number, key in enumerate(card.answers)}

    @property
    def about(self) -> dict[str, str]:
        """The model's digest, for the provenance."""
        return {"model": self._card.digest}

    def classify(self, views: Sequence[ReportView]) -> list[tuple[KeyPrediction, ...]]:
        """One tuple a view, in the views' order; predictions in schema order."""
        with_text = [number for number, view in enumerate(views) if view.report.text.strip()]
        answers: list[tuple[KeyPrediction, ...]] = [()] * len(views)
        scored = self._scorer.score([views[number].report.text for number in with_text], shares=True)
        for number, scores in zip(with_text, scored, strict=True):
            answers[number] = self._answer(views[number], scores)
        return answers

    def _answer(self, view: ReportView, scores: Scores) -> tuple[KeyPrediction, ...]:
        told = told_statuses(view)
        within = [(sentence.start, sentence.end) for sentence in view.sentences]
        words: Words | None = None
        predictions = []
        for key in self._keys:
            column = self._column.get(key)
            share = None if column is None else float(scores.probabilities[column])
            proposed = share is not None and share >= self._card.thresholds.get(key, 0.5)
            status = decide(self._policy, proposed=proposed, told=told.get(key))
            if status is None:
                continue
            score = None if share is None or status == "absent" else round(share, 4)
            sources = sources_of(status, proposed=proposed, told=told.get(key))
            spans = _mentioned(view, key, status)
            if not spans and column is not None:
                words = words or Words(view.report.text, scores.places)
                spans = words.evidence(scores.shares[:, column], within=within)
            predictions.append(KeyPrediction(key=key, status=status, score=score, evidence=spans, sources=sources))
        return tuple(predictions)


def _mentioned(view: ReportView, key: str, status: Status) -> tuple[EvidenceSpan, ...]:
    text = view.report.text
    return tuple(
        EvidenceSpan(start=mention.start, end=mention.end, text=text[mention.start : mention.end])
        for mention in view.mentions
        if mention.entity == key and mention.status == status and mention.excluded is None
    )


def build(schema: Schema, lexicon: Lexicon, settings: Settings) -> BertKeyClassifier:
    """The classifier of a schema.

    Raises:
        ConfigError: No model, one that is refused, or a setting that cannot be.
    """
    path = settings.get("model_path")
    if not path:
        raise ConfigError("bert needs a model: --set keys.model_path=FOLDER (radnlp train keys makes one)")
    policy = policy_of(str(settings["policy"]))
    options = Options.of("keys", settings)
    folder = Path(str(path))
    stored = load(folder, AttentionHead, kind=KIND)
    stored.card.check(folder, schema=schema, allowed=[key.id for key in schema.keys])
    return BertKeyClassifier(schema, Scorer(stored, options), stored.card, policy)
