"""Entity keys by rules: a report speaks of a key when it mentions it, and the mentions' statuses decide how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from radnlp.api import EvidenceSpan, KeyPrediction, Mention, ReportView, Schema, strongest


class RuleKeyClassifier:
    """One prediction for every key that has a mention that counts.

    The key's status is the strongest of its mentions (present, uncertain, historical, absent); the mentions that have
    that status are the evidence. There is no score: a rule knows no doubt of its own.
    """

    def __init__(self, schema: Schema) -> None:
        self._keys = [key.id for key in schema.keys]

    def classify(self, views: Sequence[ReportView]) -> list[tuple[KeyPrediction, ...]]:
        """One tuple a view, in the views' order; predictions in schema order."""
        return [self._classify(view) for view in views]

    def _classify(self, view: ReportView) -> tuple[KeyPrediction, ...]:
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in view.mentions:
            if mention.status is not None and mention.excluded is None:
                mentions[mention.entity].append(mention)
        text = view.report.text
        predictions = []
        for key in filter(mentions.__contains__, self._keys):
            status = strongest(m.status for m in mentions[key] if m.status)
            if status is None:
                continue
            evidence = tuple(
                EvidenceSpan(start=m.start, end=m.end, text=text[m.start : m.end])
                for m in mentions[key]
                if m.status == status
            )
            predictions.append(KeyPrediction(key=key, status=status, evidence=evidence))
        return tuple(predictions)
