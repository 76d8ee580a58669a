"""Names become stages: the one place where plugins and pipes are introduced to each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any, TypeVar

from radnlp._version import __version__
from radnlp.errors import ConfigError, ProviderError, RadnlpError, UnknownNameError
from radnlp.hooks import Catalogue, Offer, default_catalogue
from radnlp.pipeline.settings import complete_settings
from radnlp.pipeline.span_source import SpanSource
from radnlp.pipes import (
    ContextEngine,
    FindingStage,
    KeyStage,
    MedspacyContext,
    MentionStage,
    OpeningReader,
    RelationStage,
    RemnantReader,
    SentenceClassStage,
    SpanReader,
    Stage,
    StatusStage,
    TextStage,
)
from radnlp.records import (
    CueRule,
    Described,
    Lexicon,
    PipelineSpec,
    Provider,
    RelationMapper,
    Schema,
    SentenceClassifier,
    Settings,
)
from radnlp.text import ListHeads, MeasurementFinder, NativeContext

T = TypeVar("T")

_ENGINES: Mapping[str, Callable[[tuple[CueRule, ...]], ContextEngine]] = {
    "native": NativeContext,
    "medspacy": MedspacyContext,
}
_NO_SETTINGS: Settings = {}
_STATUS_SETTINGS: Settings = {"engine": "native"}


@dataclass(frozen=True, slots=True)
class Assembly:
    """A schema with its lexicon, from which each stage can be built.

    Raises:
        RadnlpError: From every method: an unknown name, a setting that cannot be, a provider that cannot be built.
    """

    schema: Schema
    lexicon: Lexicon
    catalogue: Catalogue

    @classmethod
    def of(cls, schema: str, terms: tuple[str, ...] = (), catalogue: Catalogue | None = None) -> Assembly:
        """Load the schema; ``catalogue`` defaults to that of this process."""
        catalogue = catalogue or default_catalogue()
        return cls(*catalogue.schema(schema, terms=terms), catalogue)

    def text(self) -> TextStage:
        """Sections and sentences."""
        return TextStage(self.lexicon)

    def mentions(self, settings: Mapping[str, object] = _NO_SETTINGS) -> MentionStage:
        """Terms, or spans of other components; settings as :class:`SpanSource` has them."""
        return MentionStage(self.lexicon, SpanSource.of(settings).borrowing(self.schema))

    def spans(self, settings: Mapping[str, object] = _NO_SETTINGS) -> SpanReader | None:
        """What reads the spans that the stage ``mentions`` is to take; None when it takes none."""
        return SpanSource.of(settings).reader(self.schema)

    def status(self, settings: Settings = _NO_SETTINGS) -> StatusStage:
        """Status of the mentions; setting ``engine``."""
        engine = str(complete_settings("status", settings, _STATUS_SETTINGS)["engine"])
        if engine not in _ENGINES:
            raise UnknownNameError("value of status.engine", engine, _ENGINES)
        context = _ENGINES[engine](self.lexicon.cues)
        remnants = RemnantReader(self.schema, self.lexicon.signposts, self.lexicon.changes, context)
        openings = OpeningReader(self.schema, self.lexicon.signposts, context)
        return StatusStage(
            self.schema,
            context,
            topics=self.lexicon.topics,
            openings=openings,
            remnants=remnants,
            heads=ListHeads(self.lexicon.cues),
        )

    def sentence_classes(self, provider: str | None, settings: Settings = _NO_SETTINGS) -> SentenceClassStage:
        """What each sentence is for; ``provider`` None takes the schema's own."""
        offer = self._sentence_classifier(provider)
        stage = "sentence_classes"
        built = self._build(stage, offer, settings, "label")
        return SentenceClassStage(self.schema, built, self._origin(offer, built))

    def keys(self, provider: str, settings: Settings = _NO_SETTINGS) -> KeyStage:
        """Stage one."""
        offer = self.catalogue.entity_key_classifier(provider)
        built = self._build("keys", offer, settings, "classify")
        return KeyStage(self.schema, built, self._origin(offer, built))

    def relations(self, provider: str, settings: Settings = _NO_SETTINGS) -> RelationStage:
        """Stage two."""
        offer = self.catalogue.relation_mapper(provider)
        if inner := self._asked(offer, settings):
            self._fits("relations", inner.item)
        known = self._relation_settings(provider, settings)
        built = self._build("relations", offer, settings, "map", known=known)
        return RelationStage(self.schema, built, self._origin(offer, built))

    def findings(self) -> FindingStage:
        """The join."""
        measurements = MeasurementFinder(self.lexicon)
        return FindingStage(self.schema, digest=self.lexicon.digest, version=__version__, measurements=measurements)

    def check(self, spec: PipelineSpec) -> None:
        """Whether every name and setting of a pipeline can be, without building any of it."""
        known: dict[str, Settings] = {
            "text": {},
            "mentions": {},
            "status": _STATUS_SETTINGS,
            "sentence_classes": self._sentence_settings(spec),
            "keys": self.catalogue.entity_key_classifier(spec.keys).item.settings,
            "relations": self._relation_settings(spec.relations, spec.settings.get("relations", _NO_SETTINGS)),
            "findings": {},
        }
        for stage, settings in spec.settings.items():
            if stage not in known:
                raise UnknownNameError("stage", stage, known)
            if stage == "mentions":
                self.spans(settings)
                continue
            complete_settings(stage, settings, known[stage])

    def stages(self, spec: PipelineSpec) -> list[Stage]:
        """Every stage of a pipeline, in order."""
        self.check(spec)
        settings = spec.settings
        before: list[Stage] = [
            self.text(),
            self.mentions(settings.get("mentions", _NO_SETTINGS)),
            self.status(settings.get("status", _NO_SETTINGS)),
        ]
        if self.schema.sentence_classes:
            chosen = settings.get("sentence_classes", _NO_SETTINGS)
            before.append(self.sentence_classes(spec.sentence_classes, chosen))
        return [
            *before,
            self.keys(spec.keys, settings.get("keys", _NO_SETTINGS)),
            self.relations(spec.relations, settings.get("relations", _NO_SETTINGS)),
            self.findings(),
        ]

    def _sentence_classifier(self, provider: str | None) -> Offer[Provider[SentenceClassifier]]:
        if not self.schema.sentence_classes:
            raise ConfigError(
                f"the schema {self.schema.id!r} has no sentence classes; leave the sentence classifier out, or take a "
                "schema that has them, e.g. ja_ct"
            )
        return self.catalogue.sentence_classifier(provider or self.schema.sentence_classifier)

    def _sentence_settings(self, spec: PipelineSpec) -> Settings:
        if not self.schema.sentence_classes and spec.sentence_classes is None:
            return _NO_SETTINGS
        return self._sentence_classifier(spec.sentence_classes).item.settings

    def _relation_settings(self, provider: str, given: Settings) -> Settings:
        """What a relation mapper knows of settings, and what the one that it is told to ask knows."""
        offer = self.catalogue.relation_mapper(provider)
        asked = self._asked(offer, given)
        if asked is None:
            return offer.item.settings
        inner = {f"{offer.item.inner}.{name}": default for name, default in asked.item.settings.items()}
        return {**offer.item.settings, **inner}

    def _asked(self, offer: Offer[Provider[RelationMapper]], given: Settings) -> Offer[Provider[RelationMapper]] | None:
        """The relation mapper that another one is told to ask."""
        if offer.item.inner is None:
            return None
        name = given.get(offer.item.inner, offer.item.settings.get(offer.item.inner))
        return self.catalogue.relation_mapper(str(name)) if name else None

    def _fits(self, stage: str, provider: Provider[Any]) -> None:
        for what, allowed, given in (
            ("schema", provider.schemas, (self.schema.id,)),
            ("language", provider.languages, self.schema.languages),
        ):
            if allowed is not None and not set(given) & set(allowed):
                raise ConfigError(
                    f"the provider {provider.name!r} of {stage} serves the {what} {' or '.join(allowed)} only, "
                    f"not {', '.join(given)}"
                )

    def _build(
        self,
        stage: str,
        offer: Offer[Provider[T]],
        settings: Settings,
        method: str,
        *,
        known: Settings | None = None,
    ) -> T:
        provider = offer.item
        self._fits(stage, provider)
        complete = complete_settings(stage, settings, provider.settings if known is None else known)
        try:
            with redirect_stdout(sys.stderr):  # standard output is for results
                built = provider.factory(self.schema, self.lexicon, complete)
        except (RadnlpError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a third party's factory may raise anything, or exit
            hint = f" {provider.install_hint}" if provider.install_hint else ""
            raise ProviderError(
                f"the provider {provider.name!r} of {stage} (plugin {offer.plugin}) cannot be built: "
                f"{type(error).__name__}: {error}.{hint}"
            ) from error

        if not callable(getattr(built, method, None)):
            raise ProviderError(
                f"the provider {provider.name!r} of {stage} (plugin {offer.plugin}) is built as a "
                f"{type(built).__name__}, which has no method {method}(); its factory must return an object that has it"
            )
        return built

    def _origin(self, offer: Offer[Provider[T]], built: T) -> dict[str, str]:
        info = self.catalogue.manager.info(offer.plugin)
        try:
            about = dict(built.about) if isinstance(built, Described) else {}
        except Exception as error:
            raise ProviderError(
                f"the provider {offer.item.name!r} (plugin {offer.plugin}) cannot say what it is about: "
                f"{type(error).__name__}; `about` must be a mapping from text to text"
            ) from error
        return {**about, "name": offer.item.name, "distribution": info.distribution, "version": info.version}
