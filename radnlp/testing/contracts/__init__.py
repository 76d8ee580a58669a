"""Contract checks: what a plugin must keep to, whatever it does inside. One check for every hook.

Each raises :class:`ContractError` with the rule that is broken (``RULES`` has them all), on which report, and what the
rule is for. A report is named by its number and what it is, never by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from radnlp.testing.contracts.commands import check_check, check_command
from radnlp.testing.contracts.engines import check_batch_engine
from radnlp.testing.contracts.errors import ContractError
from radnlp.testing.contracts.keys import check_entity_key_classifier
from radnlp.testing.contracts.metrics import check_metric
from radnlp.testing.contracts.probes import PROBES
from radnlp.testing.contracts.relations import check_relation_mapper
from radnlp.testing.contracts.rules import RULES
from radnlp.testing.contracts.schemas import check_lexicon_source, check_schema_source
from radnlp.testing.contracts.sentences import check_sentence_classifier

#: What comes behind ``radnlp_register_`` in a hook's name -> the check of one description that the hook returns.
CHECKS: Mapping[str, Callable[..., None]] = {
    "schemas": check_schema_source,
    "lexicons": check_lexicon_source,
    "entity_key_classifiers": check_entity_key_classifier,
    "relation_mappers": check_relation_mapper,
    "sentence_classifiers": check_sentence_classifier,
    "batch_engines": check_batch_engine,
    "commands": check_command,
    "metrics": check_metric,
    "checks": check_check,
}


def check_offer(hook: str, item: Any, **options: Any) -> None:
    """The contract check of whatever a hook returns.

    Args:
        hook: Name of the hook, whole or without ``radnlp_register_``.
        item: One of the descriptions that it returns.
        options: Those of the hook's own check: ``schema``, ``settings``, ``reports``, ``seconds``.

    Raises:
        ContractError: The rule that is broken.
        KeyError: There is no such hook.
    """
    CHECKS[hook.removeprefix("radnlp_register_")](item, **options)


__all__ = [
    "CHECKS",
    "PROBES",
    "RULES",
    "ContractError",
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
]
