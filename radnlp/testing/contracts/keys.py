"""The contract of radnlp_register_entity_key_classifiers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from radnlp.pipeline import Assembly
from radnlp.records import EntityKeyClassifier, KeyPrediction, Provider, Report, Settings, Status
from radnlp.testing.contracts.asking import NO_SETTINGS, SECONDS, built, consistent, require_exact, require_score
from radnlp.testing.contracts.errors import require
from radnlp.testing.contracts.probes import inputs, views_of


def check_entity_key_classifier(
    provider: Provider[EntityKeyClassifier],
    *,
    schema: str = "chest_ct",
    settings: Settings = NO_SETTINGS,
    reports: Iterable[Report | str] = (),
    seconds: float = SECONDS,
) -> None:
    """radnlp_register_entity_key_classifiers: one answer a report, in order, repeatable, exact offsets.

    Args:
        provider: The description that the hook returns.
        schema: Name of a schema, or the path of a schema folder.
        settings: Laid over its defaults, e.g. where its model lies.
        reports: Reports of your own, asked about after the probes; their words never stand in a message.
        seconds: Limit for answering everything three times; building is not counted.

    Raises:
        ContractError: The rule that is broken, on which report, and what the rule is for.
    """
    assembly = Assembly.of(schema)
    classifier = built(provider, assembly, settings, "classify")
    asked = inputs(reports)
    views = views_of(assembly, asked)
    keys = {key.id for key in assembly.schema.keys}
    answers = consistent(classifier.classify, views, asked, wanted=None, seconds=seconds)
    for one, _, answer in answers:
        for prediction in answer:
            kind = type(prediction).__name__
            right = isinstance(prediction, KeyPrediction)
            require(right, "right_kind", f"the answer holds a {kind}; it must hold KeyPredictions", where=one.where)
        named = [prediction.key for prediction in answer]
        outside = sorted(set(named) - keys)
        require(not outside, "inside_schema", f"keys outside the schema: {outside}", where=one.where)
        require(len(named) == len(set(named)), "one_answer_each", "a key was answered twice", where=one.where)
        for prediction in answer:
            known = prediction.status in get_args(Status)
            require(known, "inside_schema", f"{prediction.key!r} has the status {prediction.status!r}", where=one.where)
            require_score(prediction.score, one.where)
            require_exact(one.report.text, prediction.evidence, one.where)
