"""What a group of places comes to: a list of several, or one place said in several words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from radnlp.api import Mention
from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.items import Items, Place
from radnlp.rules.reading.regions import NOWHERE, Regions, Values


class Where(NamedTuple):
    """A place as a set of values, with the mentions it rests on and the way it was found.

    ``stressed``: it is but a part of another that is singled out ("more on the left").
    """

    values: Values = NOWHERE
    mentions: tuple[Mention, ...] = ()
    way: str = ""
    stressed: bool = False


class GroupReader:
    """Reads groups of places by what stands between their members.

    "Left, lower lobe" is one place and narrows down to ``lll``; "RUL, RML and both lower lobes" is a list. What is only
    stressed ("both lungs, especially the left") adds nothing to a place that already holds it.
    """

    def __init__(self, regions: Regions) -> None:
        self._regions = regions

    def where(self, text: str, items: Items, places: Sequence[Place], last: Where) -> Where:
        """What the group means; ``last`` is the place named before, for "the same lobe"."""
        known = [place for place in places if place.kind in ("named", "same")]
        if not known:
            return Where()
        earlier, part = NOWHERE, NOWHERE  # the members of the list before, and the one being read
        for before, unit in _units(text, items, known):
            values = NOWHERE.union(*(last.values if place.kind == "same" else place.values for place in unit))
            if before is None:
                part = values
            elif "emphasis" in items.marked(before.end, unit[-1].end):
                if not self._regions.overlap(earlier | part, values):
                    earlier, part = earlier | part, values
            elif read_gap(text, items, before.end, unit[0].start).listed:
                earlier, part = earlier | self._completed(text, before, part, values), values
            else:
                part = self._regions.merge(part, values)
        mentions = _first_of_each(mention for place in known for mention in (place.mentions or last.mentions))
        way = "the place named before" if all(place.kind == "same" for place in known) else ""
        return Where(earlier | part, mentions, way)

    def _completed(self, text: str, place: Place, left: Values, right: Values) -> Values:
        """A side whose noun follows later: "the right and the left upper lobe"."""
        words = text[place.start : place.end]
        return self._regions.mirrored(left, right) if len(words.split()) == 1 else left


def united(left: Where, right: Where) -> tuple[Mention, ...]:
    """The mentions that two places rest on."""
    return _first_of_each((*left.mentions, *right.mentions))


def _first_of_each(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Of mentions of the same value the first: a list that names a place a hundred times needs no more evidence."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.entity, mention)
    return tuple(first.values())


def _units(text: str, items: Items, places: Sequence[Place]) -> list[tuple[Place | None, list[Place]]]:
    """Places put one over the other ("right > left") are one unit; with each, the last place of the one before it."""
    units: list[tuple[Place | None, list[Place]]] = [(None, [places[0]])]
    for place in places[1:]:
        before = units[-1][1][-1]
        if read_gap(text, items, before.end, place.start).ranked:
            units[-1][1].append(place)
        else:
            units.append((before, [place]))
    return units
