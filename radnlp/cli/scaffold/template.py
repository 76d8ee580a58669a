"""The templates: for each hook its smallest useful example, with a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from radnlp.errors import UnknownNameError

_PREFIX = "radnlp_register_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a new plugin gets for one hook.

    Attributes:
        module: Name of the module that has the hook; the template's folder is named after the hook.
        offers: One line on what the example does.
        files: File of the template -> where it goes, in the new folder; both without the ending ``.in``.
    """

    module: str
    offers: str
    files: Mapping[str, str]


def _of(module: str, offers: str, **more: str) -> Template:
    files = {f"{module}.py": f"$package/{module}.py", f"test_{module}.py": f"tests/test_{module}.py"}
    others = {name.replace("_", "."): target for name, target in more.items()}
    return Template(module=module, offers=offers, files={**files, **others})


#: What comes behind ``radnlp_register_`` in a hook's name -> its template.
TEMPLATES: Mapping[str, Template] = {
    "schemas": _of(
        "schemas",
        "the schema `$identifier`, a vocabulary in TOML (`--schema $identifier`)",
        schema_toml="$package/schemas/$identifier/schema.toml",
        terms_toml="$package/schemas/$identifier/terms/words.en.toml",
    ),
    "lexicons": _of("lexicons", "a cue for every English schema", cues_toml="$package/lexicons/cues.en.toml"),
    "entity_key_classifiers": _of("keys", "the entity key classifier `$name` (`--keys $name`)"),
    "relation_mappers": _of("mapper", "the relation mapper `$name` (`--relations $name`)"),
    "sentence_classifiers": _of(
        "sentences",
        "the sentence classifier `$name` (`--sentence-classes $name`)",
        schema_toml="tests/classed/schema.toml",
    ),
    "batch_engines": _of("engine", "the batch engine `$name` (`--engine $name`)"),
    "commands": _of("command", "the command `radnlp $name`"),
    "metrics": _of("metric", "the metric `$name` for `radnlp bench`"),
    "checks": _of("check", "the check `$name` of `radnlp doctor`"),
}


def hook_of(given: str) -> str:
    """A hook's short name, from that or the whole one. Raises UnknownNameError with near names."""
    short = given.replace("-", "_").removeprefix(_PREFIX)
    if short not in TEMPLATES:
        raise UnknownNameError("hook", short, TEMPLATES)
    return short
