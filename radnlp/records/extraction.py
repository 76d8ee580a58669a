"""What comes out: one frozen, JSON-able Extraction a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from radnlp.records.findings import Finding, Relation, Route, Step
from radnlp.records.mentions import Mention
from radnlp.records.report import Issue, Section, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What made an extraction.

    Attributes:
        radnlp: Version of radnlp.
        schema: id, version and digest of the schema with its lexicon.
        providers: Stage -> name, distribution and version of the provider that ran.
        counts: Things counted on the way (``unanchored_relations``, ...).
        seconds: Stage -> wall-clock seconds, the batch's time shared equally among its reports.
    """

    radnlp: str
    schema: Mapping[str, str]
    providers: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything radnlp says about one report. Findings in schema order, all else in text order."""

    report_id: str
    patient_id: str | None = None
    study_date: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    schema: str
    schema_version: str
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    routes: tuple[Route, ...] = ()
    steps: tuple[Step, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = ()
    issues: tuple[Issue, ...] = ()
    provenance: Provenance | None = None
