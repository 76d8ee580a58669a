"""Extractions as a brat project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from radnlp.batch.brat.configuration import EXCLUDED, STATUS, configuration
from radnlp.batch.brat.files import ANNOTATIONS, CONFIGURATION, IDS, TEXT, FileNames, id_line
from radnlp.batch.brat.meaning import StandoffReader
from radnlp.batch.brat.standoff import Attribute, Bound, Fragments, Link, Standoff, format_standoff, words_of
from radnlp.batch.runs.writing import writing
from radnlp.errors import ConfigError, ReportError
from radnlp.records import EvidenceSpan, Extraction, Report, Schema
from radnlp.schema import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedReport:
    """A report with its annotations.

    Attributes:
        lost: Keys whose finding says more than, or something else than, annotations can: found without words in the
            text, or decided by more than the mentions.
    """

    report: Report
    standoff: Standoff
    lost: tuple[str, ...]


def annotate(report: Report, extraction: Extraction, schema: Schema) -> ExportedReport:
    """The annotations of an extraction: mentions, evidence and relations that have a place in the text.

    Not in them: cues, sizes, scores, sections and sentences. Mentions with a line break in them are several fragments.
    """
    page = _Page(text=report.text)
    for mention in extraction.mentions:
        bound = page.bound(mention.entity, [(mention.start, mention.end)])
        page.say(bound, STATUS, mention.status)
        page.say(bound, EXCLUDED, mention.excluded)
    statuses = {finding.key: finding.status for finding in extraction.findings}
    for finding in extraction.findings:
        for span in finding.evidence:
            page.say(page.bound(finding.key, _places([span])), STATUS, finding.status)
    for relation in extraction.relations:
        if relation.key_evidence and relation.value_evidence:
            value = page.bound(relation.value, _places(relation.value_evidence))
            for span in relation.key_evidence:
                key = page.bound(relation.key, _places([span]))
                page.say(key, STATUS, statuses.get(relation.key))
                page.link(relation.type, key, value)
    standoff = page.standoff()
    reader = StandoffReader(schema, Labels(schema))
    again = {f.key: (f.status, _sets(f.values)) for f in reader.read(standoff, report.text, (), file="").findings}
    lost = [f.key for f in extraction.findings if again.pop(f.key, None) != (f.status, _sets(f.values))]
    return ExportedReport(report=report, standoff=standoff, lost=(*lost, *again))


def write_project(folder: Path, schema: Schema, reports: Iterable[ExportedReport]) -> Iterator[ExportedReport]:
    """Write a project; gives each report back when it is written.

    Args:
        folder: A new one, or one that is empty: work of annotators is never written over.
        schema: For annotation.conf.
        reports: What to write.

    Raises:
        ConfigError: There is something in the folder.
        ReportError: A file cannot be written, or a text is none that UTF-8 can hold.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is not empty; name a new folder, so that no annotation is written over")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    _write(folder / CONFIGURATION, configuration(schema))
    names, ids = FileNames(), []
    for row in reports:
        name = names.name_of(row.report.id)
        _write(folder / f"{name}{TEXT}", row.report.text)
        _write(folder / f"{name}{ANNOTATIONS}", format_standoff(row.standoff))
        ids.append(id_line(name, row.report.id))
        yield row
    _write(folder / IDS, "".join(ids))


@dataclass(slots=True)
class _Page:
    """The annotations of one report while they are collected, each once."""

    text: str
    bounds: dict[tuple[str, Fragments], Bound] = field(default_factory=dict)
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    links: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def bound(self, label: str, places: Iterable[tuple[int, int]]) -> Bound:
        fragments = tuple(piece for start, end in places for piece in _lines(self.text, start, end))
        new = Bound(
            id=f"T{len(self.bounds) + 1}", label=label, fragments=fragments, text=words_of(self.text, fragments)
        )
        return self.bounds.setdefault((label, fragments), new)

    def say(self, bound: Bound, name: str, value: str | None) -> None:
        """The first word counts: a mention knows more of itself than the finding does."""
        if value is not None:
            self.said.setdefault((bound.id, name), value)

    def link(self, label: str, first: Bound, second: Bound) -> None:
        self.links[label, first.id, second.id] = None

    def standoff(self) -> Standoff:
        return Standoff(
            bounds=tuple(self.bounds.values()),
            attributes=tuple(
                Attribute(id=f"A{number}", name=name, target=target, value=value)
                for number, ((target, name), value) in enumerate(self.said.items(), start=1)
            ),
            links=tuple(
                Link(id=f"R{number}", label=label, first=first, second=second)
                for number, (label, first, second) in enumerate(self.links, start=1)
            ),
        )


def _places(spans: Iterable[EvidenceSpan]) -> list[tuple[int, int]]:
    return sorted({(span.start, span.end) for span in spans})


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of an interval that lie on one line, since an annotation of brat holds no line break."""
    at = start
    for line in text[start:end].replace("\r", "\n").split("\n"):
        words = line.strip()
        if words:
            first = at + line.index(words)
            yield first, first + len(words)
        at += len(line) + 1


def _sets(values: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {relation: frozenset(found) for relation, found in values.items() if found}


def _write(path: Path, content: str) -> None:
    try:
        data = content.encode("utf-8")
    except UnicodeEncodeError:
        raise ReportError(
            f"{path}: the text holds half a character, which UTF-8 cannot hold; mend the report"
        ) from None
    with writing(path):
        path.write_bytes(data)
