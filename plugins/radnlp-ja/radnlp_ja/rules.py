"""The sentence classifier ``rules``: cue words only, one sentence at a time but for the organ it stays with."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.api import ReportView, SentenceLabel
from radnlp_ja.cues import SentenceCues, after_heading
from radnlp_ja.folding import fold

NAME = "rules"
#: What a sentence is before the first finding when nothing else is known of it.
_NOTHING = "background"


class RuleSentenceClassifier:
    """The baseline: what the words of ``sentence_cues.toml`` say, in a fixed order.

    1. Words of history and technique, with no finding in the sentence: background.
    2. A finding came before, and the sentence opens with a word that speaks of it, and its first clause names no other
       organ: continuation.
    3. A positive predicate at the end, or before a clause that denies: positive.
    4. A denial: negative.
    5. Else background before the first finding, positive after it.
    """

    def __init__(self, cues: SentenceCues) -> None:
        self._cues = cues

    def label(self, views: Sequence[ReportView]) -> list[tuple[SentenceLabel, ...]]:
        """One tuple a view; no scores."""
        return [self._labels(view) for view in views]

    def _labels(self, view: ReportView) -> tuple[SentenceLabel, ...]:
        labels: list[SentenceLabel] = []
        subject: frozenset[str] = frozenset()
        before = _NOTHING
        for sentence in view.sentences:
            folded = fold(view.report.text[sentence.start : sentence.end])
            organs = self._cues.organs(folded)
            label = self._label(folded, organs, subject, before)
            labels.append(SentenceLabel(label=label))
            if label != "background":
                subject, before = organs or subject, label
        return tuple(labels)

    def _label(self, folded: str, organs: frozenset[str], subject: frozenset[str], before: str) -> str:
        found = self._cues.found(folded)
        negative = ("negative", "ends") in found
        positive = ("positive", "holds") in found or (("positive", "ends") in found and not negative)
        told = ("background", "holds") in found or ("background", "opens") in found or ("background", "ends") in found
        if told and not positive and (before == _NOTHING or not negative):
            return "background"
        opens = ("continuation", "opens") in found and after_heading(folded) == folded
        ends = ("continuation", "ends") in found or ("continuation", "holds") in found
        topic = self._cues.organs(folded.partition("、")[0])
        if before in ("positive", "continuation") and topic <= subject and (opens or (ends and not organs)):
            return "continuation"
        if positive:
            return "positive"
        if negative or ("negative", "holds") in found:
            return "negative"
        return _NOTHING if before == _NOTHING or not folded else "positive"
