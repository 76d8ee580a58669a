"""The kit for plugin authors: contract checks, reports with inline markup, stand-ins.

Fixtures for pytest are in :mod:`radnlp.testing.plugin`.
"""

from radnlp.testing.contracts import (
    CHECKS,
    RULES,
    ContractError,
    check_batch_engine,
    check_check,
    check_command,
    check_entity_key_classifier,
    check_lexicon_source,
    check_metric,
    check_offer,
    check_relation_mapper,
    check_schema_source,
    check_sentence_classifier,
)
from radnlp.testing.fakes import ScriptedClassifier, ScriptedLabeller, ScriptedMapper
from radnlp.testing.markup import Mark, MarkedReport, differences, parse_markup
from radnlp.testing.offline import offline
from radnlp.testing.scripted import ScriptedLlm

__all__ = [
    "CHECKS",
    "RULES",
    "ContractError",
    "Mark",
    "MarkedReport",
    "ScriptedClassifier",
    "ScriptedLabeller",
    "ScriptedLlm",
    "ScriptedMapper",
    "check_batch_engine",
    "check_check",
    "check_command",
    "check_entity_key_classifier",
    "check_lexicon_source",
    "check_metric",
    "check_offer",
    "check_relation_mapper",
    "check_schema_source",
    "check_sentence_classifier",
    "differences",
    "offline",
    "parse_markup",
]
