"""A small schema and an engine that needs no pipeline: it finds the word "nodule", in the RUL when that is named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from radnlp.batch import BatchJob, create_format, format_for_path
from radnlp.records import (
    EntityKey,
    EntityValue,
    EvidenceSpan,
    Extraction,
    Finding,
    PipelineSpec,
    Provenance,
    RelationType,
    Report,
    Schema,
)


class WordEngine:
    """Reads ``ahead`` reports before it gives the first back; counts the reports it was handed."""

    def __init__(self, *, ahead: int = 1, version: str = "1") -> None:
        self.ahead = ahead
        self.version = version
        self.seen = 0

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        held: list[Report] = []
        for report in reports:
            self.seen += 1
            held.append(report)
            if len(held) >= self.ahead:
                yield self.extract(held.pop(0))
        for report in held:
            yield self.extract(report)

    def extract(self, report: Report) -> Extraction:
        start = report.text.find("nodule")
        findings: tuple[Finding, ...] = ()
        if start >= 0 and report.readable:
            values = {"located_in": ("rul",)} if "RUL" in report.text else {}
            span = EvidenceSpan(start=start, end=start + 6, text="nodule")
            findings = (Finding(key="nodules", status="present", values=values, evidence=(span,), sources=("word",)),)
        return Extraction(
            report_id=report.id,
            patient_id=report.patient_id,
            study_date=report.study_date,
            meta=report.meta,
            schema="small",
            schema_version="1.0.0",
            findings=findings,
            issues=report.issues,
            provenance=Provenance(
                radnlp="0", schema={"id": "small"}, providers={"keys": {"name": "word", "version": self.version}}
            ),
        )


@pytest.fixture
def word_engine() -> type[WordEngine]:
    return WordEngine


@pytest.fixture
def schema() -> Schema:
    return Schema(
        id="small",
        version="1.0.0",
        title="A small schema",
        languages=("en",),
        source="invented",
        keys=(
            EntityKey(id="nodules", type="lesion", label="nodules"),
            EntityKey(id="pleural_effusion", type="lesion", label="pleural effusion"),
        ),
        values=(EntityValue(id="rul", type="location", label="right upper lobe"),),
        relations=(RelationType(id="located_in", value_type="location", keys=("nodules",)),),
    )


MakeJob = Callable[..., BatchJob]


@pytest.fixture
def make_job(schema: Schema) -> MakeJob:
    def make(
        source: Path | str, output: Path | None = None, format_name: str | None = None, **changes: object
    ) -> BatchJob:
        name = format_name or ("jsonl" if output is None else format_for_path(output))
        job = BatchJob(
            spec=PipelineSpec(schema="small"),
            schema=schema,
            digest="d1",
            inputs=(str(source),),
            engine=WordEngine(),
            format=create_format(name, schema),
            output=output,
        )
        return replace(job, **changes)

    return make
