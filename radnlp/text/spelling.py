"""A text as phrases are looked up in it: folded, cut into tokens, and the tokens joined by signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from radnlp.text.folding import FoldedText, fold
from radnlp.text.tokens import token_starts

# Around each token stand two signs that are in no report, so that a phrase is found as whole tokens and side by side.
OPEN, CLOSE = "\x1e", "\x1f"
#: Stages look at the same sentences, and some at whole reports, one after the other, a batch at a time.
_SENTENCES, _LONG_SENTENCE = 2_048, 400
_REPORTS, _LONG_REPORT = 128, 50_000


@dataclass(frozen=True, slots=True)
class SpelledText:
    """A text by its tokens; white space is none.

    Attributes:
        folded: The folded text.
        tokens: Its tokens.
        starts: Where each starts in the folded text.
        spelled: All tokens, each between two signs.
        places: Where each starts in ``spelled``, and where that ends.
    """

    folded: FoldedText
    tokens: list[str]
    starts: list[int]
    spelled: str
    places: list[int]


def spell(text: str) -> SpelledText:
    """The spelled form of a text; of the texts looked at last it is remembered."""
    if len(text) <= _LONG_SENTENCE:
        return _sentence(text)
    return _report(text) if len(text) <= _LONG_REPORT else _spell(text)


def _spell(text: str) -> SpelledText:
    folded = fold(text)
    tokens, starts = token_starts(folded.text)
    places = list(accumulate([len(token) + 2 for token in tokens], initial=0))
    return SpelledText(folded, tokens, starts, joined(tokens), places)


_sentence = lru_cache(maxsize=_SENTENCES)(_spell)
_report = lru_cache(maxsize=_REPORTS)(_spell)


def joined(tokens: Sequence[str]) -> str:
    """Tokens with the signs around each."""
    return f"{OPEN}{(CLOSE + OPEN).join(tokens)}{CLOSE}" if tokens else ""
