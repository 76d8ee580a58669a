"""The lines that a run leaves: for training, as gold beside its reports, and what was not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from radnlp.api import Schema
from radnlp_llama.synthesis.labels import Labels
from radnlp_llama.synthesis.recipe import LabelKind
from radnlp_llama.synthesis.run import Labelled, Rejected

Row = dict[str, Any]


def training_row(row: Labelled, schema: Schema, *, kind: LabelKind) -> Row:
    """A line for training.

    With sentence classes: ``sentences`` and ``labels``, as ``radnlp train sentences`` reads them. With statuses:
    ``text`` and ``keys`` (those that are positive), as ``radnlp train keys`` reads them, and ``statuses``.
    """
    return {
        "id": row.case.id,
        "text": "\n".join(row.sentences),
        "sentences": list(row.sentences),
        **_TRAINING[kind](row.labels, schema),
        "schema": schema.id,
        "schema_version": schema.version,
        "attributes": dict(row.case.attributes),
        "request": row.request,
        "generator": row.generator,
        "labels_request": row.labels_request,
        "labels_generator": row.labeller,
    }


def report_row(row: Labelled) -> Row:
    """The report alone, its sentences fixed: what a system gets to read."""
    return {"id": row.case.id, "sentences": list(row.sentences)}


def gold_row(row: Labelled, schema: Schema, *, kind: LabelKind) -> Row:
    """What is true of it, in format 1; offsets are those of its sentences joined by line breaks."""
    return {
        "format": 1,
        "report_id": row.case.id,
        "schema": schema.id,
        "schema_version": schema.version,
        "findings": [],
        **_GOLD[kind](row),
    }


def rejected_row(row: Rejected) -> Row:
    """An answer that was not taken, with the answer."""
    return {
        "id": row.case.id,
        "stage": row.stage,
        "reason": row.reason,
        "detail": row.detail,
        "attributes": dict(row.case.attributes),
        "request": row.request,
        "generator": row.generator,
        "sentences": list(row.sentences),
        "answer": row.answer,
    }


def _classes(labels: Labels, schema: Schema) -> Row:
    return {"labels": list(labels.values())}


def _statuses(labels: Labels, schema: Schema) -> Row:
    # The keys that count as positive when a model is fitted: as radnlp train labels --policy status.
    positive = [
        key.id
        for key in schema.keys
        if labels.get(key.id) in ("present", "uncertain") or (labels.get(key.id) == "historical" and key.lasting)
    ]
    return {"keys": positive, "statuses": dict(labels)}


def _sentences(row: Labelled) -> Row:
    found, start = [], 0
    for index, (sentence, label) in enumerate(zip(row.sentences, row.labels.values(), strict=True)):
        found.append({"index": index, "start": start, "end": start + len(sentence), "label": label})
        start += len(sentence) + 1
    return {"sentences": found}


def _findings(row: Labelled) -> Row:
    return {"findings": [{"key": key, "status": status} for key, status in row.labels.items()]}


_TRAINING: Mapping[LabelKind, Callable[[Labels, Schema], Row]] = {
    "sentence_classes": _classes,
    "key_statuses": _statuses,
}
_GOLD: Mapping[LabelKind, Callable[[Labelled], Row]] = {"sentence_classes": _sentences, "key_statuses": _findings}
