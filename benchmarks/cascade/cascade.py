"""The provider `cascade` on the invented chest CT reports, with a good and a bad second provider.

    python benchmarks/cascade/cascade.py --output FOLDER

The good second provider answers what gold says, the bad one puts every lesion into the mirror-image places (the lingula
of what has none): no model is needed, and both ends of what a model could do are seen. For thresholds from 0 to 1: how
many reports and keys are sent on, and relation F1, of the odd-numbered half. Of the even-numbered half the aggregates
are printed with --untouched; nobody looks at its reports. Last, the rules that have forgotten some of their words (see
material.py), which are as often wrong as rules are on words of another hospital.

Writes sweep.csv and sweep.svg.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit import auc, calibration_error
from material import DEVELOPMENT, UNTOUCHED, Row, Rules, chest_ct_gold, places, report_rows
from plot import sweep_svg

from radnlp.evaluation.coverage import Asserted, Curve, asserted, curve
from radnlp.evaluation.experiment import Split
from radnlp.evaluation.gold import GoldSet
from radnlp.evaluation.metrics.relations import RelationMetric
from radnlp.records import Extraction, Finding, MappingRequest, MappingResult, Relation, RelationMapper
from radnlp.rules.cascade import CascadeMapper, Measure
from radnlp.rules.cascade.second import Second
from radnlp.testing import ScriptedMapper

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.97, 0.98, 1.0)
SEEDS = range(10)
_MIRROR = {"right_lung": "left_lung", "rul": "lul", "rml": "left_lingula", "rll": "lll", "bul": "bll"}
MIRROR = {**_MIRROR, **{left: right for right, left in _MIRROR.items()}, "pleural": "left_lingula"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One threshold.

    Attributes:
        reports, keys: Shares, in [0, 1], of the reports and of the judged keys that were sent on.
        f1: Micro F1 of the places.
        made: Risk and coverage.
    """

    second: str
    threshold: float
    reports: float
    keys: float
    f1: float
    made: Curve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--untouched", action="store_true", help="the aggregates of the even-numbered half too")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    parts: list[tuple[str, Split, Sequence[int | None]]] = [
        ("odd-numbered half", DEVELOPMENT, [None]),
        ("odd-numbered half, some words forgotten", DEVELOPMENT, SEEDS),
    ]
    if options.untouched:
        parts.append(("even-numbered half (untouched)", UNTOUCHED, [None]))
    rows: list[tuple[str, Point]] = []
    for title, split, seeds in parts:
        print(f"\n## {title}\n")
        print(measure_line([*report_rows(split, seeds=seeds)]))
        print("\n| second | threshold | reports sent | keys sent | F1 | risk at 80% | risk of all | area | best area |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for point in sweep(chest_ct_gold(split), seeds):
            rows.append((title, point))
            print(line(point), flush=True)
    with (options.output / "sweep.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["reports", "second", "threshold", "reports_sent", "keys_sent", "f1", "area"])
        writer.writerows([t, p.second, p.threshold, p.reports, p.keys, p.f1, p.made.area] for t, p in rows)
    (options.output / "sweep.svg").write_text(sweep_svg(rows), "utf-8")


def measure_line(rows: Sequence[Row]) -> str:
    """How well the measure tells right from wrong here, in one sentence."""
    measure = Measure.shipped()
    said = np.array([measure.judge(row.signals, schema=row.schema).probability for row in rows])
    true = np.array([row.right for row in rows], dtype=np.float64)
    return (
        f"{len(rows):,} keys, {true.mean():.3f} right, mean probability {said.mean():.3f}, AUC {auc(said, true):.3f}, "
        f"calibration error {calibration_error(said, true):.3f}"
    )


def line(point: Point) -> str:
    """A row of the table."""
    made = point.made
    numbers = (point.f1, made.risk(0.8), made.risk(1.0), made.area, made.best)
    return (
        f"| {point.second} | {point.threshold:.2f} | {point.reports:.0%} | {point.keys:.0%} | "
        f"{' | '.join(f'{number:.3f}' for number in numbers)} |"
    )


def sweep(gold: GoldSet, seeds: Sequence[int | None]) -> Iterator[Point]:
    """Every second provider at every threshold; several readings of the reports are added up."""
    readings, rules = [], []
    for seed in seeds:
        read = Rules("chest_ct", seed)
        readings.append(list(read.requests(gold.reports)))
        rules.append(remembered(readings[-1], read.mapper.map(readings[-1])))
    for name, answer in SECONDS.items():
        second = Second(name, ScriptedMapper(answer(gold)))
        for threshold in THRESHOLDS:
            yield _point(gold, name, second, threshold, readings, rules)


def remembered(requests: Sequence[MappingRequest], results: Sequence[MappingResult]) -> RelationMapper:
    """A mapper that gives the same answers again: the rules say the same at every threshold."""
    known = {request.view.report.id: result for request, result in zip(requests, results, strict=True)}
    return ScriptedMapper(lambda request: known[request.view.report.id])


def _point(
    gold: GoldSet,
    name: str,
    second: Second,
    threshold: float,
    readings: Sequence[Sequence[MappingRequest]],
    rules: Sequence[RelationMapper],
) -> Point:
    metric = RelationMetric(gold.schema)
    counts, found = [], list[Asserted]()
    sent = keys = judged = 0
    for requests, mapper in zip(readings, rules, strict=True):
        cascade = CascadeMapper(gold.schema, mapper, second, measure=Measure.shipped(), threshold=threshold)
        results = cascade.map(requests)
        pairs = [
            (true, joined(true, request, result))
            for true, request, result in zip(gold.gold, requests, results, strict=True)
        ]
        counts += [metric.count(*pair) for pair in pairs]
        found += asserted(pairs, gold.schema)
        sent += sum(cost["calls"] for cost in cascade.spent())
        keys += sum(cost["keys_asked"] for cost in cascade.spent())
        judged += sum(len(result.routes) for result in results)
    reports = sum(len(requests) for requests in readings)
    scores = metric.scores(np.array(counts, dtype=np.float64).sum(axis=0))
    return Point(
        second=name,
        threshold=threshold,
        reports=sent / reports,
        keys=keys / judged,
        f1=float(scores["micro_f1"]),
        made=curve(found),
    )


def joined(gold: Extraction, request: MappingRequest, result: MappingResult) -> Extraction:
    """The findings of a mapper's answer, as the stage behind it joins them; of the keys that have places alone."""
    sure = {route.key: route.confidence for route in result.routes}
    findings = tuple(
        Finding(
            key=key.key,
            status=key.status,
            score=sure[key.key],
            values={
                "located_in": tuple(
                    sorted({r.value for r in result.relations if (r.key, r.type) == (key.key, "located_in")})
                )
            },
        )
        for key in request.keys
        if key.key in sure and key.key not in result.denied
    )
    return replace(gold, findings=findings)


def _good(gold: GoldSet) -> Callable[[MappingRequest], MappingResult]:
    """Answers what gold says; what gold does not have is denied."""
    true = {row.report_id: places(gold.schema, row) for row in gold.gold}

    def answer(request: MappingRequest) -> MappingResult:
        said = true[request.view.report.id]
        return MappingResult(
            relations=tuple(
                Relation(key=key.key, type=name, value=value, source="good")
                for key in request.keys
                for name, value in sorted(said.get(key.key, ()))
            ),
            denied=tuple(key.key for key in request.keys if key.key not in said),
        )

    return answer


def _bad(gold: GoldSet) -> Callable[[MappingRequest], MappingResult]:
    """Answers the mirror image of what gold says."""
    good = _good(gold)

    def answer(request: MappingRequest) -> MappingResult:
        right = good(request).relations
        mirrored = tuple(replace(row, value=MIRROR[row.value], source="bad") for row in right)
        placed = {row.key for row in right}
        located = {key for relation in gold.schema.relations[:1] for key in relation.keys}
        invented = tuple(
            Relation(key=key.key, type="located_in", value="left_lingula", source="bad")
            for key in request.keys
            if key.key in located - placed
        )
        return MappingResult(relations=(*mirrored, *invented))

    return answer


SECONDS: dict[str, Callable[[GoldSet], Callable[[MappingRequest], MappingResult]]] = {"good": _good, "bad": _bad}


if __name__ == "__main__":
    main()
