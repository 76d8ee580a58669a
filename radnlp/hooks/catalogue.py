"""Everything the loaded plugins offer, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from radnlp.errors import DuplicateNameError, UnknownNameError, UnknownProviderError
from radnlp.hooks.manager import RadnlpPluginManager
from radnlp.records import (
    Check,
    Command,
    EngineProvider,
    EntityKeyClassifier,
    Lexicon,
    LexiconSource,
    MetricProvider,
    Provider,
    RelationMapper,
    Schema,
    SchemaSource,
    SentenceClassifier,
)
from radnlp.schema import load_schema, load_vocabulary

T = TypeVar("T")

#: Hook -> what each item of its answer must be.
_WANTED: Mapping[str, type[Any]] = {
    "radnlp_register_schemas": SchemaSource,
    "radnlp_register_lexicons": LexiconSource,
    "radnlp_register_entity_key_classifiers": Provider,
    "radnlp_register_relation_mappers": Provider,
    "radnlp_register_sentence_classifiers": Provider,
    "radnlp_register_batch_engines": EngineProvider,
    "radnlp_register_commands": Command,
    "radnlp_register_metrics": MetricProvider,
    "radnlp_register_checks": Check,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Generic[T]):
    """One thing on offer and the plugin it comes from."""

    plugin: str
    item: T


class Catalogue:
    """Reads every hook once and answers by name.

    A plugin whose hook raises, or returns something else than the hook asks for, is quarantined and the rest goes on.

    Raises:
        DuplicateNameError: Two plugins offer the same name; the message names both.
    """

    def __init__(self, manager: RadnlpPluginManager) -> None:
        self._manager = manager
        answers = {hook: _call(manager, hook, wanted) for hook, wanted in _WANTED.items()}
        loaded = {info.name for info in manager.infos if info.state == "loaded"}

        def offers(hook: str, kind: str, name_of: Callable[[Any], str]) -> Mapping[str, Offer[Any]]:
            kept = [(plugin, items) for plugin, items in answers[hook] if plugin in loaded]
            return _by_name(kept, kind, name_of)

        self.schemas: Mapping[str, Offer[SchemaSource]] = offers(
            "radnlp_register_schemas", "schema", lambda source: source.id
        )
        self.lexicons: Mapping[str, Offer[LexiconSource]] = offers(
            "radnlp_register_lexicons", "lexicon", lambda source: str(source.file)
        )
        self.entity_key_classifiers: Mapping[str, Offer[Provider[EntityKeyClassifier]]] = offers(
            "radnlp_register_entity_key_classifiers", "entity key classifier", lambda provider: provider.name
        )
        self.relation_mappers: Mapping[str, Offer[Provider[RelationMapper]]] = offers(
            "radnlp_register_relation_mappers", "relation mapper", lambda provider: provider.name
        )
        self.sentence_classifiers: Mapping[str, Offer[Provider[SentenceClassifier]]] = offers(
            "radnlp_register_sentence_classifiers", "sentence classifier", lambda provider: provider.name
        )
        self.batch_engines: Mapping[str, Offer[EngineProvider]] = offers(
            "radnlp_register_batch_engines", "batch engine", lambda provider: provider.name
        )
        self.commands: Mapping[str, Offer[Command]] = offers(
            "radnlp_register_commands", "command", lambda command: command.name
        )
        self.metrics: Mapping[str, Offer[MetricProvider]] = offers(
            "radnlp_register_metrics", "metric", lambda metric: metric.name
        )
        self.checks: Mapping[str, Offer[Check]] = offers("radnlp_register_checks", "check", lambda check: check.name)

    @property
    def manager(self) -> RadnlpPluginManager:
        """The plugins this catalogue was read from."""
        return self._manager

    def entity_key_classifier(self, name: str) -> Offer[Provider[EntityKeyClassifier]]:
        """Stage one's provider of that name. Raises UnknownProviderError."""
        return self._get(self.entity_key_classifiers, "entity key classifier", name)

    def relation_mapper(self, name: str) -> Offer[Provider[RelationMapper]]:
        """Stage two's provider of that name. Raises UnknownProviderError."""
        return self._get(self.relation_mappers, "relation mapper", name)

    def sentence_classifier(self, name: str) -> Offer[Provider[SentenceClassifier]]:
        """The sentence classifier of that name. Raises UnknownProviderError."""
        return self._get(self.sentence_classifiers, "sentence classifier", name)

    def batch_engine(self, name: str) -> Offer[EngineProvider]:
        """The batch engine of that name. Raises UnknownProviderError."""
        return self._get(self.batch_engines, "batch engine", name)

    def metric(self, name: str) -> Offer[MetricProvider]:
        """The metric of that name. Raises UnknownProviderError."""
        return self._get(self.metrics, "metric", name)

    def schema(self, name: str, *, terms: tuple[str, ...] = ()) -> tuple[Schema, Lexicon]:
        """A schema and its lexicon.

        Args:
            name: A name, or the path of a schema folder; with a path separator in it, it is a path.
            terms: Paths of lexicon files laid on top.

        Raises:
            UnknownNameError: No plugin offers the schema.
            SchemaError: A file of it is broken.
        """
        lexicons = [offer.item for offer in self.lexicons.values()]
        extra = [Path(path) for path in terms]
        return load_schema(self._folder(name), find=self._schema_folder, lexicons=lexicons, terms=extra)

    def vocabulary(self, name: str) -> Schema:
        """A schema without its lexicon, which costs next to nothing; raises like :meth:`schema`."""
        return load_vocabulary(self._folder(name), find=self._schema_folder)

    def _folder(self, name: str) -> Path:
        return Path(name) if "/" in name or "\\" in name else self._schema_folder(name)

    def _schema_folder(self, name: str) -> Path:
        if name not in self.schemas:
            hint = f" A schema folder of your own needs a path separator: ./{name}." if Path(name).is_dir() else ""
            raise UnknownNameError("schema", name, self.schemas, hint)
        return self.schemas[name].item.folder

    def _get(self, offers: Mapping[str, Offer[T]], kind: str, name: str) -> Offer[T]:
        if name not in offers:
            set_aside = [info for info in self._manager.infos if info.state != "loaded"]
            hint = "".join(f" (Plugin {info.name} is {info.state}: {info.reason}.)" for info in set_aside)
            raise UnknownProviderError(kind, name, offers, hint)
        return offers[name]


