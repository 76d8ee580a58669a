"""A run over many reports, described; and what came of it, counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from radnlp.batch.databases import TableAddress
from radnlp.batch.formats.format import Format
from radnlp.batch.readers import ReadOptions
from radnlp.records import BatchEngine, PipelineSpec, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchJob:
    """Everything that ``radnlp extract`` needs to know.

    Attributes:
        spec: The pipeline.
        schema: The schema that ``spec`` names, loaded.
        digest: Of schema and lexicon, as the lexicon has it.
        inputs: Paths, database URLs, or ``-`` for standard input.
        engine: Runs the pipeline.
        format: Writes the result.
        output: The finished file, a table of a database, or None for standard output.
        read: Encoding and columns of the input.
        with_text: False leaves every word of the reports out of the result.
        resume: Continue from the parts that an earlier run left.
        strict: Stop at the first report with an error.
    """

    spec: PipelineSpec
    schema: Schema
    digest: str
    inputs: tuple[str, ...]
    engine: BatchEngine
    format: Format
    output: Path | TableAddress | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    with_text: bool = True
    resume: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """Counts of a run; those of the reports taken over from an earlier run are in them.

    Attributes:
        reports: Reports in the result.
        failed: Reports with at least one issue of level ``error``; any makes the exit status 1.
        errors: Issues of level ``error``.
        warnings: Issues of level ``warning``.
        skipped: Reports taken over from an earlier run.
    """

    reports: int = 0
    findings: int = 0
    failed: int = 0
    errors: int = 0
    warnings: int = 0
    skipped: int = 0

    def __add__(self, other: RunSummary) -> RunSummary:
        return RunSummary(
            reports=self.reports + other.reports,
            findings=self.findings + other.findings,
            failed=self.failed + other.failed,
            errors=self.errors + other.errors,
            warnings=self.warnings + other.warnings,
            skipped=self.skipped + other.skipped,
        )
