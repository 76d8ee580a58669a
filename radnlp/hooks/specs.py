"""The extension points. Every hook returns descriptions; nothing is built or imported until somebody asks by name.

Each hook is called once, when the plugin manager's catalogue is first read, in the order in which the plugins were
registered: radnlp's own first, then installed plugins by entry point name.
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from radnlp.records import (
    Check,
    Command,
    EngineProvider,
    EntityKeyClassifier,
    LexiconSource,
    MetricProvider,
    Provider,
    RelationMapper,
    SchemaSource,
    SentenceClassifier,
)

PROJECT = "radnlp"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def radnlp_register_schemas() -> Sequence[SchemaSource]:  # type: ignore[empty-body]
    """Offer modality schemas.

    Return one :class:`SchemaSource` a schema; its folder holds ``schema.toml`` and ``terms/*.toml``.

    Example::

        @hookimpl
        def radnlp_register_schemas():
            return [SchemaSource(id="abdomen_us", folder=Path(__file__).parent / "abdomen_us")]
    """


@hookspec
def radnlp_register_lexicons() -> Sequence[LexiconSource]:  # type: ignore[empty-body]
    """Offer words that belong to a language, whatever the schema: cues, headings, abbreviations.

    Return one :class:`LexiconSource` a file. It applies to every schema that lists its language.

    Example::

        @hookimpl
        def radnlp_register_lexicons():
            return [LexiconSource(language="de", file=Path(__file__).parent / "cues.de.toml")]
    """


@hookspec
def radnlp_register_entity_key_classifiers() -> Sequence[Provider[EntityKeyClassifier]]:  # type: ignore[empty-body]
    """Offer providers for stage one: which keys a report speaks of, and with which status.

    Return one :class:`Provider` a classifier; its factory gives an :class:`EntityKeyClassifier`.

    Example::

        @hookimpl
        def radnlp_register_entity_key_classifiers():
            return [Provider(name="mine", summary="my model", factory=build, settings={"model_path": None})]
    """


@hookspec
def radnlp_register_relation_mappers() -> Sequence[Provider[RelationMapper]]:  # type: ignore[empty-body]
    """Offer providers for stage two: which values the keys have.

    Return one :class:`Provider` a mapper; its factory gives a :class:`RelationMapper`.

    Example::

        @hookimpl
        def radnlp_register_relation_mappers():
            return [Provider(name="nearest", summary="the nearest location", factory=lambda s, l, settings: Nearest(s))]
    """


@hookspec
def radnlp_register_sentence_classifiers() -> Sequence[Provider[SentenceClassifier]]:  # type: ignore[empty-body]
    """Offer providers that say what each sentence is for, for schemas that have sentence classes.

    Return one :class:`Provider` a classifier; its factory gives a :class:`SentenceClassifier`.

    Example::

        @hookimpl
        def radnlp_register_sentence_classifiers():
            return [Provider(name="mine", summary="my model", factory=build, schemas=("ja_ct",))]
    """


@hookspec
def radnlp_register_batch_engines() -> Sequence[EngineProvider]:  # type: ignore[empty-body]
    """Offer ways to run a pipeline over many reports.

    Return one :class:`EngineProvider` an engine; its factory receives the number of workers, and its settings after it
    where it names any.

    Example::

        @hookimpl
        def radnlp_register_batch_engines():
            return [EngineProvider(name="slurm", summary="one job a chunk", factory=SlurmEngine)]
    """


@hookspec
def radnlp_register_commands() -> Sequence[Command]:  # type: ignore[empty-body]
    """Offer commands of the ``radnlp`` program.

    Return one :class:`Command` a command. Its ``run`` receives the parsed arguments and a :class:`CommandHost`.

    Example::

        @hookimpl
        def radnlp_register_commands():
            return [Command(name="count", summary="count reports", add_arguments=add, run=count)]
    """


@hookspec
def radnlp_register_metrics() -> Sequence[MetricProvider]:  # type: ignore[empty-body]
    """Offer metrics for ``radnlp bench``.

    Return one :class:`MetricProvider` a metric; its factory receives the schema and gives a :class:`Metric`.

    Example::

        @hookimpl
        def radnlp_register_metrics():
            return [MetricProvider(name="cost", summary="...", formula="...", source="...", factory=WeightedCost)]
    """


@hookspec
def radnlp_register_checks() -> Sequence[Check]:  # type: ignore[empty-body]
    """Offer checks for ``radnlp doctor``: whether what a plugin needs is there, and works.

    Return one :class:`Check` a subject; its ``run`` receives the complete settings and gives :class:`CheckLine` rows.

    Example::

        @hookimpl
        def radnlp_register_checks():
            return [Check(name="gpu", summary="the graphics card", run=look, settings={"device": 0})]
    """
