"""The names in an answer: what a model may have meant by words that the form would not have let through."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from radnlp.api import Lexicon, PhraseMatcher, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The other words of ``words.toml``, folded.

    Attributes:
        options: Option -> other words for it.
        nothing: Words that say that there is no value.
        fields: Field -> other names for it.
        keys: Names of the field that tells the key.
    """

    options: Mapping[str, frozenset[str]]
    nothing: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]
    keys: frozenset[str]


@cache
def words() -> Words:
    """What the package ships."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    return Words(
        options={option: frozenset(map(folded, others)) for option, others in data["options"].items()},
        nothing=frozenset(map(folded, data["nothing"]["words"])),
        fields={field: tuple(map(folded, others)) for field, others in data["fields"].items()},
        keys=frozenset(map(folded, data["keys"]["names"])),
    )


def folded(name: str) -> str:
    """Without what writers do as they like: case, width, underscores, hyphens, quotation marks around.

    >>> folded(' "Left_Lingula". ')
    'left lingula'
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("_", " ").replace("-", " ")
    return " ".join(plain.split()).strip(" \"'`*.,;:") or plain.strip()


class Names:
    """What words mean in the vocabulary of a schema: by id, by label, by ``words.toml``, by the terms of its lexicon.

    Args:
        schema: The ids and labels.
        lexicon: The terms; "Rt lung" is ``right_lung`` because the lexicon reads it so in reports.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        self._labels = {folded(key.label): key.id for key in schema.keys}
        self._labels |= {folded(value.label): value.id for value in schema.values}
        self._lexicon = lexicon

    def options(self, name: str, options: Sequence[str]) -> tuple[str, ...]:
        """The options that a name means, in the options' order; empty when it is not understood.

        Args:
            name: As the model wrote it.
            options: What may be answered.
        """
        if name in options:
            return (name,)
        plain = folded(name)
        for option in options:
            if folded(option) == plain or self._labels.get(plain) == option:
                return (option,)
        for option in options:
            if plain in words().options.get(option, ()):
                return (option,)
        meant = self._terms(plain)
        return tuple(option for option in options if option in meant) if meant <= set(options) else ()

    @staticmethod
    def says_nothing(name: str) -> bool:
        """Whether a name in a value's place says that there is no value."""
        return folded(name) in words().nothing or not folded(name)

    def _terms(self, plain: str) -> frozenset[str]:
        """What the lexicon reads in a name, when one of its phrases is the whole of it."""
        for start, end, number in self._matcher.find(plain):
            if start == 0 and end == len(plain):
                return frozenset(self._lexicon.terms[number].entities)
        return frozenset()

    @cached_property
    def _matcher(self) -> PhraseMatcher:
        """Made when the first name asks for it: an answer behind a form never does."""
        return PhraseMatcher(term.phrase for term in self._lexicon.terms)