def _by_name(
    answers: list[tuple[str, list[Any]]], kind: str, name_of: Callable[[Any], str]
) -> Mapping[str, Offer[Any]]:
    offers: dict[str, Offer[Any]] = {}
    for plugin, items in answers:
        for item in items:
            name = name_of(item)
            if name in offers:
                raise DuplicateNameError(
                    f"two plugins offer the {kind} {name!r}: {offers[name].plugin} and {plugin}; "
                    f"disable one of them, e.g. RADNLP_DISABLED_PLUGINS={plugin}"
                )
            offers[name] = Offer(plugin=plugin, item=item)
    return MappingProxyType(offers)


def _call(manager: RadnlpPluginManager, hook: str, wanted: type[Any]) -> list[tuple[str, list[Any]]]:
    """One plugin's answer at a time, so that a fault has an owner."""
    names = [info.name for info in manager.infos if info.state == "loaded"]
    answers: list[tuple[str, list[Any]]] = []
    for name in names:
        others = [manager.get_plugin(other) for other in names if other != name]
        caller = manager.subset_hook_caller(hook, [plugin for plugin in others if plugin is not None])
        try:
            items = [item for answer in caller() for item in answer]
        except Exception as error:  # a third party's hook may raise anything; the rest must go on
            if manager.info(name).distribution == "radnlp-core":
                raise
            manager.set_aside(name, "quarantined", f"{hook} raised {type(error).__name__}: {error}")
            continue
        wrong = [item for item in items if not isinstance(item, wanted)]
        if wrong:
            manager.set_aside(
                name, "quarantined", f"{hook} returned a {type(wrong[0]).__name__}; it must return {wanted.__name__}s"
            )
            continue
        answers.append((name, items))
    return answers
