"""Places as sets: what two places that are said of one lesion come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from radnlp.api import EntityValue, Schema

Values = frozenset[str]
NOWHERE: Values = frozenset()


class Regions:
    """The values of a schema by what they cover.

    A value covers the values within it, its parts, and a rest of its own: a nodule of the right lung need not lie in
    one of the lobes. Two values overlap when they cover something in common.

    Args:
        schema: Its values with ``within`` and ``parts``.
        allowed: The values to speak of.
    """

    def __init__(self, schema: Schema, allowed: Collection[str]) -> None:
        self._order = [value.id for value in schema.values if value.id in allowed]
        values = {value.id: value for value in schema.values}
        inner: dict[str, set[str]] = {value_id: set(value.parts) for value_id, value in values.items()}
        for value in schema.values:
            if value.within is not None:
                inner[value.within].add(value.id)

        def covered(value_id: str) -> frozenset[str]:
            below = [covered(other) for other in inner[value_id]]
            rest = () if values[value_id].parts else (value_id,)  # what is but the sum of its parts has no rest
            return frozenset(rest).union(*below)

        self._sides = {
            value_id: frozenset(_outermost(values, part) for part in (values[value_id].parts or (value_id,)))
            for value_id in self._order
        }
        self._paired = {value_id: bool(values[value_id].parts) for value_id in self._order}
        # A schema has few values, so that few sets of them ever come up.
        self._known: dict[tuple[Values, Values], Values] = {}
        self._unions: dict[Values, frozenset[str]] = {}
        self._one_sided: dict[Values, Values] = {}
        self._projected: dict[tuple[Values, Values], tuple[str, ...]] = {}
        self._covers = {value_id: covered(value_id) for value_id in self._order}
        self._solitary = frozenset(value_id for value_id in self._order if self._alone(value_id))

    def merge(self, left: Values, right: Values) -> Values:
        """What both say together: the narrower of two that overlap ("left" and "lower lobes": ``lll``); else both.

        >>> from radnlp.hooks import default_catalogue
        >>> schema, _ = default_catalogue().schema("chest_ct")
        >>> regions = Regions(schema, [value.id for value in schema.values])
        >>> sorted(regions.merge(frozenset({"left_lung"}), frozenset({"bll"})))
        ['lll']
        >>> sorted(regions.merge(frozenset({"right_lung", "left_lung"}), frozenset({"bll"})))
        ['bll']
        >>> sorted(regions.merge(frozenset({"rul"}), frozenset({"lll"})))
        ['lll', 'rul']
        """
        return self.narrowed(left, right) or left | right

    def narrowed(self, left: Values, right: Values) -> Values:
        """What lies in both, by the widest values that do; empty when they have nothing in common.

        A value that neither covers anything of the other side nor is covered by it ("pleural") says something of its
        own and is kept, as long as others meet.
        """
        known = self._known.get((left, right))
        if known is None:
            known = self._known[left, right] = self._common(left, right)
        return known

    def _common(self, left: Values, right: Values) -> Values:
        both_left, both_right = self._union(left), self._union(right)
        common = both_left & both_right
        if not common:
            return NOWHERE
        named = [value for value in self._order if value in left | right]
        kept = self._widest([value for value in named if self._covers[value] <= common])
        rest = common.difference(*(self._covers[value] for value in kept))
        kept += self._widest([value for value in self._order if self._covers[value] <= rest])
        return frozenset([*kept, *(value for value in named if value in self._solitary)])

    def mirrored(self, side: Values, other: Values) -> Values:
        """The same part on another side: of "right" beside ``lul`` it is ``rul``; the side itself where there is none.

        Parts of two sides are those that a value names together (``bul``).
        """
        for value in self._order:
            both = frozenset([value])
            if self._paired[value] and other and self.hold(both, other) and not self.overlap(side, other):
                return self.narrowed(side, both) or side
        return side

    def sided(self, values: Values, like: Values) -> Values:
        """Values whose side is still to be said, on the side of others: "lower lobe" beside "RUL" is ``rll``.

        They stay as they are where the others lie on no side or on both, and where each of them lies on one anyway.

        >>> from radnlp.hooks import default_catalogue
        >>> schema, _ = default_catalogue().schema("chest_ct")
        >>> regions = Regions(schema, [value.id for value in schema.values])
        >>> sorted(regions.sided(frozenset({"bll"}), like=frozenset({"rul"})))
        ['rll']
        """
        side = self._side(value for value in like if value not in self._solitary)
        if len(side) != 1 or not any(self._paired[value] for value in values):
            return values
        return self.narrowed(side, values) or values

    def is_side(self, values: Values) -> bool:
        """Whether they are whole sides ("right"), no part of one."""
        return bool(values) and self._side(values) == values

    def one_side(self, values: Values) -> Values:
        """The whole side that they lie on; empty where they lie on both or on none."""
        known = self._one_sided.get(values)
        if known is None:
            side = self._side(value for value in values if value not in self._solitary)
            known = self._one_sided[values] = side if len(side) == 1 else NOWHERE
        return known

    def opposite(self, values: Values) -> Values:
        """The other side of values that lie on one; empty for others."""
        side = self.one_side(values)
        pairs = (self._sides[value] for value in self._order if self._paired[value])
        return next((both - side for both in pairs if side < both), NOWHERE) if side else NOWHERE

    def alone(self, values: Values) -> bool:
        """Whether they say nothing of the others: on the pleura, wherever that may be."""
        return bool(values) and values <= self._solitary

    def _side(self, values: Iterable[str]) -> Values:
        return NOWHERE.union(*(self._sides[value] for value in values))

    def overlap(self, left: Values, right: Values) -> bool:
        """Whether they cover something in common."""
        return not self._union(left).isdisjoint(self._union(right))

    def projected(self, values: Values, allowed: Values) -> tuple[str, ...]:
        """Values in the words of a relation that knows only some of them: ``lll`` is ``left_lung`` for a side."""
        known = self._projected.get((values, allowed))
        if known is None:
            given = values & allowed
            rest = (self.around(value, allowed) for value in values - given)
            known = self._projected[values, allowed] = tuple(sorted(given.union(*rest)))
        return known

    def around(self, value: str, among: Collection[str]) -> Values:
        """Those of some values that cover something of a value."""
        return frozenset(other for other in among if not self._covers[other].isdisjoint(self._covers[value]))

    def hold(self, outer: Values, inner: Values) -> bool:
        """Whether the first cover all that the second cover."""
        return self._union(inner) <= self._union(outer)

    def _widest(self, values: list[str]) -> list[str]:
        """Those that lie in no other of them."""
        return [value for value in values if not any(self._covers[value] < self._covers[other] for other in values)]

    def _union(self, values: Values) -> frozenset[str]:
        union = self._unions.get(values)
        if union is None:
            union = self._unions[values] = frozenset[str]().union(*(self._covers[value] for value in values))
        return union

    def _alone(self, value: str) -> bool:
        """Whether a value neither holds nor is held by another of the schema, such as the pleura."""
        covers = self._covers[value]
        return not any(covers & self._covers[other] for other in self._order if other != value)


def _outermost(values: Mapping[str, EntityValue], value_id: str) -> str:
    while (outer := values[value_id].within) is not None:
        value_id = outer
    return value_id
