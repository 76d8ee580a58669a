"""An experiment in one JSON: what another site needs to repeat it, and what came out."""

from __future__ import annotations

import hashlib
import json
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from radnlp._version import __version__
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.coverage import curves
from radnlp.evaluation.experiment import Split
from radnlp.evaluation.keywise import Counts, Figures, KeyScores, Matrix
from radnlp.evaluation.scoring import Scores
from radnlp.evaluation.statistics import Interval
from radnlp.evaluation.systems import Outcome
from radnlp.records import Extraction, Finding, PipelineSpec, Report

_PACKAGES = ("spacy", "medspacy", "numpy", "scipy", "statsmodels")


def summary(result: Result, figures: Sequence[Mapping[str, Figures]]) -> dict[str, Any]:
    """The JSON object: the experiment's own file, data by digest, versions, systems, definitions, scores and tests.

    It holds no words of a report and no id of one. Digests are SHA-256; that of the gold is taken over ids, texts and
    findings, so that it is the same for the same data in another file.

    Args:
        result: What came of the experiment.
        figures: Of :func:`radnlp.evaluation.keywise.figures`.
    """
    experiment = result.experiment
    return {
        "format": 1,
        "title": experiment.title,
        "experiment": experiment.path.read_text(encoding="utf-8-sig"),
        "seed": experiment.seed,
        "draws": experiment.draws,
        "statistics": {
            "intervals": "95%, percentile bootstrap over reports; of differences from the same draws for both systems",
            "tests": "exact McNemar on reports right as a whole; p_holm corrected over a metric's pairs of systems",
        },
        "versions": {"radnlp": __version__, "python": platform.python_version()}
        | {name: version(name) for name in _PACKAGES},
        "platform": platform.platform(),
        "schema": {"id": result.schema.id, "version": result.schema.version, "digest": result.digest},
        "data": _data(result),
        "metrics": {m.name: {"summary": m.summary, "formula": m.formula, "source": m.source} for m in result.metrics},
        "systems": [_system(outcome) for outcome in result.outcomes],
        "splits": [_split(result, part, drawn) for part, drawn in zip(result.splits, figures, strict=True)],
    }


def _data(result: Result) -> dict[str, Any]:
    data = result.experiment.data
    return {
        "file": data.path.name,
        "file_digest": _file_digest(data.path),
        "reader": data.reader,
        "options": dict(data.options),
        "reports": len(result.gold.reports),
        "digest": gold_digest(result.gold.reports, result.gold.gold),
        "keys": [key.id for key in result.schema.keys],
        "relations": [relation.id for relation in result.schema.relations],
    }


def gold_digest(reports: Iterable[Report], gold: Iterable[Extraction]) -> str:
    """SHA-256 over ids, texts, findings and sentence classes, whatever the order of the reports."""
    rows = sorted(
        json.dumps([report.id, report.text, _labels(labels)], sort_keys=True)
        for report, labels in zip(reports, gold, strict=True)
    )
    return hashlib.sha256("\n".join(rows).encode("ascii")).hexdigest()


def _labels(gold: Extraction) -> list[object]:
    findings = [_finding(finding) for finding in sorted(gold.findings, key=lambda finding: finding.key)]
    return [findings, [[s.start, s.end, s.label] for s in gold.sentences]]


def _finding(finding: Finding) -> list[object]:
    values = {relation: sorted(ids) for relation, ids in finding.values.items()}
    return [finding.key, finding.status, values, [[span.start, span.end] for span in finding.evidence]]


def _file_digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _system(outcome: Outcome) -> dict[str, Any]:
    system, predictions = outcome.system, outcome.predictions
    made = predictions[0].provenance if predictions else None
    providers = {} if made is None else {stage: dict(provider) for stage, provider in made.providers.items()}
    return {
        "name": system.name,
        "run": predictions is not None,
        "reason": outcome.reason,
        "providers": providers,
        "schema": {} if made is None else dict(made.schema),
        "packages": _packages(providers.values()),
        "pipeline": None if system.spec is None else _pipeline(system.spec),
        "predictions": None if system.predictions is None else _predictions(system.predictions),
        "cost": None if outcome.cost is None else asdict(outcome.cost),
    }


def _packages(providers: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Distribution -> installed version, of all that took part."""
    names = {provider["distribution"] for provider in providers if provider.get("distribution")}
    found = {}
    for name in sorted(names):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # predictions made elsewhere
            continue
    return found


def _pipeline(spec: PipelineSpec) -> dict[str, Any]:
    return {
        "schema": Path(spec.schema).name,
        "terms": [{"file": Path(name).name, "digest": _file_digest(Path(name))} for name in spec.terms],
        "keys": spec.keys,
        "relations": spec.relations,
        "sentence_classes": spec.sentence_classes,
        "settings": {stage: dict(rows) for stage, rows in spec.settings.items()},
    }


def _predictions(path: Path) -> dict[str, Any]:
    return {"file": path.name, "digest": _file_digest(path)}


def _split(result: Result, part: SplitResult, drawn: Mapping[str, Figures]) -> dict[str, Any]:
    return {
        **_rule(part.split),
        "reports": part.scores.reports,
        "digest": gold_digest(*_members(result, part.split)),
        "scores": _scores(part.scores),
        "groups": {group: _scores(scores) for group, scores in part.groups.items()},
        "differences": [
            {
                "metric": row.metric.name,
                "first": row.first,
                "second": row.second,
                "differences": {name: _interval(s) for name, s in row.differences.items()},
                "mcnemar": None if row.test is None else asdict(row.test),
            }
            for row in part.scores.compared
        ],
        "keys": {system: _key_scores(found) for system, found in drawn.items()},
        "coverage": {system: asdict(found) for system, found in curves(part.pairs, result.schema).items()},
    }


def _rule(split: Split) -> dict[str, Any]:
    return {
        "name": split.name,
        "modulo": split.modulo,
        "remainders": list(split.remainders),
        "aggregates_only": split.aggregates_only,
    }


def _members(result: Result, split: Split) -> tuple[list[Report], list[Extraction]]:
    part = result.gold.part(split.holds)
    return list(part.reports), list(part.gold)


def _key_scores(found: Figures) -> dict[str, Any]:
    """Presence, and each relation, of every key; each relation key by value."""
    return {
        "presence": next((_keys(scores) for scores in found.scores if scores.relation is None), {}),
        "relations": {scores.relation: _keys(scores) for scores in found.scores if scores.relation is not None},
        "matrices": {matrix.relation: _matrix(matrix) for matrix in found.matrices},
    }


def _keys(scores: KeyScores) -> dict[str, Any]:
    return {key: {"f1": _interval(row.f1), **_counted(row.counts)} for key, row in scores.keys.items()}


def _matrix(found: Matrix) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for (key, value), counts in found.cells.items():
        rows.setdefault(key, {})[value] = {"f1": _finite(counts.f1), **_counted(counts)}
    return rows


def _counted(counts: Counts) -> dict[str, int]:
    return asdict(counts)


def _scores(scores: Scores) -> list[dict[str, Any]]:
    return [
        {
            "metric": row.metric.name,
            "system": row.system,
            "scores": {name: _interval(s) for name, s in row.scores.items()},
            "rows": {name: {c: _finite(v) for c, v in cells.items()} for name, cells in row.rows.items()},
        }
        for row in scores.scored
    ]


def _interval(found: Interval) -> dict[str, float | None]:
    return {"value": _finite(found.value), "low": _finite(found.low), "high": _finite(found.high)}


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else value
