"""spaCy's token patterns written out as phrases, where phrases say exactly the same.

https://spacy.io/usage/rule-based-matching#matcher
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product

from radnlp.errors import did_you_mean
from radnlp.schema.phrases import MAX_VARIANTS

_EITHER_CASE, _OWN_CASE = "LOWER", ("TEXT", "ORTH")
_ALLOWED = (_EITHER_CASE, *_OWN_CASE, "OP")
# The English tokenizer of spaCy makes two tokens of each; the second never begins a phrase in a text.
_CONTRACTED = [
    *("ain't", "aren't", "can't", "couldn't", "daren't", "didn't", "doesn't", "don't", "hadn't", "hasn't", "haven't"),
    *("isn't", "mayn't", "mightn't", "mustn't", "needn't", "oughtn't", "shan't", "shouldn't", "wasn't", "weren't"),
    *("won't", "wouldn't"),
]


def written_out(pattern: Sequence[object]) -> tuple[str, ...]:
    """All phrases that a token pattern matches, in lower case.

    A word after a word follows a space; a sign may touch its neighbours ("r/o") or not. What English contracts is
    written so ("did" + "n't" is "didn't", "can" + "not" also "cannot"). A token with a space inside, which no tokenizer
    makes, is read as the words it means.

    Args:
        pattern: One mapping a token: ``LOWER``, or ``TEXT`` or ``ORTH`` of what has no case, with a string or
            ``{"IN": [...]}``, and ``"OP": "?"`` for a token that may be missing.

    Raises:
        ValueError: Anything else in the pattern, no token that must be there, or more than 5,000 phrases.

    >>> written_out([{"LOWER": "no"}, {"LOWER": {"IN": ["new", "other"]}, "OP": "?"}])
    ('no new', 'no other', 'no')
    >>> written_out([{"LOWER": "did"}, {"LOWER": {"IN": ["not", "n't"]}}, {"LOWER": "show"}])
    ('did not show', "didn't show")
    """
    choices: list[tuple[str, ...]] = []
    count = 1
    for number, token in enumerate(pattern, start=1):
        try:
            choices.append(_choices(token))
        except ValueError as error:
            raise ValueError(f"pattern, token no. {number}: {error}") from None
        count *= len(choices[-1])
        if count > MAX_VARIANTS:
            raise ValueError(f"the pattern stands for more than {MAX_VARIANTS} phrases; make several rules of it")
    found: dict[str, None] = {}
    for tokens in product(*choices):
        found.update(dict.fromkeys(_joined([token for token in tokens if token])))
    if not found or "" in found:
        raise ValueError("the pattern has no token that must be there")
    return tuple(found)


def _choices(token: object) -> tuple[str, ...]:
    """What may stand for one token; the empty string when it may be missing."""
    if not isinstance(token, Mapping):
        raise ValueError(f"{token!r} is no table of attributes")
    named = {str(name).upper(): value for name, value in token.items()}
    operator = named.pop("OP", "1")
    for name in named:
        if name not in _ALLOWED:
            raise ValueError(f"the attribute {name!r} cannot be written out as words{did_you_mean(name, _ALLOWED)}")
    if operator not in ("1", "?"):
        raise ValueError(f"OP {operator!r} cannot be written out as words; '?' can")
    if len(named) != 1:
        raise ValueError(f"needs one of LOWER, TEXT and ORTH, not {len(named)} of them")
    ((name, value),) = named.items()
    words = _words(name, value)
    return (*words, "") if operator == "?" else words


def _words(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping) and set(value) == {"IN"} and isinstance(value["IN"], list):
        words = value["IN"]
    else:
        words = [value]
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise ValueError(f"{name} {value!r}: write a word, or {{'IN': [words]}}")
        if name in _OWN_CASE and word.lower() != word.upper():
            raise ValueError(f"{name} {word!r} minds upper and lower case, which matching here never does; write LOWER")
    if not words:
        raise ValueError(f"{name} {value!r}: no word is listed")
    return tuple(" ".join(word.lower().split()) for word in words)


def _joined(tokens: Sequence[str]) -> list[str]:
    if not tokens:
        return [""]
    phrases = _CONTRACTED if tokens[0] == "n't" else [tokens[0]]
    for left, right in pairwise(tokens):
        gaps = _gaps(left, right)
        if len(phrases) * len(gaps) > MAX_VARIANTS:
            raise ValueError(f"the pattern stands for more than {MAX_VARIANTS} phrases; make several rules of it")
        phrases = [f"{phrase}{gap}{right}" for phrase in phrases for gap in gaps]
    return phrases


def _gaps(left: str, right: str) -> tuple[str, ...]:
    """What may stand between two tokens in a text."""
    if right == "n't":
        return ("",)
    if (left, right) == ("can", "not"):
        return (" ", "")
    # Two letters of an alphabet with nothing between them would be one token; Hangul and Han have no such rule.
    apart = all(char.isalnum() and char < "\u1100" for char in (left[-1], right[0]))
    return (" ",) if apart else (" ", "")
