"""A folder with everything about an experiment: tables as Markdown, CSV and HTML, and one JSON with every decision."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from radnlp._version import __version__
from radnlp.errors import ConfigError
from radnlp.evaluation.bench import Result, SplitResult
from radnlp.evaluation.page import page
from radnlp.evaluation.report import cost_table, detail_tables, quality_tables
from radnlp.evaluation.scoring import Scores
from radnlp.evaluation.statistics import Interval
from radnlp.evaluation.tables import csv_text, markdown
from radnlp.records.wire import to_dict


def write_results(result: Result, folder: Path, *, with_text: bool) -> list[Path]:
    """Write ``results.md``, ``results.csv``, ``results.json``, ``decisions.jsonl`` and ``results.html``.

    Args:
        result: What to write.
        folder: Made when it is not there.
        with_text: True puts the words of reports into the decisions; else there are ids and offsets.

    Returns:
        The files written.

    Raises:
        ConfigError: The folder cannot be written.
    """
    tables = [*quality_tables(result), *detail_tables(result), cost_table(result)]
    title = result.experiment.title
    contents = {
        "results.md": f"# {title}\n\n" + "\n".join(markdown(table) for table in tables),
        "results.csv": csv_text(tables),
        "results.json": json.dumps(_summary(result), indent=2, ensure_ascii=False) + "\n",
        "decisions.jsonl": "".join(f"{line}\n" for line in _decisions(result, with_text=with_text)),
        "results.html": page(title, tables),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}") from None
    return [folder / name for name in contents]


def _summary(result: Result) -> dict[str, Any]:
    """What another site needs to repeat the experiment, and what came out."""
    experiment = result.experiment
    return {
        "title": experiment.title,
        "experiment": experiment.path.read_text(encoding="utf-8-sig"),
        "seed": experiment.seed,
        "draws": experiment.draws,
        "versions": {"radnlp": __version__, "python": platform.python_version()}
        | {name: version(name) for name in ("spacy", "medspacy", "numpy", "scipy", "statsmodels")},
        "schema": {"id": result.schema.id, "version": result.schema.version, "digest": result.digest},
        "metrics": {m.name: {"summary": m.summary, "formula": m.formula, "source": m.source} for m in result.metrics},
        "systems": [
            {
                "name": outcome.system.name,
                "run": outcome.predictions is not None,
                "reason": outcome.reason,
                "providers": _providers(outcome.predictions[0].provenance) if outcome.predictions else {},
            }
            for outcome in result.outcomes
        ],
        "splits": [_split(part) for part in result.splits],
    }


def _providers(provenance: Any) -> Mapping[str, Any]:
    return {} if provenance is None else dict(provenance.providers)


def _split(part: SplitResult) -> dict[str, Any]:
    return {
        "name": part.split.name,
        "reports": part.scores.reports,
        "scores": _scores(part.scores),
        "groups": {group: _scores(scores) for group, scores in part.groups.items()},
        "differences": [
            {
                "metric": row.metric.name,
                "first": row.first,
                "second": row.second,
                "differences": {name: _interval(s) for name, s in row.differences.items()},
                "mcnemar": None
                if row.test is None
                else {
                    "only_first": row.test.only_first,
                    "only_second": row.test.only_second,
                    "p": row.test.p,
                    "p_holm": row.test.p_holm,
                },
            }
            for row in part.scores.compared
        ],
    }


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


def _decisions(result: Result, *, with_text: bool) -> Iterator[str]:
    """A line for each report and system; none of a split of which only aggregates may be seen."""
    for part in result.splits:
        if part.split.aggregates_only:
            continue
        correct = {(row.system, row.metric.name): row.correct for row in part.scores.scored}
        for system, pairs in part.pairs.items():
            for number, (gold, predicted) in enumerate(pairs):
                decision = {
                    "split": part.split.name,
                    "system": system,
                    "report_id": gold.report_id,
                    "correct": {metric.name: correct[system, metric.name][number] for metric in result.metrics},
                    "gold": to_dict(gold, with_text=with_text)["findings"],
                    "predicted": to_dict(predicted, with_text=with_text)["findings"],
                }
                yield json.dumps(decision, ensure_ascii=False, separators=(",", ":"))
