"""Settings of the stages: known names and kinds only."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.records import Setting, Settings

STAGES = ("text", "mentions", "status", "sentence_classes", "keys", "relations", "findings")

_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def complete_settings(stage: str, given: Settings, defaults: Settings) -> Settings:
    """The defaults with what was given laid over them, each value of its default's kind.

    Args:
        stage: Name of the stage, for messages.
        given: As the user wrote it; text is read as the default's kind ("0.5" for a number).
        defaults: Every setting there is; a default of None takes any value.

    Raises:
        UnknownNameError: A setting that is not among the defaults.
        ConfigError: A value of another kind.

    >>> complete_settings("keys", {"threshold": "0.7"}, {"threshold": 0.5, "model_path": None})
    {'threshold': 0.7, 'model_path': None}
    """
    for name in given:
        if name not in defaults:
            allowed = [f"{stage}.{known}" for known in defaults]
            raise UnknownNameError("setting", f"{stage}.{name}", allowed)
    return {
        name: _of_kind(f"{stage}.{name}", given[name], default) if name in given else default
        for name, default in defaults.items()
    }


def parse_settings(pairs: Iterable[str], *, stages: Collection[str] = STAGES) -> dict[str, dict[str, Setting]]:
    """``["relations.model_path=a.gguf"]`` as ``{"relations": {"model_path": "a.gguf"}}``.

    Raises:
        ConfigError: Something that is not ``STAGE.NAME=VALUE``.
        UnknownNameError: No such stage.
    """
    settings: dict[str, dict[str, Setting]] = {}
    for pair in pairs:
        place, equals, value = pair.partition("=")
        stage, dot, name = place.partition(".")
        if not equals or not dot or not name:
            raise ConfigError(f"{pair!r} is no setting; write STAGE.NAME=VALUE, e.g. status.engine=medspacy")
        if stage not in stages:
            raise UnknownNameError("stage", stage, stages)
        settings.setdefault(stage, {})[name] = value
    return settings


def _of_kind(place: str, value: Setting, default: Setting) -> Setting:
    if default is None or value is None or type(value) is type(default):
        return value
    if isinstance(default, bool):
        if isinstance(value, str) and value.lower() in _TRUTH:
            return _TRUTH[value.lower()]
        raise ConfigError(f"{place}={value!r}: this setting is true or false")
    if isinstance(default, (int, float)) and not isinstance(value, bool):
        try:
            return type(default)(value)
        except ValueError:
            kind = "whole number" if isinstance(default, int) else "number"
            raise ConfigError(f"{place}={value!r}: this setting is a {kind}, e.g. {default}") from None
    raise ConfigError(f"{place}={value!r}: this setting is of the kind {type(default).__name__}, e.g. {default!r}")
