"""The folder of a finished run.

train.jsonl validation.jsonl test.jsonl     labelled reports, for training (the names are the recipe's splits)
gold/SPLIT.jsonl gold/SPLIT.reports.jsonl   the same as gold of `radnlp bench`, reader `findings`
rejected.jsonl                              what was not taken, with reason and answer
requests.jsonl                              what is still to be answered, where anything is
summary.json                                numbers
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from radnlp.api import GenerationRequest, Schema
from radnlp_llama.synthesis.parts import write_whole
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.recorded import request_line
from radnlp_llama.synthesis.rows import Row, gold_row, rejected_row, report_row, training_row
from radnlp_llama.synthesis.run import Labelled, Outcome
from radnlp_llama.synthesis.splits import assign

REQUESTS, SUMMARY = "requests.jsonl", "summary.json"


def write_requests(folder: Path, requests: Sequence[GenerationRequest]) -> None:
    """The open questions; no file when there are none."""
    if requests:
        write_whole(folder / REQUESTS, map(request_line, requests))
    else:
        (folder / REQUESTS).unlink(missing_ok=True)


def write_outcome(
    folder: Path, outcome: Outcome, recipe: Recipe, schema: Schema, *, weights: Mapping[str, int], seed: int
) -> dict[str, Any]:
    """All files but the open questions.

    Returns:
        The summary, as written.
    """
    _drop_other_splits(folder, weights)
    split_of = assign([case.id for case in outcome.cases], weights, seed=seed)
    parts = {name: [row for row in outcome.labelled if split_of[row.case.id] == name] for name in weights}
    for name, rows in parts.items():
        _write(folder / f"{name}.jsonl", (training_row(row, schema, kind=recipe.labels) for row in rows))
        _write(folder / "gold" / f"{name}.jsonl", (gold_row(row, schema, kind=recipe.labels) for row in rows))
        _write(folder / "gold" / f"{name}.reports.jsonl", map(report_row, rows))
    _write(folder / "rejected.jsonl", map(rejected_row, outcome.rejected))
    summary = summarize(outcome, recipe, parts, seed=seed)
    write_whole(folder / SUMMARY, [json.dumps(summary, ensure_ascii=False, indent=1) + "\n"])
    return summary


def summarize(
    outcome: Outcome, recipe: Recipe, parts: Mapping[str, Sequence[Labelled]], *, seed: int
) -> dict[str, Any]:
    """How many were asked for, kept, refused and why, are waiting, and how they fall into splits and labels."""
    reasons = Counter(f"{row.stage}: {row.reason}" for row in outcome.rejected)
    return {
        "recipe": recipe.id,
        "recipe_version": recipe.version,
        "schema": recipe.schema,
        "seed": seed,
        "generators": _counted(row.generator for row in outcome.labelled),
        "labels_generators": _counted(row.labeller for row in outcome.labelled),
        "asked": len(outcome.cases),
        "kept": len(outcome.labelled),
        "rejected": len(outcome.rejected),
        "waiting": len(outcome.waiting),
        "reasons": dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        "splits": {name: _split(rows) for name, rows in parts.items()},
        "attributes": {
            attribute.id: _counted(
                row.case.attributes[attribute.id] for row in outcome.labelled if attribute.id in row.case.attributes
            )
            for attribute in recipe.attributes
        },
    }


def _drop_other_splits(folder: Path, weights: Mapping[str, int]) -> None:
    """Files of splits that an earlier call made and this one does not: their reports are in others now."""
    try:
        before = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))["splits"]
    except (OSError, ValueError, KeyError):
        return
    for name in set(before) - set(weights):
        for path in (f"{name}.jsonl", f"gold/{name}.jsonl", f"gold/{name}.reports.jsonl"):
            (folder / path).unlink(missing_ok=True)


def _split(rows: Sequence[Labelled]) -> dict[str, Any]:
    return {
        "reports": len(rows),
        "sentences": sum(len(row.sentences) for row in rows),
        "labels": _counted(label for row in rows for label in row.labels.values()),
    }


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _write(path: Path, rows: Iterable[Row]) -> None:
    write_whole(path, (json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
