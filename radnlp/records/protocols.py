"""What a provider receives and must answer: plain records in, plain records out, a batch at a time.

A provider knows no spaCy, so the same one runs in a spaCy pipeline, a benchmark or a process pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from radnlp.records.extraction import Extraction
from radnlp.records.findings import KeyPrediction, Relation, Route
from radnlp.records.mentions import Mention
from radnlp.records.report import Issue, Report, Section, Sentence, SentenceLabel
from radnlp.records.schema import Schema

Setting: TypeAlias = str | int | float | bool | None
Settings: TypeAlias = Mapping[str, Setting]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report as the stages before the provider understood it."""

    report: Report
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRequest:
    """A report and the keys to find values for: those that stage one did not call absent, in schema order."""

    view: ReportView
    keys: tuple[KeyPrediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingResult:
    """Stage two's answer for one report.

    Attributes:
        denied: Keys of the request that the mapper judges not really present.
        routes: Of a mapper that asks others: how each key came to its answer, in the order of the request.
    """

    relations: tuple[Relation, ...] = ()
    denied: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    routes: tuple[Route, ...] = ()


class EntityKeyClassifier(Protocol):
    """Stage one: which keys a report speaks of, and how."""

    def classify(self, views: Sequence[ReportView]) -> Sequence[tuple[KeyPrediction, ...]]:
        """One tuple a view, in the views' order, at most one prediction a key."""


class RelationMapper(Protocol):
    """Stage two: which values the keys have."""

    def map(self, requests: Sequence[MappingRequest]) -> Sequence[MappingResult]:
        """One result a request, in the requests' order."""


class SentenceClassifier(Protocol):
    """What each sentence of a report is for, where the schema has sentence classes."""

    def label(self, views: Sequence[ReportView]) -> Sequence[tuple[SentenceLabel, ...]]:
        """One tuple a view, in the views' order, with one label for each of the view's sentences, in order."""


@runtime_checkable
class Described(Protocol):
    """A provider that has more to say of itself than name and version: which model, which prompt."""

    @property
    def about(self) -> Mapping[str, str]:
        """For the provenance of its stage, the same for every report; a resumed run refuses another."""


@runtime_checkable
class Metered(Protocol):
    """A provider that tells what its answers cost, in tokens or calls."""

    def spent(self) -> Sequence[Mapping[str, int]]:
        """For each item of the batch answered last, in its order: name -> number, for the report's provenance.

        The same for the same report in every run: what an answer cost when it was made, also when it was kept.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineSpec:
    """A pipeline by name: everything needed to build the same one in another process.

    Attributes:
        schema: Name of a schema, or the path of a schema folder.
        terms: Paths of lexicon files laid on top of the schema's own.
        keys: Name of the entity key classifier.
        relations: Name of the relation mapper.
        sentence_classes: Name of the sentence classifier; None for the schema's own, or for none where the schema has
            no sentence classes.
        settings: Stage -> setting -> value; JSON-able.
    """

    schema: str
    terms: tuple[str, ...] = ()
    keys: str = "rules"
    relations: str = "rules"
    sentence_classes: str | None = None
    settings: Mapping[str, Settings] = field(default_factory=dict)


class BatchEngine(Protocol):
    """Runs a pipeline over many reports."""

    def run(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """One extraction a report, in the reports' order, as they get done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionLine:
    """An extraction as it leaves the pipeline: JSON that nobody has to read who only passes it on.

    Attributes:
        line: What ``to_json`` writes of it, without the line end.
        findings: How many there are; likewise the issues of each level.
    """

    report_id: str
    line: str
    findings: int = 0
    errors: int = 0
    warnings: int = 0


@runtime_checkable
class LineEngine(Protocol):
    """A batch engine that can give lines of JSON, which cost nothing to pass on."""

    def run_lines(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[ExtractionLine]:
        """As :meth:`BatchEngine.run`, one line a report in the reports' order."""


class CommandHost(Protocol):
    """What a command may ask of the program it runs in."""

    def read_reports(self, *paths: str, encoding: str = "utf-8") -> Iterator[Report]:
        """The reports of input files, in every form that ``radnlp extract`` reads."""

    def schema(self, name: str) -> Schema:
        """The schema of a name, or of a folder's path. Raises a RadnlpError."""

    def extract(self, spec: PipelineSpec, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Run a pipeline over reports."""

    def progress(self, items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
        """The same items, with a progress bar on standard error when that is a terminal."""
