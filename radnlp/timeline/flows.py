"""The sequences of all patients as one Sankey: how many go from which value to which, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from radnlp.timeline.sequence import Timeline
from radnlp.timeline.settings import JOINT

#: The value of the node beside the first step that takes the patients whose label never changes.
UNCHANGED = "(unchanged)"  # no id of a schema has brackets


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value at a step.

    Attributes:
        step: From 1.
        patients: How many have this value at this step.
    """

    step: int
    value: str
    patients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A change from one step to the next, or to ``(unchanged)``.

    Attributes:
        step: The step it starts from.
        patients: How many change so.
    """

    step: int
    source: str
    target: str
    patients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sankey:
    """Nodes and links, by step and by value in schema order.

    Attributes:
        steps: Number of columns.
        unchanged: Patients whose label never changes.
        cut: Patients with more changes than are followed.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    steps: int
    patients: int
    reports: int
    unchanged: int
    cut: int


def sankey(timeline: Timeline) -> Sankey:
    """The Sankey of the patients that passed the filters.

    A node counts everybody who has come to it; what leaves it counts who changes again, so that it may be less. The
    first step alone says of those who stay that they do, by links to ``(unchanged)``.
    """
    paths = [[step.value for step in patient.steps] for patient in timeline.used]
    nodes = Counter((number, value) for path in paths for number, value in enumerate(path, start=1))
    links: Counter[tuple[int, str, str]] = Counter()
    for path in paths:
        links.update((number, *pair) for number, pair in enumerate(pairwise(path), start=1))
        if len(path) == 1 and timeline.settings.max_changes:
            links[1, path[0], UNCHANGED] += 1
    rank = partial(_rank, order=[*timeline.settings.values])
    return Sankey(
        nodes=tuple(
            Node(step=step, value=value, patients=nodes[step, value])
            for step, value in sorted(nodes, key=lambda node: (node[0], rank(node[1])))
        ),
        links=tuple(
            Link(step=step, source=source, target=target, patients=links[step, source, target])
            for step, source, target in sorted(links, key=lambda link: (link[0], rank(link[1]), rank(link[2])))
        ),
        steps=max((len(path) for path in paths), default=0),
        patients=len(paths),
        reports=timeline.used_reports,
        unchanged=sum(len(path) == 1 for path in paths),
        cut=sum(patient.changes > timeline.settings.max_changes for patient in timeline.used),
    )


def _rank(value: str, order: Sequence[str]) -> tuple[float, ...]:
    """Place of a value in a column: schema order, joined ones by their members, ``(unchanged)`` last."""
    if value == UNCHANGED:
        return (float("inf"),)
    return tuple(float(order.index(part)) for part in value.split(JOINT))
