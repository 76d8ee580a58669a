"""The settings of the stage ``mentions``: where mentions come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.pipeline.settings import complete_settings
from radnlp.pipes import ADDED, SPAN_GROUP, Borrowing, SpanReader
from radnlp.records import Schema, Setting
from radnlp.schema import Labels

SOURCES = ("terms", "ents", "spans")

_LABELS = "labels"
_DEFAULTS: Mapping[str, Setting] = {"source": "terms", "span_key": "sc", "add_terms": ADDED[0], "qualifiers": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSource:
    """Where mentions come from.

    Attributes:
        source: ``terms``: the lexicon finds them. ``ents``, ``spans``: they are spans that other components of the
            pipeline left in ``doc.ents``, or in the group ``span_key`` of ``doc.spans``.
        span_key: Name of the group; ``sc`` is where spaCy's SpanCategorizer leaves its spans.
        labels: Label of a span -> what it names (radnlp.schema.labels). Given as ``labels`` (a mapping), or flat, as
            ``labels.NODULE``.
        add_terms: Terms of the lexicon that are mentions as well, where no span stands: ``values`` (places, episodes),
            ``none`` or ``all``.
        qualifiers: Whether attributes of the spans decide their status (radnlp.pipes.spans.QUALIFIERS).
    """

    source: str = "terms"
    span_key: str = "sc"
    labels: Mapping[str, str] = field(default_factory=dict)
    add_terms: str = ADDED[0]
    qualifiers: bool = False

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> SpanSource:
        """From settings as a user gives them.

        Raises:
            ConfigError: A name or value that cannot be, or one that has no effect.
        """
        labels, flat = _split(settings)
        complete = complete_settings("mentions", flat, _DEFAULTS)
        for name, allowed in (("source", SOURCES), ("add_terms", ADDED)):
            if complete[name] not in allowed:
                raise UnknownNameError(f"value of mentions.{name}", str(complete[name]), allowed)
        if complete["source"] == "terms" and (idle := sorted({*settings} - {"source"})):
            raise ConfigError(
                f"mentions.{idle[0]} has no effect, because mentions.source is 'terms'; set it to 'ents' or 'spans'"
            )
        if complete["span_key"] == SPAN_GROUP:
            raise ConfigError(
                f"mentions.span_key={SPAN_GROUP!r}: radnlp leaves its own spans there; name another group"
            )
        return cls(
            source=str(complete["source"]),
            span_key=str(complete["span_key"]),
            labels=labels,
            add_terms=str(complete["add_terms"]),
            qualifiers=bool(complete["qualifiers"]),
        )

    def borrowing(self, schema: Schema) -> Borrowing | None:
        """What becomes of the spans; None when there are none."""
        return None if self.source == "terms" else Borrowing(schema=schema, add=self.add_terms)

    def reader(self, schema: Schema) -> SpanReader | None:
        """What reads the spans; None when the lexicon finds the mentions.

        Raises:
            ConfigError: A label names no entity of the schema.
        """
        if self.source == "terms":
            return None
        try:
            labels = Labels(schema, self.labels)
        except ValueError as error:
            raise ConfigError(f"mentions.labels: {error}") from None
        return SpanReader(
            labels=labels, group=None if self.source == "ents" else self.span_key, qualifiers=self.qualifiers
        )


def _split(settings: Mapping[str, object]) -> tuple[dict[str, str], dict[str, Setting]]:
    """The labels, however they are given, and the rest."""
    labels: dict[str, object] = {}
    flat: dict[str, Setting] = {}
    for name, value in settings.items():
        if name == _LABELS:
            if not isinstance(value, Mapping):
                raise ConfigError(f'mentions.labels={value!r}: write a mapping, e.g. {{"NODULE": "nodules"}}')
            labels.update(value)
        elif name.startswith(f"{_LABELS}."):
            labels[name.removeprefix(f"{_LABELS}.")] = value
        elif value is None or isinstance(value, str | int | float):
            flat[name] = value
        else:
            raise ConfigError(f"mentions.{name}={value!r}: this setting is a word, a number, true or false")
    for label, named in labels.items():
        if not isinstance(named, str):
            raise ConfigError(f"mentions.labels: {label!r} is {named!r}; write the id of an entity, or '' for nothing")
    return {str(label): str(named) for label, named in labels.items()}, flat
