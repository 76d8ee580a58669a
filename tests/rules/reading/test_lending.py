"""Findings without a place of their own: whose place they share."""

import pytest

from radnlp.rules.reading import lending
from radnlp.rules.reading.bonds import bind
from radnlp.rules.reading.groups import Where


@pytest.fixture(scope="module")
def clause(items_of):
    """Text, items, bonds, and the place that each finding has by its own words."""

    def make(line):
        text, items = items_of(line)
        bonds = bind(text, items, items.found, len(text)).bonds
        own = [
            Where(frozenset[str]().union(*(place.values for place in places))) if places else None
            for places in (bond.before + bond.after for bond in bonds)
        ]
        return text, items, bonds, own

    return make


@pytest.mark.parametrize(
    ("line", "lent"),
    [
        # "nodules and GGO in the RUL" says of both where they are
        ("[Nodules](nodules) and [GGO](ggo) in the [RUL](rul).", ["rul", ""]),
        ("[Nodules](nodules), [GGO](ggo), [mass](mass) in the [RUL](rul).", ["rul", "rul", ""]),
        # not over a place that stands before a finding
        ("[Nodules](nodules) and [RUL](rul) [GGO](ggo).", ["", ""]),
        # not over a finding that is denied when this one is not
        ("[Nodules](nodules) but no [GGO](ggo absent) in the [RUL](rul).", ["", ""]),
        ("[Nodules](nodules), no [mass](mass absent) or [GGO](ggo absent) in the [RUL](rul).", ["", "rul", ""]),
        # over a finding without a key only when it is of the same list, or tied by "with"
        ("[Nodules](nodules), tumor in the [RUL](rul).", ["", ""]),
        ("[Nodules](nodules) and tumor in the [RUL](rul).", ["rul", ""]),
        ("[Nodules](nodules) with tumor in the [RUL](rul).", ["rul", ""]),
        # "it" shares nothing
        ("[Nodules](nodules), it is in the [RUL](rul).", ["", ""]),
        ("[Nodules](nodules) and [GGO](ggo).", ["", ""]),
    ],
)
def test_the_place_of_a_finding_behind(clause, line, lent):
    found = lending.behind(*clause(line))
    assert ["".join(where.values) if where else "" for where in found] == lent
    assert {where.way for where in found if where} <= {"shared with the finding behind it"}


@pytest.mark.parametrize(
    ("line", "lent"),
    [
        ("[Nodule](nodules) in the [RUL](rul) with [GGO](ggo).", "rul"),
        ("[Nodule](nodules) in the [RUL](rul) and [GGO](ggo).", "rul"),
        # not what is denied, nor what a denied one has
        ("[Nodule](nodules) in the [RUL](rul), no [GGO](ggo absent).", ""),
        ("No [nodule](nodules absent) in the [RUL](rul), [GGO](ggo).", ""),
        # of a finding without a key only when "with" ties the two
        ("Tumor in the [RUL](rul), [GGO](ggo).", ""),
        ("Tumor in the [RUL](rul) with [GGO](ggo).", "rul"),
        ("[Nodule](nodules), [GGO](ggo).", ""),
        ("[Nodule](nodules) in the [RUL](rul), it is large.", "rul"),
    ],
)
def test_the_place_of_the_finding_before(clause, line, lent):
    where = lending.before(*clause(line), 1, Where(frozenset(["lll"])))
    assert "".join(where.values) == lent
    assert where.way == ("shared with the finding before it" if lent else "")


def test_what_a_finding_before_is_taken_for_lies_where_that_lies(clause):
    last = Where(frozenset(["lll"]))
    where = lending.before(*clause("It: a [granuloma](nodules)."), 1, last)
    assert (where.values, where.way) == ({"lll"}, "what the finding before is taken for")
    assert lending.before(*clause("It, a [granuloma](nodules)."), 1, last) == Where()


def test_the_first_finding_has_none_before_it(clause):
    assert (
        lending.before(*clause("[Nodule](nodules), [GGO](ggo) in [RUL](rul)."), 0, Where(frozenset(["lll"]))) == Where()
    )
