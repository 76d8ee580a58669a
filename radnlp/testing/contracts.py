"""Contract checks: what a provider must keep to, whatever it does inside. One check for every hook.

Each check raises :class:`ContractError` saying which rule was broken, and on which input.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from typing import TypeVar, get_args

import numpy as np

from radnlp.hooks import default_catalogue
from radnlp.pipeline import Assembly
from radnlp.pipes import Draft
from radnlp.records import (
    Check,
    CheckLine,
    Command,
    EngineProvider,
    EntityKeyClassifier,
    EvidenceSpan,
    Extraction,
    Finding,
    KeyPrediction,
    LexiconSource,
    MappingRequest,
    MappingResult,
    MetricProvider,
    PipelineSpec,
    Provider,
    RelationMapper,
    Report,
    ReportView,
    SchemaSource,
    Sentence,
    SentenceClassifier,
)
from radnlp.records.descriptions import CheckState
from radnlp.schema import load_schema

T = TypeVar("T")
S = TypeVar("S")

#: Reports that a provider must survive: ordinary, empty, other scripts, signs, one long.
REPORTS = (
    "Nodules in both lungs, the largest in the RLL. No pleural effusion.",
    "",
    "RUL: 결절. 흉수 없음.",
    "右上葉に結節を認めます。胸水なし。",
    "?? \x00 \U0001f600 ((",
    "Consolidation in the left lower lobe. " * 50,
)


class ContractError(AssertionError):
    """A provider did not keep the contract of its hook."""


def check_schema_source(source: SchemaSource) -> None:
    """radnlp_register_schemas: the folder loads, and its id is the one it is offered under."""
    beside, installed = source.folder.parent, default_catalogue().schemas
    schema, _ = load_schema(
        source.folder,
        find=lambda name: installed[name].item.folder if name in installed else beside / name,
    )
    _require(
        schema.id == source.id, f"the schema in {source.folder} has the id {schema.id!r}, offered as {source.id!r}"
    )


def check_lexicon_source(source: LexiconSource) -> None:
    """radnlp_register_lexicons: the file loads for a schema of its language."""
    assembly = Assembly.of("chest_ct")
    folder = assembly.catalogue.schemas["chest_ct"].item.folder
    _require(source.file.is_file(), f"{source.file} is not there")
    load_schema(folder, find=lambda name: folder.parent / name, lexicons=[source])


def check_entity_key_classifier(provider: Provider[EntityKeyClassifier], *, schema: str = "chest_ct") -> None:
    """radnlp_register_entity_key_classifiers: one answer a report, in order, repeatable, exact offsets."""
    assembly = Assembly.of(schema)
    classifier = provider.factory(assembly.schema, assembly.lexicon, provider.settings)
    views = _views(assembly)
    answers = _repeatable(classifier.classify, views)
    keys = {key.id for key in assembly.schema.keys}
    for number, (view, answer) in enumerate(zip(views, answers, strict=True)):
        named = [prediction.key for prediction in answer]
        _require(set(named) <= keys, f"report {number}: keys outside the schema: {sorted(set(named) - keys)}")
        _require(len(named) == len(set(named)), f"report {number}: a key was answered twice")
        for prediction in answer:
            _check_evidence(number, view, prediction.evidence)


def check_relation_mapper(provider: Provider[RelationMapper], *, schema: str = "chest_ct") -> None:
    """radnlp_register_relation_mappers: one answer a request, in order, repeatable, licensed, exact."""
    assembly = Assembly.of(schema)
    mapper = provider.factory(assembly.schema, assembly.lexicon, provider.settings)
    present = tuple(KeyPrediction(key=key.id, status="present") for key in assembly.schema.keys)
    requests = [MappingRequest(view=view, keys=present) for view in _views(assembly)]
    requests.append(MappingRequest(view=requests[0].view, keys=()))
    answers: Sequence[MappingResult] = _repeatable(mapper.map, requests)
    licensed = {
        (key, relation.id, value)
        for relation in assembly.schema.relations
        for key in relation.keys
        for value in assembly.schema.values_of(relation)
    }
    for number, (request, answer) in enumerate(zip(requests, answers, strict=True)):
        asked = {prediction.key for prediction in request.keys}
        for relation in answer.relations:
            triple = (relation.key, relation.type, relation.value)
            _require(triple in licensed, f"report {number}: {triple} is not licensed by the schema")
            _require(relation.key in asked, f"report {number}: {relation.key!r} was not asked for")
            _check_evidence(number, request.view, (*relation.key_evidence, *relation.value_evidence))


def check_sentence_classifier(provider: Provider[SentenceClassifier], *, schema: str = "ja_ct") -> None:
    """radnlp_register_sentence_classifiers: one label a sentence, in order, repeatable, of the schema's classes."""
    assembly = Assembly.of(schema)
    _require(bool(assembly.schema.sentence_classes), f"the schema {schema!r} has no sentence classes")
    classifier = provider.factory(assembly.schema, assembly.lexicon, provider.settings)
    views = _views(assembly)
    answers = _repeatable(classifier.label, views)
    known = {row.id for row in assembly.schema.sentence_classes}
    for number, (view, answer) in enumerate(zip(views, answers, strict=True)):
        given = f"report {number}: {len(answer)} labels for {len(view.sentences)} sentences"
        _require(len(answer) == len(view.sentences), given)
        for label in answer:
            _require(label.label is None or label.label in known, f"report {number}: the class {label.label!r}")
            _require(label.score is None or 0 <= label.score <= 1, f"report {number}: the score {label.score!r}")


