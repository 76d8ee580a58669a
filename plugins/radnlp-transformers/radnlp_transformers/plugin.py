"""What this package offers, through radnlp's hooks. torch and transformers are imported when a model is asked for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from radnlp.api import (
    Command,
    CommandHost,
    EntityKeyClassifier,
    Lexicon,
    Provider,
    Schema,
    SentenceClassifier,
    Settings,
    hookimpl,
)

_HINT = "Install torch for this machine (see the README of radnlp-transformers for the CPU build)."
#: How a model is run: see radnlp_transformers.keys.scorer.Options. One thread: threads wait for each other by spinning,
#: and on two busy cores two of them were seen to be eight times slower than one.
_RUNNING: dict[str, str | int | float | bool | None] = {
    "batch_size": 32,
    "threads": 1,
    "precision": "float32",
    "device": "cpu",
}


@hookimpl
def radnlp_register_entity_key_classifiers() -> list[Provider[EntityKeyClassifier]]:
    return [
        Provider(
            name="bert",
            summary="an encoder with attention pooling, trained by radnlp train keys (Shin et al. 2025)",
            factory=_keys,
            settings={"model_path": None, "policy": "deny", **_RUNNING},
            install_hint=_HINT,
        )
    ]


@hookimpl
def radnlp_register_sentence_classifiers() -> list[Provider[SentenceClassifier]]:
    return [
        Provider(
            name="bert",
            summary="an encoder that reads a sentence among its neighbours, trained by radnlp train sentences",
            factory=_sentences,
            settings={"model_path": None, **_RUNNING},
            install_hint=_HINT,
        ),
        Provider(
            name="causal",
            summary="a causal model that reads the whole report, trained by radnlp train causal (Kikuchi et al. 2026)",
            factory=_causal,
            settings={"model_path": None, **_RUNNING},
            install_hint=_HINT,
        ),
    ]


@hookimpl
def radnlp_register_commands() -> list[Command]:
    return [
        Command(
            name="train",
            summary="weak labels, tokenizer, pre-training, fine-tuning",
            add_arguments=_add_arguments,
            run=_run,
        )
    ]


def _keys(schema: Schema, lexicon: Lexicon, settings: Settings) -> EntityKeyClassifier:
    from radnlp_transformers.keys.classifier import build

    return build(schema, lexicon, settings)


def _sentences(schema: Schema, lexicon: Lexicon, settings: Settings) -> SentenceClassifier:
    from radnlp_transformers.sentences.classifier import build

    return build(schema, lexicon, settings)


def _causal(schema: Schema, lexicon: Lexicon, settings: Settings) -> SentenceClassifier:
    from radnlp_transformers.sentences.causal import build

    return build(schema, lexicon, settings)


def _add_arguments(parser: ArgumentParser) -> None:
    from radnlp_transformers.commands.train import add_arguments

    add_arguments(parser)


def _run(options: Namespace, host: CommandHost) -> int:
    from radnlp_transformers.commands.train import run

    return run(options, host)
