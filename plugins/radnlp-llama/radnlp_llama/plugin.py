"""What this package offers, through radnlp's hooks. llama_cpp is imported when a model is asked for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from radnlp.api import (
    Check,
    CheckLine,
    Command,
    CommandHost,
    Lexicon,
    Provider,
    RelationMapper,
    Schema,
    SentenceClassifier,
    Settings,
    hookimpl,
)

_HINT = "llama-cpp-python is compiled when it is installed; see the README of radnlp-llama for GPUs."
#: The model and how it is run: see radnlp_llama.tasks.settings.
_RUNNING: dict[str, str | int | float | bool | None] = {
    "model_path": None,
    "n_ctx": 0,
    "n_gpu_layers": -1,
    "threads": 0,
    "batch": 8,
    "cache_path": None,
    "record_path": None,
    "replay_path": None,
    "prefix_path": None,
    "prompt": None,
}


@hookimpl
def radnlp_register_relation_mappers() -> list[Provider[RelationMapper]]:
    return [
        Provider(
            name="llama",
            summary="a local GGUF model that can answer nothing but the schema (Shin et al. 2025)",
            factory=_relations,
            settings={**_RUNNING, "fallback": "none", "unanchored": "keep", "reasoning": False},
            install_hint=_HINT,
        )
    ]


@hookimpl
def radnlp_register_sentence_classifiers() -> list[Provider[SentenceClassifier]]:
    return [
        Provider(
            name="llama",
            summary="a local GGUF model that reads the whole report",
            factory=_sentences,
            settings=_RUNNING,
            install_hint=_HINT,
        )
    ]


@hookimpl
def radnlp_register_commands() -> list[Command]:
    return [
        Command(
            name="llama",
            summary="what a language model is shown; synthetic reports",
            add_arguments=_add_arguments,
            run=_run,
        )
    ]


@hookimpl
def radnlp_register_checks() -> list[Check]:
    from radnlp_llama.checks.settings import SETTINGS

    return [Check(name="llama", summary="llama_cpp, and a model's speed", run=_look, settings=SETTINGS)]


def _look(settings: Settings) -> Sequence[CheckLine]:
    from radnlp_llama.checks.llama import look

    return look(settings)


def _relations(schema: Schema, lexicon: Lexicon, settings: Settings) -> RelationMapper:
    from radnlp_llama.tasks.providers import relation_mapper

    return relation_mapper(schema, lexicon, settings)


def _sentences(schema: Schema, lexicon: Lexicon, settings: Settings) -> SentenceClassifier:
    from radnlp_llama.tasks.providers import sentence_classifier

    return sentence_classifier(schema, lexicon, settings)


def _add_arguments(parser: ArgumentParser) -> None:
    from radnlp_llama.commands.llama import add_arguments

    add_arguments(parser)


def _run(options: Namespace, host: CommandHost) -> int:
    from radnlp_llama.commands.llama import run

    return run(options, host)
