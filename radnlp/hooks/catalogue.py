"""Everything the loaded plugins offer, by name."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, TypeVar

from radnlp.errors import PluginError, UnknownNameError, UnknownProviderError
from radnlp.hooks.inspection import items_of, name_of
from radnlp.hooks.manager import RadnlpPluginManager
from radnlp.hooks.offers import Offer, Offers
from radnlp.hooks.versions import CORE
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


class Catalogue:
    """Reads every hook once and answers by name.

    Order: plugins are asked in the order in which they were registered, each one alone and each hook once, so a
    plugin can neither wrap nor come before another (``tryfirst``, ``trylast`` say nothing here). A plugin whose hook
    raises, or returns something else than the hook asks for, is quarantined with all it offers, and the rest goes on.
    Two plugins that chose one name: see :class:`Offers`.

    Raises:
        PluginError: One of radnlp's own plugins is broken.
    """

    def __init__(self, manager: RadnlpPluginManager) -> None:
        self._manager = manager
        answers = {hook: _call(manager, hook, wanted) for hook, wanted in _WANTED.items()}
        loaded = {info.name: info.distribution == CORE for info in manager.infos if info.state == "loaded"}
        own = [name for name, is_own in loaded.items() if is_own]

        def offers(hook: str, kind: str) -> Offers[Any]:
            rows = [
                (name_of(item), Offer(plugin=plugin, item=item))
                for plugin, items in answers[f"radnlp_register_{hook}"]
                if plugin in loaded
                for item in items
            ]
            return Offers(kind, rows, own=own)

        self.schemas: Offers[SchemaSource] = offers("schemas", "schema")
        self.lexicons: Offers[LexiconSource] = offers("lexicons", "lexicon")
        self.entity_key_classifiers: Offers[Provider[EntityKeyClassifier]] = offers(
            "entity_key_classifiers", "entity key classifier"
        )
        self.relation_mappers: Offers[Provider[RelationMapper]] = offers("relation_mappers", "relation mapper")
        self.sentence_classifiers: Offers[Provider[SentenceClassifier]] = offers(
            "sentence_classifiers", "sentence classifier"
        )
        self.batch_engines: Offers[EngineProvider] = offers("batch_engines", "batch engine")
        self.commands: Offers[Command] = offers("commands", "command")
        self.metrics: Offers[MetricProvider] = offers("metrics", "metric")
        self.checks: Offers[Check] = offers("checks", "check")

    @property
    def manager(self) -> RadnlpPluginManager:
        """The plugins this catalogue was read from."""
        return self._manager

    def entity_key_classifier(self, name: str) -> Offer[Provider[EntityKeyClassifier]]:
        """Stage one's provider of that name. Raises UnknownProviderError, DuplicateNameError."""
        return self._get(self.entity_key_classifiers, "entity key classifier", name)

    def relation_mapper(self, name: str) -> Offer[Provider[RelationMapper]]:
        """Stage two's provider of that name. Raises UnknownProviderError, DuplicateNameError."""
        return self._get(self.relation_mappers, "relation mapper", name)

    def sentence_classifier(self, name: str) -> Offer[Provider[SentenceClassifier]]:
        """The sentence classifier of that name. Raises UnknownProviderError, DuplicateNameError."""
        return self._get(self.sentence_classifiers, "sentence classifier", name)

    def batch_engine(self, name: str) -> Offer[EngineProvider]:
        """The batch engine of that name. Raises UnknownProviderError, DuplicateNameError."""
        return self._get(self.batch_engines, "batch engine", name)

    def metric(self, name: str) -> Offer[MetricProvider]:
        """The metric of that name. Raises UnknownProviderError, DuplicateNameError."""
        return self._get(self.metrics, "metric", name)

    def schema(self, name: str, *, terms: tuple[str, ...] = ()) -> tuple[Schema, Lexicon]:
        """A schema and its lexicon.

        Args:
            name: A name, or the path of a schema folder; with a path separator in it, it is a path.
            terms: Paths of lexicon files laid on top.

        Raises:
            UnknownNameError: No plugin offers the schema.
            DuplicateNameError: Several plugins offer it.
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

    def _get(self, offers: Offers[T], kind: str, name: str) -> Offer[T]:
        if name not in offers:
            set_aside = [info for info in self._manager.infos if info.state != "loaded"]
            hint = "".join(f" (Plugin {info.name} is {info.state}: {info.reason}.)" for info in set_aside)
            raise UnknownProviderError(kind, name, offers, hint)
        return offers[name]


def _call(manager: RadnlpPluginManager, hook: str, wanted: type[Any]) -> list[tuple[str, list[Any]]]:
    """One plugin's answer at a time, so that a fault has an owner."""
    answers: list[tuple[str, list[Any]]] = []
    for name in [info.name for info in manager.infos if info.state == "loaded"]:
        others = [plugin for other, plugin in manager.list_name_plugin() if other != name and plugin is not None]
        caller = manager.subset_hook_caller(hook, others)
        try:
            with redirect_stdout(sys.stderr):  # standard output is for results
                items, fault = items_of(caller(), wanted)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a third party's hook may raise anything, or exit; the rest must go on
            if manager.info(name).distribution == CORE:
                raise
            items, fault = [], f"raised {type(error).__name__}: {error}"
        if fault is None:
            answers.append((name, items))
        elif manager.info(name).distribution == CORE:
            raise PluginError(f"{name}: {hook} {fault}")
        else:
            manager.set_aside(name, "quarantined", f"{hook} {fault}")
    return answers
