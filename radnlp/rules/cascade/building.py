"""From settings to a cascade."""

from __future__ import annotations

from radnlp.api import ConfigError, Described, Lexicon, Schema, Settings, default_catalogue
from radnlp.rules.cascade.mapper import NAME, CascadeMapper
from radnlp.rules.cascade.measure import Measure
from radnlp.rules.cascade.second import STAGE, Second
from radnlp.rules.mapper import NAME as FIRST
from radnlp.rules.mapper import RuleMapper

#: The setting that names the second provider; the settings of that one stand behind it and a dot.
THEN = "then"
SETTINGS: Settings = {THEN: None, "threshold": 0.8, "budget": 1.0}


def build(schema: Schema, lexicon: Lexicon, settings: Settings) -> CascadeMapper:
    """The provider ``cascade``.

    Args:
        schema: Keys, relations and values.
        lexicon: Its words.
        settings: ``then``, ``threshold``, ``budget``, and those of the second provider as ``then.NAME``.

    Raises:
        ConfigError: No second provider though some reports may be sent on, the cascade itself, a number out of range,
            or a schema whose values are changes, which the measure does not know.
    """
    for name in ("threshold", "budget"):
        if not 0 <= float(str(settings[name])) <= 1:
            raise ConfigError(f"{STAGE}.{name}={settings[name]!r}: this setting is a number from 0 to 1")
    changing = [value.id for value in schema.values if value.changes]
    if changing:
        raise ConfigError(
            f"{STAGE}={NAME}: its measure was calibrated for places; the schema {schema.id!r} has values that are "
            f"changes ({', '.join(changing)}); name one provider for all of them, e.g. --relations {FIRST}"
        )
    measure = Measure.shipped()
    budget = float(str(settings["budget"]))
    second, about = _second(schema, lexicon, settings, budget)
    return CascadeMapper(
        schema,
        RuleMapper(schema, lexicon),
        second,
        measure=measure,
        threshold=float(str(settings["threshold"])),
        budget=budget,
        about={"first": FIRST, **about, "measure": measure.version},
    )


def _second(
    schema: Schema, lexicon: Lexicon, settings: Settings, budget: float
) -> tuple[Second | None, dict[str, str]]:
    catalogue, name = default_catalogue(), settings[THEN]
    others = sorted(set(catalogue.relation_mappers) - {NAME, FIRST})
    if name is None and budget == 0:
        return None, {}
    if name is None or name in (NAME, FIRST):
        given = "is missing" if name is None else f"is {name!r}, which is no second one"
        raise ConfigError(
            f"{STAGE}.{THEN} {given}: name the relation mapper to ask where {FIRST} is unsure, e.g. --set "
            f"{STAGE}.{THEN}=NAME; there are {', '.join(others)}. --set {STAGE}.budget=0 asks nobody and gives the "
            "scores alone"
        )
    offer = catalogue.relation_mapper(str(name))
    inner = {
        setting.removeprefix(f"{THEN}."): value for setting, value in settings.items() if setting.startswith(f"{THEN}.")
    }
    mapper = offer.item.factory(schema, lexicon, {**offer.item.settings, **inner})
    info = catalogue.manager.info(offer.plugin)
    about = {f"{THEN}.{what}": words for what, words in (mapper.about if isinstance(mapper, Described) else {}).items()}
    return Second(str(name), mapper), {**about, THEN: str(name), f"{THEN}.version": info.version}
