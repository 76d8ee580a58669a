"""Heads without a place of their own: whose place they share."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.rules.reading.bonds import Bond
from radnlp.rules.reading.gaps import read_gap
from radnlp.rules.reading.groups import Where
from radnlp.rules.reading.items import Items
from radnlp.rules.reading.landmarks import is_landmark


def behind(text: str, items: Items, bonds: Sequence[Bond], own: Sequence[Where | None]) -> list[Where | None]:
    """For each head the place behind a finding further on: "[nodules] and GGO in the RUL"; None when there is none."""
    lent: list[Where | None] = [None] * len(bonds)
    for number in range(len(bonds) - 2, -1, -1):
        head, bond = bonds[number].head, bonds[number + 1]
        if is_landmark(text, items, bond.start):  # "GGO around the RLL mass"
            found = own[number + 1] or lent[number + 1]
            lent[number] = found and found._replace(way="around what lies there")
            continue
        if is_landmark(text, items, bonds[number].start):  # "distal to the mass, consolidation of the middle lobe"
            continue
        if head.kind == "same" or bond.head.kind == "same" or bond.head.denied != head.denied or bond.before:
            continue
        gap = read_gap(text, items, head.end, bond.head.start)
        if gap.parts and not bond.joined and (gap.tells or (bond.head.kind == "other" and not gap.listed)):
            continue  # "nodules have grown, and consolidation is seen in the LLL"
        found = own[number + 1]
        if found is None:
            lent[number] = lent[number + 1]
        elif bond.after:
            lent[number] = found._replace(way="shared with the finding behind it")
    return lent


def before(
    text: str, items: Items, bonds: Sequence[Bond], own: Sequence[Where | None], number: int, last: Where
) -> Where:
    """The place of the finding before: "nodule in the RUL with [GGO]", "These may represent [granulomas]".

    Args:
        text: The report text.
        items: Those of the sentence.
        bonds: Those of the clause.
        own: The places of its heads; those up to ``number`` may be shared ones.
        number: The head that asks.
        last: The place named last.
    """
    head = bonds[number].head
    if number == 1 and bonds[0].head.kind == "same" and own[0] is None:
        gap = read_gap(text, items, bonds[0].head.end, head.start)
        return Where() if gap.parts and not gap.joins else last._replace(way="what the finding before is taken for")
    if number and (found := own[number - 1]) is not None:
        giver = bonds[number - 1].head
        gap = read_gap(text, items, giver.end, head.start)
        near = giver.kind != "other" or bonds[number].joined or gap.listed or not gap.parts
        if giver.denied == head.denied and near:
            return found._replace(way="shared with the finding before it")
    return Where()
