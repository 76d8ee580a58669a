"""Tokens: words, numbers, signs, and each Han, kana and Hangul character for itself.

The tokenizer of a pipeline, the reach of cues and the boundaries of cue matches all go by them.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress

_WIDE = (
    "\u1100-\u11ff\u3041-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
#: A letter of a script that writes words in one piece.
LETTER = rf"[^\W\d_{_WIDE}]"
_TOKEN = rf"{LETTER}+|\d+|[{_WIDE}]|[^\S ]+| +|."
# The same for a text of ASCII alone, which most are: plain ranges match several times as fast.
_ASCII_TOKEN = r"[A-Za-z]+| +|[0-9]+|[^\S ]+|."
# Each token with the one space after it, as spaCy stores them; every other white space is a token of its own.
_SPACED_TOKEN = re.compile(rf"({_TOKEN})( ?)", re.DOTALL)
_ANY_TOKEN = re.compile(_TOKEN, re.DOTALL)
_ASCII_SPACED_TOKEN = re.compile(rf"({_ASCII_TOKEN})( ?)", re.DOTALL)
_ASCII_ANY_TOKEN = re.compile(_ASCII_TOKEN, re.DOTALL)


def split_tokens(text: str) -> tuple[list[str], list[bool]]:
    """Tokens, and for each whether one space follows it; put together again they are the text.

    >>> split_tokens("GGO in S6, 결절.")[0]
    ['GGO', 'in', 'S', '6', ',', '결', '절', '.']
    """
    found = (_ASCII_SPACED_TOKEN if text.isascii() else _SPACED_TOKEN).findall(text)
    return [word for word, _ in found], [bool(space) for _, space in found]


def token_starts(folded: str) -> tuple[list[str], list[int]]:
    """The tokens of a folded text, whose only white space is single spaces, and where each starts; spaces are none.

    >>> token_starts("no ggo.")
    (['no', 'ggo', '.'], [0, 3, 6])
    """
    pieces = (_ASCII_ANY_TOKEN if folded.isascii() else _ANY_TOKEN).findall(folded)
    starts = accumulate(map(len, pieces), initial=0)
    solid = list(map(" ".__ne__, pieces))
    return list(compress(pieces, solid)), list(compress(starts, solid))


def some_tokens(count: int) -> re.Pattern[str]:
    """A pattern that matches up to ``count`` tokens with the spaces before them; it reads as well from behind.

    >>> some_tokens(2).match("in both lungs")[0]
    'in both'
    """
    return re.compile(rf"(?: ?(?:{_TOKEN})){{0,{count}}}", re.DOTALL)
