"""The contract of radnlp_register_metrics."""

from __future__ import annotations

import numpy as np

from radnlp.pipeline import Assembly
from radnlp.records import EvidenceSpan, Extraction, Finding, Metric, MetricProvider, Sentence
from radnlp.testing.contracts.asking import SECONDS
from radnlp.testing.contracts.errors import require
from radnlp.testing.contracts.watch import watched


def check_metric(provider: MetricProvider, *, schema: str = "chest_ct", seconds: float = SECONDS) -> None:
    """radnlp_register_metrics: described, repeatable, as many counts for every report, scores for many totals.

    Raises:
        ContractError: The rule that is broken, and what the rule is for.
    """
    for name in ("summary", "formula", "source"):
        present = bool(getattr(provider, name).strip())
        require(present, "described", f"the metric {provider.name!r} has no {name}")
    with watched([], seconds=seconds):
        assembly = Assembly.of(schema)
        metric = provider.factory(assembly.schema)
        pairs = _pairs(assembly)
        rows = [list(metric.count(*pair)) for pair in pairs]
        again = [list(metric.count(*pair)) for pair in reversed(pairs)][::-1]
        judged = [metric.correct(*pair) for pair in pairs]
    lengths = sorted({len(row) for row in rows})
    require(len(lengths) == 1, "one_answer_each", f"the number of counts differs from report to report: {lengths}")
    counts = np.array(rows, dtype=np.float64)
    require(bool(np.isfinite(counts).all()), "score", "a count is not a finite number")
    require(again == counts.tolist(), "repeatable", "the same reports gave other counts the second time")
    known = all(answer in (True, False, None) for answer in judged)
    require(known, "right_kind", "a report is right, wrong (bool) or None")
    _check_scores(metric, counts)


def _check_scores(metric: Metric, counts: np.ndarray) -> None:  # type: ignore[type-arg]
    totals = np.stack([counts.sum(axis=0), np.zeros(counts.shape[1]), counts[0]])
    together = metric.scores(totals)
    for number, total in enumerate(totals):
        alone = metric.scores(total)
        found = f"the scores are {list(alone)} for one total, {list(together)} for many"
        require(list(alone) == list(together), "independent", found)
        for name, column in together.items():
            shape = f"{name}: shape {np.shape(column)} for {len(totals)} totals"
            require(np.shape(column) == (len(totals),), "one_answer_each", shape)
            equal = np.allclose(column[number], alone[name], equal_nan=True)
            require(equal, "independent", f"{name}: {column[number]} among many totals, {alone[name]} alone")
        for row, cells in metric.rows(total).items():
            numbers = all(isinstance(cell, (int, float)) for cell in cells.values())
            require(numbers, "right_kind", f"row {row}: a cell is no number")


def _pairs(assembly: Assembly) -> list[tuple[Extraction, Extraction]]:
    """Gold and prediction: silent, right, missed, invented, and right in part."""
    schema = assembly.schema
    key = schema.keys[0].id
    values = {relation.id: schema.values_of(relation)[:2] for relation in schema.relation_types_of(key)}
    fewer = {relation: found[:1] for relation, found in values.items()}

    def extraction(label: str, *findings: Finding) -> Extraction:
        sentences = (Sentence(index=0, start=0, end=9, label=label),)
        return Extraction(
            report_id="r", schema=schema.id, schema_version=schema.version, findings=findings, sentences=sentences
        )

    evidence = (EvidenceSpan(start=0, end=4, text="mass"),)
    silent = extraction("background")
    full = extraction("positive", Finding(key=key, status="present", values=values, evidence=evidence))
    part = extraction("positive", Finding(key=key, status="uncertain", values=fewer))
    denied = extraction("negative", Finding(key=key, status="absent", evidence=evidence))
    return [(gold, predicted) for gold in (full, part, denied, silent) for predicted in (full, part, denied, silent)]
