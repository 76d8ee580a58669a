"""A report as rows of hashed features: what the weights are multiplied with.

Hashing: CRC-32 of block name and feature, to 22 bits. The weights therefore hold numbers of buckets and no words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from radnlp.api import ReportView
from radnlp_ja.cues import SentenceCues
from radnlp_ja.folding import fold
from radnlp_ja.linear import shapes
from radnlp_ja.linear.structure import EDGES, Structure, structures

BUCKETS = 1 << 22
#: How far the sentences around reach, and what of the weight of their features remains there.
NEIGHBOURS: Mapping[int, float] = {-2: 0.1, -1: 0.2, 1: 0.2, 2: 0.1}
_STRIDE = 0x9E3779B1  # moves a neighbour's bucket elsewhere: the golden ratio in 32 bits

Buckets = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One kind of feature. Its row in a sentence is scaled to the length ``weight``.

    Attributes:
        weight: Against the other blocks.
        rare: Whether rare features weigh more (inverse document frequency).
        shared: Whether the sentences around are described by it, too.
        plain: Whether it looks at the sentence with one sign for wordings that say the same.
    """

    name: str
    weight: float
    make: Callable[[str], list[str]]
    rare: bool = False
    shared: bool = False
    plain: bool = False


BLOCKS = (
    Block(name="grams", weight=1.0, make=shapes.grams, plain=True),
    Block(name="runs", weight=0.5, make=shapes.runs, rare=True, shared=True, plain=True),
    Block(name="begin", weight=0.5, make=shapes.beginnings, shared=True),
    Block(name="end", weight=0.5, make=shapes.endings, shared=True, plain=True),
    Block(name="clauses", weight=0.5, make=shapes.clause_edges, plain=True),
)
#: Facts about a sentence among the others: as one more block of the first chain, and one by one for the second.
FACTS = "facts"
FACT_WEIGHT = 0.1
SINGLE_FACT_WEIGHT = 0.3
#: What an edge feature counts, against 1 for the step as such.
EDGE_WEIGHT = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The sentences of one report.

    Attributes:
        blocks: Block name -> for each sentence the buckets of its features, each once, in order.
        edges: Shape (sentences, len(EDGES)): ``EDGE_WEIGHT`` where it holds, 1 for the first, else 0.
    """

    blocks: Mapping[str, tuple[Buckets, ...]]
    edges: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What the model goes by; all of it unless a comparison leaves some out.

    Attributes:
        context: The sentences around, and the place in the report.
        mentions: Terms of the schema and their status.
        sequence: Labels decided together; else each by itself.
    """

    context: bool = True
    mentions: bool = True
    sequence: bool = True


def encode(view: ReportView, cues: SentenceCues, views: Views) -> Encoded:
    """Describe every sentence of a report."""
    text = view.report.text
    folded = [shapes.clipped(fold(text[sentence.start : sentence.end])) for sentence in view.sentences]
    plain = [cues.plain(sentence) for sentence in folded]
    rows = structures(view, folded, cues, with_context=views.context, with_mentions=views.mentions)
    blocks = {
        block.name: tuple(hashed(block.name, block.make(sentence)) for sentence in (plain if block.plain else folded))
        for block in BLOCKS
    }
    blocks[FACTS] = tuple(hashed(FACTS, row.facts) for row in rows)
    return Encoded(blocks=blocks, edges=_edge_matrix(rows, views))


def _edge_matrix(rows: Sequence[Structure], views: Views) -> NDArray[np.float64]:
    matrix = np.array([row.edges for row in rows], dtype=np.float64).reshape(len(rows), len(EDGES))
    matrix[:, 1:] *= EDGE_WEIGHT if views.context else 0.0
    return matrix


def hashed(block: str, features: Sequence[str]) -> Buckets:
    """The buckets of features, each once, in order."""
    seed = crc32(block.encode())
    codes = {crc32(feature.encode("utf-8", "surrogatepass"), seed) % BUCKETS for feature in features}
    return np.array(sorted(codes), dtype=np.int64)


def moved(buckets: Buckets, offset: int) -> Buckets:
    """Where the features of the sentence ``offset`` places away are counted."""
    return np.asarray((buckets + offset * _STRIDE) % BUCKETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The features of one report in one row, ready for a table of weights.

    Attributes:
        buckets: Shape (features,).
        group: Shape (features,), rising: number of the row of a sentence that each belongs to.
        sentence: Shape (groups,): the sentence of each row.
        length: Shape (groups,): what each row is scaled to.
        rare: Shape (groups,): whether rare features weigh more in it.
    """

    buckets: Buckets
    group: Buckets
    sentence: Buckets
    length: NDArray[np.float64]
    rare: NDArray[np.bool_]

    def values(self, known: NDArray[np.bool_], rarity: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each known feature counts, in order.

        Args:
            known: Shape (features,): whether the table has it; what it has not counts nothing, not even for length.
            rarity: Shape (known features,).
        """
        group = self.group[known]
        raw = np.where(self.rare[group], rarity, 1.0)
        norms = np.sqrt(np.bincount(group, weights=raw * raw, minlength=len(self.length)))
        return np.asarray(raw * self.length[group] / norms[group])


def features(encoded: Encoded, *, context: bool, with_facts: bool) -> Features:
    """What a report's sentences look like.

    Args:
        encoded: The report.
        context: Whether each is described by the sentences around it, too.
        with_facts: Whether the facts about its place are among the features.
    """
    total = len(encoded.edges)
    rows: list[tuple[int, Buckets, float, bool]] = []
    for at in range(total):
        if with_facts:
            rows.append((at, encoded.blocks[FACTS][at], FACT_WEIGHT, False))
        for block in BLOCKS:
            column = encoded.blocks[block.name]
            rows.append((at, column[at], block.weight, block.rare))
            if block.shared and context:
                rows += [
                    (at, moved(column[at + offset], offset), share, False)
                    for offset, share in NEIGHBOURS.items()
                    if 0 <= at + offset < total
                ]
    return _flat(rows)


def facts(encoded: Encoded) -> Features:
    """The facts alone, each a row of its own: many facts count more than few."""
    column = encoded.blocks[FACTS]
    rows = [
        (at, buckets[number : number + 1], SINGLE_FACT_WEIGHT, False)
        for at, buckets in enumerate(column)
        for number in range(len(buckets))
    ]
    return _flat(rows)


def _flat(rows: Sequence[tuple[int, Buckets, float, bool]]) -> Features:
    sizes = [len(buckets) for _, buckets, _, _ in rows]
    return Features(
        buckets=np.concatenate([np.zeros(0, dtype=np.int64), *(buckets for _, buckets, _, _ in rows)]),
        group=np.repeat(np.arange(len(rows)), sizes),
        sentence=np.array([at for at, _, _, _ in rows], dtype=np.int64),
        length=np.array([length for _, _, length, _ in rows], dtype=np.float64),
        rare=np.array([rare for _, _, _, rare in rows], dtype=np.bool_),
    )
