"""Names become stages: the one place where plugins and pipes are introduced to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from radnlp._version import __version__
from radnlp.errors import ConfigError, ProviderError, RadnlpError, UnknownNameError
from radnlp.hooks import Catalogue, Offer, default_catalogue
from radnlp.pipeline.settings import complete_settings
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
    Stage,
    StatusStage,
    TextStage,
)
from radnlp.records import CueRule, Described, Lexicon, PipelineSpec, Provider, Schema, SentenceClassifier, Settings
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

    def mentions(self) -> MentionStage:
        """Terms."""
        return MentionStage(self.lexicon)

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
        built = self._build(stage, offer, settings)
        return SentenceClassStage(self.schema, built, self._origin(offer, built))

    def keys(self, provider: str, settings: Settings = _NO_SETTINGS) -> KeyStage:
        """Stage one."""
        offer = self.catalogue.entity_key_classifier(provider)
        built = self._build("keys", offer, settings)
        return KeyStage(self.schema, built, self._origin(offer, built))

    def relations(self, provider: str, settings: Settings = _NO_SETTINGS) -> RelationStage:
        """Stage two."""
        offer = self.catalogue.relation_mapper(provider)
        built = self._build("relations", offer, settings)
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
            "relations": self.catalogue.relation_mapper(spec.relations).item.settings,
            "findings": {},
        }
        for stage, settings in spec.settings.items():
            if stage not in known:
                raise UnknownNameError("stage", stage, known)
            complete_settings(stage, settings, known[stage])

    def stages(self, spec: PipelineSpec) -> list[Stage]:
        """Every stage of a pipeline, in order."""
        self.check(spec)
        settings = spec.settings
        before: list[Stage] = [self.text(), self.mentions(), self.status(settings.get("status", _NO_SETTINGS))]
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

    def _build(self, stage: str, offer: Offer[Provider[T]], settings: Settings) -> T:
        provider = offer.item
        for what, allowed, given in (
            ("schema", provider.schemas, (self.schema.id,)),
            ("language", provider.languages, self.schema.languages),
        ):
            if allowed is not None and not set(given) & set(allowed):
                raise ConfigError(
                    f"the provider {provider.name!r} of {stage} serves the {what} {' or '.join(allowed)} only, "
                    f"not {', '.join(given)}"
                )
        complete = complete_settings(stage, settings, provider.settings)
        try:
            return provider.factory(self.schema, self.lexicon, complete)
        except RadnlpError:
            raise
        except Exception as error:
            hint = f" {provider.install_hint}" if provider.install_hint else ""
            raise ProviderError(
                f"the provider {provider.name!r} of {stage} (plugin {offer.plugin}) cannot be built: "
                f"{type(error).__name__}: {error}.{hint}"
            ) from error

    def _origin(self, offer: Offer[Provider[T]], built: T) -> dict[str, str]:
        info = self.catalogue.manager.info(offer.plugin)
        about = built.about if isinstance(built, Described) else {}
        return {**about, "name": offer.item.name, "distribution": info.distribution, "version": info.version}
