"""Frozen dataclasses and the providers' Protocols: the plain half of radnlp's language. Standard library only."""

from radnlp.records.descriptions import Command, EngineProvider, LexiconSource, Provider, SchemaSource
from radnlp.records.evaluation import Array, Metric, MetricProvider
from radnlp.records.extraction import Extraction, Provenance
from radnlp.records.findings import Finding, KeyPrediction, Relation, Step
from radnlp.records.lexicon import CueCategory, CueDirection, CueRule, HeadingRule, Lexicon, Term
from radnlp.records.mentions import STATUS_ORDER, Cue, EvidenceSpan, Mention, Status, TermMatch
from radnlp.records.protocols import (
    BatchEngine,
    CommandHost,
    EntityKeyClassifier,
    MappingRequest,
    MappingResult,
    PipelineSpec,
    RelationMapper,
    ReportView,
    Setting,
    Settings,
)
from radnlp.records.report import Issue, IssueLevel, Report, Section, Sentence
from radnlp.records.schema import EntityKey, EntityValue, RelationType, Schema, SectionEffect

__all__ = [
    "STATUS_ORDER",
    "Array",
    "BatchEngine",
    "Command",
    "CommandHost",
    "Cue",
    "CueCategory",
    "CueDirection",
    "CueRule",
    "EngineProvider",
    "EntityKey",
    "EntityKeyClassifier",
    "EntityValue",
    "EvidenceSpan",
    "Extraction",
    "Finding",
    "HeadingRule",
    "Issue",
    "IssueLevel",
    "KeyPrediction",
    "Lexicon",
    "LexiconSource",
    "MappingRequest",
    "MappingResult",
    "Mention",
    "Metric",
    "MetricProvider",
    "PipelineSpec",
    "Provenance",
    "Provider",
    "Relation",
    "RelationMapper",
    "RelationType",
    "Report",
    "ReportView",
    "Schema",
    "SchemaSource",
    "Section",
    "SectionEffect",
    "Sentence",
    "Setting",
    "Settings",
    "Status",
    "Step",
    "Term",
    "TermMatch",
]
