"""What this package offers, through radnlp's hooks. Models and commands are imported when somebody asks for them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from radnlp.api import (
    Command,
    CommandHost,
    Lexicon,
    LexiconSource,
    Provider,
    Schema,
    SchemaSource,
    SentenceClassifier,
    Settings,
    hookimpl,
)

_DATA = Path(__file__).resolve().parent / "schemas"
_LANGUAGES = ("ja",)


@hookimpl
def radnlp_register_schemas() -> list[SchemaSource]:
    return [SchemaSource(id="ja_ct", folder=_DATA / "ja_ct")]


@hookimpl
def radnlp_register_lexicons() -> list[LexiconSource]:
    files = sorted((_DATA / "lexicons").glob("*.ja.toml"))
    return [LexiconSource(language="ja", file=file) for file in files]


@hookimpl
def radnlp_register_sentence_classifiers() -> list[Provider[SentenceClassifier]]:
    return [
        Provider(name="rules", summary="cue words only, the baseline", factory=_rules, languages=_LANGUAGES),
        Provider(
            name="linear",
            summary="hashed features in context, trained on the reports of Kikuchi et al. 2026",
            factory=_linear,
            settings={"model_path": None},
            languages=_LANGUAGES,
        ),
    ]


@hookimpl
def radnlp_register_commands() -> list[Command]:
    return [
        Command(
            name="units",
            summary="each positive finding with its continuations, as JSON lines",
            add_arguments=_add_arguments,
            run=_run,
        )
    ]


def _rules(schema: Schema, lexicon: Lexicon, settings: Settings) -> SentenceClassifier:
    from radnlp_ja.cues import shipped_cues
    from radnlp_ja.rules import RuleSentenceClassifier

    return RuleSentenceClassifier(shipped_cues())


def _linear(schema: Schema, lexicon: Lexicon, settings: Settings) -> SentenceClassifier:
    from radnlp_ja.linear.classifier import build

    return build(schema, lexicon, settings)


def _add_arguments(parser: ArgumentParser) -> None:
    from radnlp_ja.command import add_arguments

    add_arguments(parser)


def _run(options: Namespace, host: CommandHost) -> int:
    from radnlp_ja.command import run

    return run(options, host)
