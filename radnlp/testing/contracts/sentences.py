"""The contract of radnlp_register_sentence_classifiers."""

from __future__ import annotations

from collections.abc import Iterable

from radnlp.pipeline import Assembly
from radnlp.records import Provider, Report, SentenceClassifier, SentenceLabel, Settings
from radnlp.testing.contracts.asking import NO_SETTINGS, SECONDS, built, consistent, require_score
from radnlp.testing.contracts.errors import require
from radnlp.testing.contracts.probes import inputs, views_of


def check_sentence_classifier(
    provider: Provider[SentenceClassifier],
    *,
    schema: str = "ja_ct",
    settings: Settings = NO_SETTINGS,
    reports: Iterable[Report | str] = (),
    seconds: float = SECONDS,
) -> None:
    """radnlp_register_sentence_classifiers: one label a sentence, in order, repeatable, of the schema's classes.

    The schema must have sentence classes; a folder with a small ``schema.toml`` will do (``schema="./tiny"``).
    Arguments and errors as for :func:`check_entity_key_classifier`.
    """
    assembly = Assembly.of(schema)
    classes = {row.id for row in assembly.schema.sentence_classes}
    require(bool(classes), "inside_schema", f"the schema {schema!r} has no sentence classes; name one that has")
    classifier = built(provider, assembly, settings, "label")
    asked = inputs(reports)
    views = views_of(assembly, asked)
    answers = consistent(classifier.label, views, asked, wanted=None, seconds=seconds)
    for one, view, answer in answers:
        given = f"{len(answer)} labels for {len(view.sentences)} sentences"
        require(len(answer) == len(view.sentences), "one_answer_each", given, where=one.where)
        for label in answer:
            kind = type(label).__name__
            right = isinstance(label, SentenceLabel)
            require(right, "right_kind", f"the answer holds a {kind}; it must hold SentenceLabels", where=one.where)
            known = label.label is None or label.label in classes
            require(known, "inside_schema", f"the class {label.label!r} is none of the schema's", where=one.where)
            require_score(label.score, one.where)
