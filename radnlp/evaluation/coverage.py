"""Risk and coverage: how often a system is wrong in what is left when its least certain findings are set aside.

Sources: El-Yaniv and Wiener, J Mach Learn Res 2010;11:1605 (the curve); Geifman and El-Yaniv, NeurIPS 2017:4878
(a score as the selection rule); Geifman, Uziel and El-Yaniv, ICLR 2019 (the area, and the best that there can be).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from radnlp.evaluation.metrics.positives import is_positive, positive_keys
from radnlp.evaluation.metrics.triples import of_key, triples
from radnlp.evaluation.scoring import Pairs
from radnlp.evaluation.tables import Table, number
from radnlp.records import Schema

#: The coverages of the table.
COVERAGES = (0.5, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """A finding that a system asserts.

    Attributes:
        score: In [0, 1]; None where the system has none.
        right: Whether gold says yes to the key too, with exactly the same values; compound values expanded.
    """

    score: float | None
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The curve of one system.

    Attributes:
        points: (coverage, risk), coverage rising from above 0 to 1: one for each score that occurs.
        findings: What the system asserts.
        scored: How many of these have a score; those without come last.
        wrong: How many of them are wrong.
        area: Mean risk over all coverages (AURC); of findings with the same score no order is better than another.
        best: The area if every wrong finding came last.
    """

    points: tuple[tuple[float, float], ...]
    findings: int
    scored: int
    wrong: int
    area: float
    best: float

    def risk(self, coverage: float) -> float:
        """The risk where at least this share of the findings is kept; NaN where nothing is asserted.

        >>> curve([Asserted(score=0.9, right=True), Asserted(score=0.4, right=False)]).risk(0.5)
        0.0
        """
        return next((risk for covered, risk in self.points if covered >= coverage - 1e-9), float("nan"))


def asserted(pairs: Pairs, schema: Schema) -> list[Asserted]:
    """What a system asserts, finding by finding. What it misses is not among it: recall says that.

    Args:
        pairs: (gold, predicted) of each report.
        schema: Of the gold; relations that gold labels nowhere are not compared.
    """
    labelled = {name for gold, _ in pairs for finding in gold.findings for name in finding.values}
    rows = []
    for gold, predicted in pairs:
        there, true, said = positive_keys(schema, gold), triples(schema, gold), triples(schema, predicted)
        for finding in predicted.findings:
            if is_positive(schema, finding.key, finding.status):
                of_gold = {row for row in of_key(finding.key, true) if row[1] in labelled}
                of_system = {row for row in of_key(finding.key, said) if row[1] in labelled}
                rows.append(Asserted(score=finding.score, right=finding.key in there and of_gold == of_system))
    return rows


def curve(findings: Iterable[Asserted]) -> Curve:
    """The curve of some findings.

    >>> made = curve([Asserted(score=s, right=r) for s, r in ((0.9, True), (0.8, True), (0.8, False), (0.1, False))])
    >>> made.points
    ((0.25, 0.0), (0.75, 0.3333333333333333), (1.0, 0.5))
    >>> round(made.area, 3), round(made.best, 3)
    (0.271, 0.208)
    """
    rows = sorted(findings, key=lambda row: 2.0 if row.score is None else -row.score)
    blocks = [[row.right for row in block] for _, block in groupby(rows, key=lambda row: row.score)]
    points = []
    kept = wrong = 0
    for block in blocks:
        kept += len(block)
        wrong += block.count(False)
        points.append((kept / len(rows), wrong / kept))
    return Curve(
        points=tuple(points),
        findings=len(rows),
        scored=sum(row.score is not None for row in rows),
        wrong=wrong,
        area=_area(blocks),
        best=_area([[True] * (kept - wrong), *([False] for _ in range(wrong))]),
    )


def curves(pairs: Mapping[str, Pairs], schema: Schema) -> dict[str, Curve]:
    """System -> its curve, for the systems that give any of their findings a score."""
    made = {system: curve(asserted(rows, schema)) for system, rows in pairs.items()}
    return {system: found for system, found in made.items() if found.scored}


def coverage_table(found: Mapping[str, Curve], where: str) -> Table:
    """The curves in numbers.

    Args:
        found: System -> its curve.
        where: Which reports.
    """
    return Table(
        title=f"risk and coverage ({where})",
        columns=("system", "findings", "with a score", *(f"risk at {c:.0%}" for c in COVERAGES), "area", "best area"),
        rows=tuple(
            (
                system,
                f"{made.findings:,}",
                f"{made.scored:,}",
                *(number(made.risk(coverage)) for coverage in COVERAGES),
                number(made.area),
                number(made.best),
            )
            for system, made in found.items()
        ),
        note="Of the findings that a system asserts, those with the highest scores are kept (coverage); risk is the "
        "share of them that is wrong: the key is not there, or has other values. Area: mean risk over all coverages "
        "(AURC); best area: if every wrong finding came last. Systems whose findings have no score are left out.",
    )


def _area(blocks: Sequence[Sequence[bool]]) -> float:
    """Mean risk over the numbers of findings kept; inside a block the risk expected of a random order."""
    kept = 0
    wrong = total = 0.0
    for block in blocks:
        share = block.count(False) / len(block) if block else 0.0
        for _ in block:
            kept += 1
            wrong += share
            total += wrong / kept
    return total / kept if kept else float("nan")
