"""What is found in a sentence, kept for the next time: radiologists say the same things in the same words.

Of the sentences of 2,400 chest X-ray reports of several clinics six in ten stood in an earlier one of them. What
depends on nothing but a sentence's own words is therefore worked out for the sentence, with offsets from its start, and
moved to where the sentence stands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar

#: Of how many sentences each finder knows the answer; a longer sentence than this seldom comes again.
KEPT, LONGEST = 8_192, 400

T = TypeVar("T")


class Remembering(Generic[T]):
    """A function of a sentence that knows what it answered last; to its callers answers are read-only.

    It can be pickled where the function can, without what it knows.

    Args:
        find: A pure function of a sentence and of more that can be hashed.

    >>> from radnlp.text.recurring import Remembering
    >>> asked = []
    >>> words = Remembering(lambda sentence: asked.append(sentence) or sentence.split())
    >>> words("No effusion."), words("No effusion."), asked
    (['No', 'effusion.'], ['No', 'effusion.'], ['No effusion.'])
    """

    def __init__(self, find: Callable[..., T]) -> None:
        self._find = find
        self._known: Callable[..., T] = lru_cache(maxsize=KEPT)(find)

    def __call__(self, sentence: str, *more: Hashable) -> T:
        """What the function answers."""
        return self._known(sentence, *more) if len(sentence) <= LONGEST else self._find(sentence, *more)

    def __reduce__(self) -> tuple[type[Remembering[T]], tuple[Callable[..., T]]]:
        return type(self), (self._find,)
