"""The spaCy half: components that receive their providers ready-made. They know neither pluggy nor any plugin."""

from radnlp.pipes.borrowing import ADDED, Borrowing
from radnlp.pipes.draft import EXTRACTION, Draft, attach
from radnlp.pipes.extensions import SPAN_GROUP, finish_doc, register_extensions
from radnlp.pipes.findings import FindingStage
from radnlp.pipes.keys import KeyStage
from radnlp.pipes.medspacy_context import MedspacyContext
from radnlp.pipes.mentions import MentionStage
from radnlp.pipes.openings import OpeningReader
from radnlp.pipes.relations import RelationStage
from radnlp.pipes.remnants import RemnantReader
from radnlp.pipes.sentence_classes import SentenceClassStage
from radnlp.pipes.spans import SpanReader
from radnlp.pipes.stage import Stage, StagePipe
from radnlp.pipes.status import ContextEngine, StatusStage
from radnlp.pipes.text import TextStage
from radnlp.pipes.tokenizer import RadiologyTokenizer, blank_pipeline

__all__ = [
    "ADDED",
    "EXTRACTION",
    "SPAN_GROUP",
    "Borrowing",
    "ContextEngine",
    "Draft",
    "FindingStage",
    "KeyStage",
    "MedspacyContext",
    "MentionStage",
    "OpeningReader",
    "RadiologyTokenizer",
    "RelationStage",
    "RemnantReader",
    "SentenceClassStage",
    "SpanReader",
    "Stage",
    "StagePipe",
    "StatusStage",
    "TextStage",
    "attach",
    "blank_pipeline",
    "finish_doc",
    "register_extensions",
]
