r"""The lines of an .ann file: text-bound annotations (T), attributes (A) and relations (R).

Offsets: code points of the .txt, as brat counts them; a line break of Windows is two.

https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from radnlp.records import IssueLevel

Fragments = tuple[tuple[int, int], ...]

_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_ATTRIBUTE = re.compile(r"([AM]\S+)\t(\S+) (\S+)(?: (\S+))?\s*")
_LINK = re.compile(r"(R\S+)\t(\S+) \S+?:(\S+) \S+?:(\S+)\s*")
#: First character of a line -> what radnlp has no place for.
_FOREIGN = {"E": "an event", "N": "a normalisation", "*": "an equivalence", "#": "a note"}
_SHAPES = {
    "T": "T1<tab>TYPE START END<tab>TEXT",
    "A": "A1<tab>NAME T1 VALUE",
    "M": "M1<tab>NAME T1",
    "R": "R1<tab>TYPE Arg1:T1 Arg2:T2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A T line: words of one type, in one or several fragments."""

    id: str
    label: str
    fragments: Fragments
    text: str
    line: int = 0

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.fragments[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An A or M line: something said of an annotation; a binary one has no value."""

    id: str
    name: str
    target: str
    value: str | None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An R line: a relation from one annotation to another."""

    id: str
    label: str
    first: str
    second: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What cannot be taken from a line, without its words.

    Attributes:
        level: ``error`` for what is broken, ``warning`` for what radnlp has no place for.
        file: The file, inside the project.
        line: From 1; 0 for the file as a whole.
    """

    level: IssueLevel
    file: str
    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standoff:
    """What an .ann file says; each in the order of its lines."""

    bounds: tuple[Bound, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    links: tuple[Link, ...] = ()
    faults: tuple[Fault, ...] = ()


def parse_standoff(content: str, *, file: str) -> Standoff:
    """The annotations of an .ann file; a line that is none of ours is a fault.

    Args:
        content: The text of the file.
        file: For the faults.
    """
    bounds: list[Bound] = []
    attributes: list[Attribute] = []
    links: list[Link] = []
    faults: list[Fault] = []
    for number, row in enumerate(content.split("\n"), start=1):
        line = row.removesuffix("\r")
        if not line.strip():
            continue
        if found := _BOUND.fullmatch(line):
            fragments = sorted((int(a), int(b)) for a, b in (pair.split() for pair in found[3].split(";")))
            bounds.append(Bound(id=found[1], label=found[2], fragments=tuple(fragments), text=found[4], line=number))
        elif found := _ATTRIBUTE.fullmatch(line):
            attributes.append(Attribute(id=found[1], name=found[2], target=found[3], value=found[4], line=number))
        elif found := _LINK.fullmatch(line):
            links.append(Link(id=found[1], label=found[2], first=found[3], second=found[4], line=number))
        elif line[0] in _FOREIGN:
            message = f"{_FOREIGN[line[0]]}, for which radnlp has no place; it was left out"
            faults.append(Fault(level="warning", file=file, line=number, message=message))
        else:
            shape = _SHAPES.get(line[0], "of T, A or R")
            message = f"no line of brat's standoff format; it should be {shape}"
            faults.append(Fault(level="error", file=file, line=number, message=message))
    return Standoff(bounds=tuple(bounds), attributes=tuple(attributes), links=tuple(links), faults=tuple(faults))


def format_standoff(standoff: Standoff) -> str:
    r"""The content of an .ann file.

    >>> nodule = Bound(id="T1", label="nodules", fragments=((5, 11), (14, 20)), text="nodule shadow")
    >>> format_standoff(Standoff(bounds=(nodule,)))
    'T1\tnodules 5 11;14 20\tnodule shadow\n'
    """
    lines = [
        f"{bound.id}\t{bound.label} {';'.join(f'{start} {end}' for start, end in bound.fragments)}\t{bound.text}"
        for bound in standoff.bounds
    ]
    lines += [f"{a.id}\t{a.name} {a.target}" + (f" {a.value}" if a.value else "") for a in standoff.attributes]
    lines += [f"{link.id}\t{link.label} Arg1:{link.first} Arg2:{link.second}" for link in standoff.links]
    return "".join(f"{line}\n" for line in lines)


def words_of(text: str, fragments: Iterable[tuple[int, int]]) -> str:
    """The words of an annotation as brat writes them: one line, fragments parted by a space."""
    return " ".join(" ".join(text[start:end].split()) for start, end in fragments)
