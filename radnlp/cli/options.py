"""Options that several commands share: which pipeline to run, and how to read the input."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from radnlp.batch import ReadOptions
from radnlp.errors import ConfigError
from radnlp.pipeline import parse_settings
from radnlp.records import PipelineSpec, Settings

#: Stands where a stage stands in ``--set engine.NAME=VALUE``.
ENGINE = "engine"
TERMS_HELP = "terms and cues on top of the schema (TOML, medspaCy's rules as .json, EntityRuler patterns as .jsonl)"


def add_pipeline_options(parser: ArgumentParser) -> None:
    """``--schema --terms --keys --relations --sentence-classes --set``."""
    group = parser.add_argument_group("pipeline")
    group.add_argument("--schema", metavar="NAME|FOLDER", help="schema by name (see: radnlp schemas), or ./FOLDER")
    group.add_argument("--terms", metavar="FILE", action="append", help=TERMS_HELP)
    group.add_argument("--keys", metavar="PROVIDER", help="entity key classifier (default: rules; see: radnlp plugins)")
    group.add_argument("--relations", metavar="PROVIDER", help="relation mapper (default: rules)")
    group.add_argument(
        "--sentence-classes", metavar="PROVIDER", help="sentence classifier, for schemas with classes (default: theirs)"
    )
    group.add_argument(
        "--set", metavar="STAGE.NAME=VALUE", action="append", dest="settings", help="a setting of a stage; repeatable"
    )


def add_reading_options(parser: ArgumentParser) -> None:
    """``--encoding --id-column --text-column --table``."""
    group = parser.add_argument_group("input")
    group.add_argument("--encoding", metavar="NAME", help="of text, CSV and JSON lines (default: utf-8)")
    group.add_argument("--id-column", metavar="NAME", help="column that holds the id (default: id)")
    group.add_argument(
        "--text-column",
        metavar="NAME",
        action="append",
        dest="text_columns",
        help="column that holds the text (default: text); repeated, they are joined by a blank line",
    )
    group.add_argument("--table", metavar="NAME", help="table or view of a database (default: note, OMOP's NOTE)")


def pipeline_spec(options: Namespace, *, with_engine: bool = False) -> PipelineSpec:
    """The pipeline that the options name.

    Args:
        options: Parsed; see :func:`add_pipeline_options`.
        with_engine: The command has an engine too, whose settings (:func:`engine_settings`) are passed over here.

    Raises:
        ConfigError: No schema, or a setting that is none.
    """
    if not options.schema:
        raise ConfigError("--schema is required; `radnlp schemas` lists them, e.g. --schema chest_ct")
    settings = parse_settings([pair for pair in options.settings or () if not (with_engine and _of_engine(pair))])
    if settings.get("mentions", {}).get("source", "terms") != "terms":
        raise ConfigError(
            "mentions.source: this command runs no components of yours that could leave spans; use "
            'nlp.add_pipe("radnlp", ...) in your own spaCy pipeline'
        )
    return PipelineSpec(
        schema=options.schema,
        terms=tuple(options.terms or ()),
        keys=options.keys or "rules",
        relations=options.relations or "rules",
        sentence_classes=options.sentence_classes or None,
        settings=settings,
    )


def engine_settings(options: Namespace) -> Settings:
    """What ``--set engine.NAME=VALUE`` says. Raises ConfigError."""
    found: Mapping[str, Settings] = parse_settings(filter(_of_engine, options.settings or ()), stages=(ENGINE,))
    return found.get(ENGINE, {})


def _of_engine(pair: str) -> bool:
    return pair.startswith(f"{ENGINE}.")


def read_options(options: Namespace) -> ReadOptions:
    """How the options say that input is to be read."""
    return ReadOptions(
        encoding=options.encoding or "utf-8",
        id_column=options.id_column,
        text_columns=tuple(options.text_columns or ()),
        table=options.table or ReadOptions().table,
    )
