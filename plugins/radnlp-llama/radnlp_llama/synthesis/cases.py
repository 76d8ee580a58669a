"""What each report is to be about: the attributes of a recipe, combined at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from radnlp.api import ConfigError
from radnlp_llama.synthesis.recipe import Attribute, Excluded, Length, Recipe, Value

T = TypeVar("T", Value, Length)

#: Draws for one case before the recipe is taken to have no more different ones.
_ATTEMPTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One report to be written.

    Attributes:
        id: Recipe, seed and number; unique in a run and the same in every run of that seed.
        attributes: Attribute id -> value id, in the recipe's order, without those left out; then ``length``.
        sentences: How many are asked for.
    """

    id: str
    attributes: Mapping[str, str]
    sentences: int


def draw(recipe: Recipe, *, count: int, seed: int) -> Iterator[Case]:
    """The cases of a run, no two of them alike.

    Case n depends on the recipe, the seed and the cases before it alone: a longer run begins with the shorter one.

    Raises:
        ConfigError: The recipe does not have that many different cases.
    """
    seen = set()
    for number in range(count):
        for attempt in range(_ATTEMPTS):
            # Seeding by a string goes through SHA-512, the same in every process and version.
            lot = random.Random(f"{recipe.id}:{seed}:{number}:{attempt}")
            attributes, sentences = _drawn(recipe, lot)
            mark = (*attributes.items(), sentences)
            if mark not in seen:
                break
        else:
            raise ConfigError(
                f"recipe {recipe.id}: after {number} cases no new one turned up in {_ATTEMPTS} draws; ask for fewer "
                "reports or add values"
            )
        seen.add(mark)
        yield Case(id=f"{recipe.id}-{seed}-{number:06d}", attributes=attributes, sentences=sentences)


def _drawn(recipe: Recipe, lot: random.Random) -> tuple[dict[str, str], int]:
    chosen: dict[str, str] = {}
    for attribute in recipe.attributes:
        if _fits(attribute.unless, chosen):
            chosen[attribute.id] = _pick(_allowed(attribute, chosen), lot).id
    length = _pick(recipe.lengths, lot)
    chosen["length"] = length.id
    return chosen, length.least + int(lot.random() * (length.most - length.least + 1))


def _allowed(attribute: Attribute, chosen: Mapping[str, str]) -> list[Value]:
    allowed = [value for value in attribute.values if _fits(value.not_with, chosen)]
    if not allowed:
        raise ConfigError(
            f"the attribute {attribute.id!r} has no value left beside what was drawn before it; see its not_with"
        )
    return allowed


def _fits(excluded: Excluded, chosen: Mapping[str, str]) -> bool:
    return not any(chosen.get(name) in ids for name, ids in excluded.items())


def _pick(options: Sequence[T], lot: random.Random) -> T:
    # Only random() is promised to give the same numbers in every version of Python; choices() is not.
    point = lot.random() * sum(option.weight for option in options)
    for option in options:
        point -= option.weight
        if point < 0:
            return option
    return options[-1]
