"""A form in the tokens of one vocabulary: checked once, walked for every answer.

Every text of a form is spelled on its own, so that the same answer is always the same row of tokens, and what may come
next is a node of a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from radnlp.api import ConfigError, Fixed, Form, FreeText, OneOf, SomeOf
from radnlp_llama.runtime.free_text import FreeTokens
from radnlp_llama.runtime.trie import Trie

Row = tuple[int, ...]


class Spelling(Protocol):
    """What a form needs to know of a vocabulary."""

    def spell(self, text: str) -> Row:
        """The tokens of a text. Raises ConfigError when the vocabulary cannot write it."""

    def free(self, end: str) -> FreeTokens:
        """The tokens that may stand in free words."""


class FixedPart:
    """Text that is always there."""

    def __init__(self, part: Fixed, spelling: Spelling) -> None:
        self.text = part.text
        self.row = spelling.spell(part.text)
        self.longest = len(self.row)


class OneOfPart:
    """One of some texts."""

    def __init__(self, part: OneOf, spelling: Spelling) -> None:
        self.part = part
        rows = [spelling.spell(option) for option in part.options]
        self.tree = _tree(part.name, part.options, list(enumerate(rows)))
        self.longest = max(map(len, rows))


class SomeOfPart:
    """Some of some texts, in their order. A tree for each place an answer can stand at, made when first reached."""

    def __init__(self, part: SomeOf, spelling: Spelling) -> None:
        self.part = part
        self.most = len(part.options) if part.most is None else min(part.most, len(part.options))
        if not 0 <= part.least <= self.most:
            raise ConfigError(
                f"the choice {part.name!r} asks for at least {part.least} and at most {self.most} of "
                f"{len(part.options)} options; least must lie between 0 and most"
            )
        self._rows = [spelling.spell(option) for option in part.options]
        self._separator = spelling.spell(part.separator) if part.separator else ()
        self._end = spelling.spell(part.end)
        self._trees: dict[tuple[int, int], Trie] = {}
        chosen = sorted(map(len, self._rows), reverse=True)[: self.most]
        self.longest = sum(chosen) + max(0, len(chosen) - 1) * len(self._separator) + len(self._end)
        self.tree(-1, 0)  # a fault in the options shows here, not in the middle of a run
        if self.most > 1:
            self.tree(0, 1)

    def tree(self, last: int, count: int) -> Trie:
        """What may come behind option ``last`` (-1: none yet) when ``count`` were chosen; a leaf -1 is the end."""
        if (last, count) not in self._trees:
            before = self._separator if count else ()
            reachable = len(self._rows) - max(0, self.part.least - count - 1)  # enough must remain for the least
            more = range(last + 1, reachable) if count < self.most else ()
            rows: list[tuple[int, Row]] = [(number, before + self._rows[number]) for number in more]
            if count >= self.part.least:
                rows.append((-1, self._end))
            self._trees[last, count] = _tree(self.part.name, (*self.part.options, self.part.end), rows)
        return self._trees[last, count]


class FreePart:
    """Free words, and what ends them."""

    def __init__(self, part: FreeText, spelling: Spelling) -> None:
        self.part = part
        if part.most < 0:
            raise ConfigError(f"the free text {part.name!r} may have {part.most} tokens; it must be 0 or more")
        try:
            self.tokens = spelling.free(part.end)
        except ValueError as error:
            raise ConfigError(f"the free text {part.name!r}: {error}") from error
        self.end = spelling.spell(part.end)
        self.longest = part.most + len(self.end)


CompiledPart = FixedPart | OneOfPart | SomeOfPart | FreePart


class Grammar:
    """A form in the tokens of a vocabulary.

    Attributes:
        parts: In order.
        longest: Tokens of the longest answer.
    """

    def __init__(self, parts: Sequence[CompiledPart]) -> None:
        self.parts = tuple(parts)
        self.longest = sum(part.longest for part in parts)


class Grammars:
    """Forms put into tokens; what two forms have in common is done once.

    Keys of a report differ, so forms do, but their choices (the places of a lesion) are the same ones.
    """

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._parts: dict[object, CompiledPart] = {}

    def of(self, form: Form) -> Grammar:
        """The grammar of a form.

        Raises:
            ConfigError: Options that are empty, twice there, or begin with one another; a name twice; a text that the
                vocabulary cannot write.
        """
        names = [part.name for part in form if not isinstance(part, Fixed)]
        for name in names:
            if names.count(name) > 1:
                raise ConfigError(f"the form has two choices of the name {name!r}; every choice needs its own")
        return Grammar([self._part(part) for part in form])

    def _part(self, part: Fixed | OneOf | SomeOf | FreeText) -> CompiledPart:
        # Without its name, under which alone two choices of a form differ.
        key = part if isinstance(part, Fixed) else replace(part, name="")
        if key not in self._parts:
            _check(part)
            makers: dict[type, Callable[..., CompiledPart]] = {
                Fixed: FixedPart,
                OneOf: OneOfPart,
                SomeOf: SomeOfPart,
                FreeText: FreePart,
            }
            self._parts[key] = makers[type(part)](part, self._spelling)
        return self._parts[key]


def _check(part: Fixed | OneOf | SomeOf | FreeText) -> None:
    if isinstance(part, (OneOf, SomeOf)):
        if not all(part.options) or (isinstance(part, OneOf) and not part.options):
            raise ConfigError(f"the choice {part.name!r} has an empty option, or none; each must be a text")
        if len(set(part.options)) < len(part.options):
            raise ConfigError(f"the choice {part.name!r} offers a text twice; each option must differ")
    if isinstance(part, SomeOf) and not part.end:
        raise ConfigError(f"the choice {part.name!r} has no end; it needs a text that follows the last option")


def _tree(name: str, options: Sequence[str], rows: Sequence[tuple[int, Row]]) -> Trie:
    try:
        return Trie.of(rows)
    except ValueError as error:
        for one in options:
            for other in options:
                if one != other and other.startswith(one):
                    raise ConfigError(
                        f"choice {name!r}: {other!r} begins with {one!r}, so that the end of the shorter could not be "
                        "told; give both a quotation mark behind"
                    ) from error
        raise ConfigError(f"choice {name!r}: its separator, its end and its options cannot be told apart") from error