def check_batch_engine(provider: EngineProvider, *, schema: str = "chest_ct") -> None:
    """radnlp_register_batch_engines: one extraction a report, in order, none for none."""
    engine = provider.factory(1)
    spec = PipelineSpec(schema=schema)
    _require(not list(engine.run(spec, [])), "no reports must give no extractions")
    reports = [Report(id=str(number), text=text) for number, text in enumerate(REPORTS)]
    ids = [extraction.report_id for extraction in engine.run(spec, iter(reports))]
    _require(ids == [report.id for report in reports], f"the extractions came as {ids}")


def check_command(command: Command) -> None:
    """radnlp_register_commands: its help can be shown, and shows an example."""
    parser = argparse.ArgumentParser(prog=f"radnlp {command.name}")
    command.add_arguments(parser)
    _require("example" in (parser.description or ""), f"the help of {command.name!r} shows no example")
    parser.format_help()


def check_metric(provider: MetricProvider, *, schema: str = "chest_ct") -> None:
    """radnlp_register_metrics: described, repeatable, as many counts for every report, scores for many totals."""
    for name in ("summary", "formula", "source"):
        _require(bool(getattr(provider, name).strip()), f"the metric {provider.name!r} has no {name}")
    metric = provider.factory(Assembly.of(schema).schema)
    pairs = _pairs(schema)
    counts = np.array([list(metric.count(*pair)) for pair in pairs], dtype=np.float64)  # raises on several lengths
    _require(bool(np.isfinite(counts).all()), "a count is not a finite number")
    again = [list(metric.count(*pair)) for pair in reversed(pairs)]
    _require(again[::-1] == counts.tolist(), "the same reports gave other counts the second time")
    for gold, predicted in pairs:
        _require(metric.correct(gold, predicted) in (True, False, None), "a report is right, wrong (bool) or None")
    totals = np.stack([counts.sum(axis=0), np.zeros(counts.shape[1]), counts[0]])
    together = metric.scores(totals)
    for number, total in enumerate(totals):
        alone = metric.scores(total)
        _require(
            list(alone) == list(together), f"the scores are {list(alone)} for one total, {list(together)} for many"
        )
        for name, column in together.items():
            _require(np.shape(column) == (len(totals),), f"{name}: shape {np.shape(column)} for {len(totals)} totals")
            equal = np.allclose(column[number], alone[name], equal_nan=True)
            _require(equal, f"{name}: {column[number]} among many totals, {alone[name]} alone")
        for row, cells in metric.rows(total).items():
            _require(all(isinstance(cell, (int, float)) for cell in cells.values()), f"row {row}: a cell is no number")


def check_check(check: Check) -> None:
    """radnlp_register_checks: described; looks, and says in words and in values what it found and what to do."""
    _require(bool(check.summary.strip()), f"the check {check.name!r} has no summary")
    lines = check.run(check.settings)
    _require(all(isinstance(line, CheckLine) for line in lines), f"the check {check.name!r} gave something else")
    names = [line.name for line in lines]
    _require(len(names) == len(set(names)) > 0, f"the check {check.name!r} gave no line, or two of one name")
    for line in lines:
        _require(line.state in get_args(CheckState), f"{line.name}: the state {line.state!r}")
        _require(bool(line.words.strip()) and "\n" not in line.words, f"{line.name}: its words are not one line")
        json.dumps(dict(line.values))  # raises where a program could not read them


def _pairs(schema: str) -> list[tuple[Extraction, Extraction]]:
    """Gold and prediction: silent, right, missed, invented, and right in part."""
    assembly = Assembly.of(schema)
    key = assembly.schema.keys[0].id
    relations = assembly.schema.relation_types_of(key)
    values = {relation.id: assembly.schema.values_of(relation)[:2] for relation in relations}
    fewer = {relation: found[:1] for relation, found in values.items()}

    def extraction(label: str, *findings: Finding) -> Extraction:
        sentences = (Sentence(index=0, start=0, end=9, label=label),)
        schema_version = assembly.schema.version
        return Extraction(
            report_id="r", schema=schema, schema_version=schema_version, findings=findings, sentences=sentences
        )

    evidence = (EvidenceSpan(start=0, end=4, text="mass"),)
    silent = extraction("background")
    full = extraction("positive", Finding(key=key, status="present", values=values, evidence=evidence))
    part = extraction("positive", Finding(key=key, status="uncertain", values=fewer))
    denied = extraction("negative", Finding(key=key, status="absent", evidence=evidence))
    return [(gold, predicted) for gold in (full, part, denied, silent) for predicted in (full, part, denied, silent)]


def _views(assembly: Assembly) -> list[ReportView]:
    """The reports as the stages before the providers understand them."""
    drafts = [Draft(report=Report(id=str(number), text=text)) for number, text in enumerate(REPORTS)]
    for stage in (assembly.text(), assembly.mentions(), assembly.status()):
        stage.work(drafts)
    return [draft.view() for draft in drafts]


def _repeatable(ask: Callable[[Sequence[T]], Sequence[S]], requests: Sequence[T]) -> Sequence[S]:
    _require(len(ask([])) == 0, "an empty batch must give an empty answer")
    first, second = ask(requests), ask(requests)
    _require(len(first) == len(requests), f"{len(first)} answers for {len(requests)} reports")
    _require(list(first) == list(second), "the same reports gave other answers the second time")
    singles = [answer for request in requests for answer in ask([request])]
    _require(list(first) == singles, "a report's answer depends on the batch it comes in")
    return first


def _check_evidence(number: int, view: ReportView, spans: Sequence[EvidenceSpan]) -> None:
    for span in spans:
        _require(
            view.report.text[span.start : span.end] == span.text != "",
            f"report {number}: the evidence [{span.start}-{span.end}] is not the text at these offsets",
        )


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise ContractError(rule)
