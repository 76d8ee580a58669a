"""Recipes from TOML: those that come with the package, by name, and a user's own, by path."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, cast, get_args

from radnlp.api import ConfigError
from radnlp_llama.synthesis.language import SCRIPTS
from radnlp_llama.synthesis.recipe import (
    Attribute,
    Excluded,
    LabelKind,
    LanguageMarks,
    Length,
    Limits,
    Question,
    Recipe,
    Value,
)
from radnlp_llama.synthesis.toml_table import Table

_RECIPES = "radnlp_llama.synthesis.recipes"
#: Files that a run writes besides its splits.
_TAKEN = ("rejected", "requests")


def recipe_names() -> list[str]:
    """The recipes that come with the package.

    >>> recipe_names()
    ['chest_ct', 'ja_ct']
    """
    return sorted(file.name.removesuffix(".toml") for file in files(_RECIPES).iterdir() if file.name.endswith(".toml"))


def read_recipe(name: str) -> Recipe:
    """A recipe by its name, or by the path of a file (with a separator or the suffix .toml in it).

    Raises:
        ConfigError: No such recipe, or a file that is none; names file, table and field.

    >>> recipe = read_recipe("ja_ct")
    >>> recipe.schema, [attribute.id for attribute in recipe.attributes][:3]
    ('ja_ct', ['experience', 'style', 'sex'])
    """
    if name.endswith(".toml") or os.sep in name:
        place, source = name, Path(name)
    elif name in recipe_names():
        place, source = f"recipe {name}", cast(Path, files(_RECIPES) / f"{name}.toml")
    else:
        raise ConfigError(
            f"there is no recipe {name!r}; there are {', '.join(recipe_names())}, or give the path of a .toml file"
        )
    try:
        content = source.read_bytes()
        rows = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{place}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{place}: not TOML in UTF-8 ({error})") from None
    return _recipe(Table(rows, place), digest=hashlib.sha256(content).hexdigest())


def _recipe(table: Table, *, digest: str) -> Recipe:
    lengths, sentences, prompts = table.table("length"), table.table("sentences"), table.table("prompts")
    recipe = Recipe(
        id=table.word("id"),
        version=table.word("version"),
        schema=table.word("schema"),
        language=table.word("language"),
        labels=cast(LabelKind, table.choice("labels", get_args(LabelKind))),
        source=table.word("source"),
        digest=digest,
        splits=_splits(table),
        attributes=tuple(_attribute(row) for row in table.tables("attributes")),
        length_label=lengths.word("label"),
        lengths=tuple(_length(row) for row in lengths.tables("values")),
        limits=_limits(table.table("limits")),
        marks=_marks(table.table("language_marks")),
        ends=sentences.words("ends"),
        split=sentences.flag("split"),
        blanks=sentences.words("blanks"),
        report=_question(prompts.table("report"), prefix=(), rest="attributes"),
        label=_question(prompts.table("labels"), prefix=("classes", "keys"), rest="sentences"),
        classes={name: str(text) for name, text in table.mapping("classes").items()},
        never_first=table.words("never_first", ()),
        unmentioned=table.word("unmentioned", "none"),
    )
    for part in (table, lengths, sentences, prompts):
        part.refuse_unknown()
    _check_references(recipe.attributes, table)
    return recipe


def _splits(table: Table) -> dict[str, int]:
    splits = table.weights("splits")
    check_split_names(splits, table.fault)
    return splits


def check_split_names(names: Iterable[str], fault: Callable[[str], Exception]) -> None:
    """Names of splits become names of files. Raises what ``fault`` makes of a sentence."""
    for name in names:
        if not (name.isascii() and name.isidentifier()) or name in _TAKEN:
            raise fault(f"{name!r} is no name for a split: letters, digits and _ only, and not {', '.join(_TAKEN)}")


def _attribute(table: Table) -> Attribute:
    values = tuple(_value(row) for row in table.tables("values"))
    attribute = Attribute(
        id=table.word("id"), label=table.word("label"), values=values, unless=_excluded(table.mapping("unless"), table)
    )
    table.refuse_unknown()
    table.refuse_doubles([value.id for value in values])
    return attribute


def _value(table: Table) -> Value:
    excluded = _excluded(table.mapping("not_with"), table)
    value = Value(id=table.word("id"), text=table.word("text"), weight=table.weight(), not_with=excluded)
    table.refuse_unknown()
    return value


def _excluded(rows: Mapping[str, Any], table: Table) -> Excluded:
    if not all(isinstance(ids, list) and all(isinstance(name, str) for name in ids) for ids in rows.values()):
        raise table.fault('what is excluded is an attribute with a list of its values, {certainty = ["normal"]}')
    return {name: tuple(ids) for name, ids in rows.items()}


def _check_references(attributes: tuple[Attribute, ...], table: Table) -> None:
    table.refuse_doubles([attribute.id for attribute in attributes])
    known: dict[str, set[str]] = {}
    for attribute in attributes:
        for excluded in (attribute.unless, *(value.not_with for value in attribute.values)):
            for name, ids in excluded.items():
                if unknown := sorted(set(ids) - known.get(name, set())):
                    raise table.fault(
                        f"the attribute {attribute.id!r} excludes {name} = {unknown[0]!r}; what is excluded must be a "
                        "value of an attribute further up"
                    )
        known[attribute.id] = {value.id for value in attribute.values}


def _length(table: Table) -> Length:
    least, most = table.whole("least"), table.whole("most")
    if not 1 <= least <= most:
        raise table.fault(f"least = {least}, most = {most}; it must be 1 <= least <= most")
    length = Length(id=table.word("id"), least=least, most=most, weight=table.weight())
    table.refuse_unknown()
    return length


def _limits(table: Table) -> Limits:
    limits = Limits(
        sentences=table.bounds("sentences"),
        sentence_characters=table.bounds("sentence_characters"),
        characters=table.bounds("characters"),
        copied=table.whole("copied"),
        doubled=table.share("doubled"),
        sentence_tokens=table.whole("sentence_tokens"),
        report_tokens=table.whole("report_tokens"),
    )
    table.refuse_unknown()
    return limits


def _marks(table: Table) -> LanguageMarks:
    marks = LanguageMarks(scripts=table.words("scripts"), share=table.share("share"), words=table.words("words"))
    if unknown := sorted(set(marks.scripts) - set(SCRIPTS)):
        raise table.fault(f"unknown script {unknown[0]!r}; known are {', '.join(SCRIPTS)}")
    table.refuse_unknown()
    return marks


def _question(table: Table, *, prefix: tuple[str, ...], rest: str) -> Question:
    """The two texts, held against the slots that they may have; ``rest`` must have its own."""
    question = Question(prefix=table.word("prefix").strip() + "\n\n", rest=table.word("rest").strip() + "\n")
    for name, text, slots in (("prefix", question.prefix, prefix), ("rest", question.rest, (rest,))):
        template = Template(text)
        unknown = sorted(set(template.get_identifiers()) - set(slots)) if template.is_valid() else ["$"]
        if unknown:
            allowed = ", ".join(f"${slot}" for slot in slots) or "none"
            raise table.fault(f"{name} holds {unknown[0]!r}; its slots are {allowed}, and a dollar sign is written $$")
    if rest not in Template(question.rest).get_identifiers():
        raise table.fault(f"rest must hold ${rest}, where this report's own part goes")
    table.refuse_unknown()
    return question
