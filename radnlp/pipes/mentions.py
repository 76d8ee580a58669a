"""radnlp_mentions: the schema's terms found in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from radnlp.pipes.borrowing import Borrowing
from radnlp.pipes.draft import Draft
from radnlp.records import Lexicon, Sentence, TermMatch
from radnlp.text import TermMatcher


class MentionStage:
    """Finds the lexicon's terms, longest match first; mentions that the report brings along take their place.

    Args:
        lexicon: Has the terms.
        borrowing: What becomes of spans of other components, where a draft brings some.
    """

    name, needs = "mentions", "sentences"

    def __init__(self, lexicon: Lexicon, borrowing: Borrowing | None = None) -> None:
        self._borrowing = borrowing
        known = [cue.literal for cue in lexicon.cues if cue.pattern is None]
        known += [heading.phrase for heading in lexicon.headings]
        known += [signpost.phrase for signpost in lexicon.signposts]
        self._matcher = TermMatcher(lexicon.terms, known=[*known, *lexicon.clause_breaks])

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``matches``."""
        for draft in drafts:
            sentences = draft.sentences or ()
            if draft.report.targets is not None:
                draft.matches = _handed_over(draft.report.targets, sentences)
                continue
            if self._borrowing is None or draft.borrowed is None:
                draft.matches = self._matcher.find(draft.report.text, sentences)
                continue
            terms = self._matcher.find(draft.report.text, sentences) if self._borrowing.wants_terms else ()
            draft.matches = self._borrowing.matches(draft, draft.borrowed, terms)


def _handed_over(targets: Sequence[tuple[int, int, str]], sentences: Sequence[Sentence]) -> tuple[TermMatch, ...]:
    """Each target as a match in the sentence in which it starts; one that starts in none (white space) is left out."""
    starts = [sentence.start for sentence in sentences]
    rows = [(target, bisect_right(starts, target[0]) - 1) for target in targets]
    return tuple(
        TermMatch(start=start, end=end, entities=(entity,), sentence=row)
        for (start, end, entity), row in rows
        if row >= 0 and start < sentences[row].end
    )
