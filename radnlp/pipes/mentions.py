"""radnlp_mentions: the schema's terms found in the text."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.pipes.draft import Draft
from radnlp.records import Lexicon
from radnlp.text import TermMatcher


class MentionStage:
    """Finds the lexicon's terms, longest match first."""

    name, needs = "mentions", "sentences"

    def __init__(self, lexicon: Lexicon) -> None:
        self._matcher = TermMatcher(lexicon.terms)

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``matches``."""
        for draft in drafts:
            draft.matches = self._matcher.find(draft.report.text, draft.sentences or ())
