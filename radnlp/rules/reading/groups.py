"""What a group of places comes to: a list of several, or one place said in several words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from radnlp.api import Mention
from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.items import Items, Place
from radnlp.rules.reading.regions import NOWHERE, Regions, Values

#: How far behind a place the words that stress it may stand ("RLL predominant", "우측에 더 심함").
STRESS = 12
_KNOWN = ("named", "same", "opposite", "same_side")


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

    def where(
        self,
        text: str,
        items: Items,
        places: Sequence[Place],
        last: Where,
        *,
        near: Values = NOWHERE,
        line: Values = NOWHERE,
        side: Values = NOWHERE,
    ) -> Where:
        """What the group means.

        Args:
            text: The report text.
            items: Those of its sentence.
            places: The group.
            last: The place named before, for "the same lobe".
            near: The same where it was named so near that its side still holds ("RUL mass; the lower lobe is ...").
            line: The same where it was named on this line: "mass in the RUL. The bronchus of the upper lobe is ...".
            side: The side spoken of last, for "the contralateral lung".
        """
        if len(places) == 1 and places[0].kind == "named" and not places[0].open:  # most are; nothing can narrow it
            return Where(places[0].values, _first_of_each(places[0].mentions))
        known = [place for place in _without_surroundings(text, items, places) if place.kind in _KNOWN]
        if not known:
            return Where()
        earlier, part = NOWHERE, NOWHERE  # the members of the list before, and the one being read
        was_open = stressed = False
        for before, unit in _units(text, items, known):
            here = self._regions.one_side(earlier | part) or side
            values = NOWHERE.union(*(self._values(place, last, here) for place in unit))
            is_open = all(place.open for place in unit)
            if is_open:
                again = self._regions.narrowed(line, values) if not (part or near) else NOWHERE
                said = again if _has_article(text, unit[0]) else NOWHERE
                values = self._regions.sided(values, like=part or near or said)
            if before is None:
                part = values
            elif stressed or len(unit) > 1 or "emphasis" in items.marked(before.end, unit[-1].end + STRESS):
                stressed = True  # and all that follows: "especially in the lingula and lower lobes"
                if not self._regions.overlap(earlier | part, values):
                    earlier, part = earlier | part, values
            elif (gap := read_gap(text, items, before.end, unit[0].start)).listed:
                earlier, part = earlier | self._completed(text, before, part, values), values
            elif was_open and not (is_open or gap.parts or self._regions.overlap(part, values)):
                part = values  # "posterior segments of both lower lobes"
            elif self._regions.overlap(part, values) or self._regions.alone(part | values):
                part = self._regions.merge(part, values)
            else:
                earlier, part = earlier | part, values
            was_open = is_open
        mentions = _first_of_each(mention for place in known for mention in (place.mentions or last.mentions))
        way = "the place named before" if all(place.kind == "same" for place in known) else ""
        return Where(earlier | part, mentions, way)

    def _values(self, place: Place, last: Where, side: Values) -> Values:
        if place.kind == "same":
            return last.values
        if place.kind == "opposite":
            return self._regions.opposite(side)
        return side if place.kind == "same_side" else place.values

    def _completed(self, text: str, place: Place, left: Values, right: Values) -> Values:
        """A side whose noun follows later: "the right and the left upper lobe"."""
        alone = len(text[place.start : place.end].split()) == 1 and self._regions.is_side(left)
        return self._regions.mirrored(left, right) if alone else left


def _has_article(text: str, place: Place) -> bool:
    """Whether it is "the upper lobe", not "upper lobe"."""
    return text[max(0, place.start - 4) : place.start + 4].casefold().strip().startswith("the ")


def _without_surroundings(text: str, items: Items, places: Sequence[Place]) -> list[Place]:
    """Without words for the place before that stand at a place's own name: "両肺下葉の周囲"."""
    return [
        place
        for before, place in zip((None, *places), places, strict=False)
        if place.kind != "same"
        or before is None
        or before.kind != "named"
        or read_gap(text, items, before.end, place.start).listed
    ]


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
