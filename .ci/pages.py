"""Writes the pages of radnlp/docs that are made from code: one for each hook, and the schema reference.

.venv/bin/python .ci/pages.py            # writes them; a test fails when they are not what the code says
.venv/bin/zensical build --strict -f .zensical.toml    # the site; a broken link is an error
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_origin, get_type_hints

import griffe
from pydantic import BaseModel

from radnlp import api, records, testing
from radnlp.hooks import specs
from radnlp.schema import files

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "radnlp" / "docs"
PREFIX = "radnlp_register_"
HOUSE_RULES = """\
What providers get and give are [records](../reference/records.md). A plugin implements any of the hooks:
[a new plugin, step by step](../new-plugin.md) shows how one is made, [a plugin in 20 lines](../plugin-in-20-lines.md)
is the shortest.

- **A name that is taken.** radnlp's own names cannot be overridden. What a plugin offers under a name that is taken is
  asked for as `PLUGIN:NAME`, and listed so by `radnlp plugins`.
- **A plugin that is broken** (it cannot be imported; a hook is misspelt or wrongly signed, raises, or answers
  something else than asked for) is quarantined with the reason; the rest goes on.
- **Versions.** `RADNLP_API = 1` in a plugin's module, or `(1, 2)` for lowest and highest, says with which
  `radnlp.api.VERSION` it works.
- `RADNLP_DISABLED_PLUGINS=NAME,NAME` leaves plugins out; `RADNLP_TRACE_PLUGINS=1` shows every call on standard error.
"""
#: Table of a file -> the record made from it, whose attributes tell what the fields mean.
RECORDS = {
    "SchemaFile": records.Schema,
    "KeyTable": records.EntityKey,
    "ValueTable": records.EntityValue,
    "RelationTable": records.RelationType,
    "StepTable": records.DecisionStep,
    "SentenceClassTable": records.SentenceClass,
    "CuesTable": records.CueRule,
    "SignpostsTable": records.Signpost,
    "MeasurementWordsTable": records.MeasurementWord,
    "ChangesTable": records.ChangeWord,
    "TopicsTable": records.Topic,
}


def main() -> int:
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
    return 0


def pages() -> dict[Path, str]:
    """Path -> text of every page that is made."""
    made = {DOCS / "hooks" / f"{name}.md": hook_page(name) for name in hooks()}
    made[DOCS / "hooks" / "index.md"] = hook_index()
    made[DOCS / "reference" / "schema.md"] = schema_reference(files)
    made[DOCS / "reference" / "records.md"] = records_reference()
    return made


def hooks() -> list[str]:
    return [name for name in vars(specs) if name.startswith(PREFIX)]


# ---- hooks


def hook_index() -> str:
    rows = [f"| [`{name}`]({name}.md) | {first_sentence(getattr(specs, name))} |" for name in hooks()]
    return "\n".join(["# Hooks", "", text_of(specs), "", "| hook | |", "|---|---|", *rows, "", HOUSE_RULES])


def hook_page(name: str) -> str:
    hook = getattr(specs, name)
    described, provided = returned(hook)
    short = name.removeprefix(PREFIX)
    parts = [
        f"# {name}",
        text_of(hook),
        f"## {described.__name__}",
        text_of(described),
        *(line for one in provided for line in (f"## {one.__name__}", text_of(one), *methods(one))),
        "## Does it keep to the contract?",
        check_of(described, provided),
        f"`radnlp new-plugin NAME --hook {short}` writes a package to start from, with its test.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def returned(hook: Any) -> tuple[type, tuple[type, ...]]:
    """The description that a hook returns, and what the description's factory gives."""
    (item,) = get_args(get_type_hints(hook)["return"])
    if get_origin(item) is not None:
        return get_origin(item), get_args(item)
    factory = get_type_hints(item).get("factory")
    made = get_args(factory)[-1] if factory is not None else None
    return item, (made,) if inspect.isclass(made) else ()


def methods(protocol: type) -> Iterator[str]:
    for name, function in vars(protocol).items():
        if inspect.isfunction(function) and not name.startswith("_"):
            yield f"### {name}\n\n```python\ndef {name}{signature(function)}: ...\n```"
            yield text_of(function)


def signature(function: Any) -> str:
    bare = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))  # annotations are strings
    return bare.replace("'", '"')


def check_of(described: type, provided: tuple[type, ...]) -> str:
    """The contract check of `radnlp.testing` whose first argument is the description."""
    wanted = {described, *provided}
    for name in testing.__all__:
        check = getattr(testing, name)
        if not name.startswith("check_") or not inspect.isfunction(check):
            continue
        hint = next(iter(get_type_hints(check).values()))
        if hint is described or (get_origin(hint) is described and set(get_args(hint)) <= wanted):
            return f"`radnlp.testing.{name}`:\n\n{text_of(check)}"
    raise SystemExit(f"radnlp.testing has no check for {described.__name__}")


# ---- the schema reference


def schema_reference(module: ModuleType) -> str:
    tables = [
        one
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, BaseModel) and one.__module__ == module.__name__ and one.__doc__
    ]
    ordered = [*(one for one in tables if one.__name__.endswith("File")), *tables]
    parts = [
        "# Schema reference",
        "Every table and field of `schema.toml` and of lexicon files. Anything else is refused, with its place.",
        *(f"## {one.__name__}\n\n{text_of(one)}\n\n{fields(one)}" for one in dict.fromkeys(ordered)),
    ]
    return "\n\n".join(parts) + "\n"


def fields(model: type[BaseModel]) -> str:
    schema, meaning = model.model_json_schema(), attributes(RECORDS.get(model.__name__))
    rows = ["| field | | default | |", "|---|---|---|---|"]
    for name, row in schema["properties"].items():
        default = "required" if name in schema.get("required", []) else f"`{toml(row.get('default'))}`"
        rows.append(f"| `{name}` | {kind(row)} | {default} | {meaning.get(name, '')} |")
    return "\n".join(rows)


def attributes(record: type | None) -> dict[str, str]:
    """Attribute -> what the docstring says of it."""
    sections = griffe.parse_google(griffe.Docstring(inspect.getdoc(record) or ""), warnings=False) if record else []
    return {row.name: flat(row.description) for one in sections if one.kind.value == "attributes" for row in one.value}


def kind(row: dict[str, Any]) -> str:
    """What a field holds, in words."""
    if "$ref" in row:
        name = row["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in row:
        return "one of " + ", ".join(f"`{value}`" for value in row["enum"])
    if "anyOf" in row:
        return " or ".join(kind(one) for one in row["anyOf"] if one.get("type") != "null")
    if row.get("type") == "array":
        least = ", at least one" if row.get("minItems") else ""
        return f"list{least}: {kind(row['items'])}" if row.get("items") else "list"
    if row.get("type") == "object":
        inner = row.get("additionalProperties") or next(iter(row.get("patternProperties", {}).values()), {})
        return f"table: id = {kind(inner)}" if isinstance(inner, dict) and inner else "table"
    if "pattern" in row:
        return f"text like `{row['pattern']}`"
    return {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}.get(row.get("type", ""), "any")


def toml(value: object) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return str(value).lower()
    return "{}" if value == {} else str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'


# ---- the records


def records_reference() -> str:
    """What providers get and give: every dataclass and Protocol of radnlp.api."""
    classes = [getattr(api, name) for name in api.__all__ if inspect.isclass(getattr(api, name))]
    parts = [
        "# Records",
        "What a provider gets and what it gives back, from `radnlp.api`. Dataclasses are frozen, arguments named.",
    ]
    for one in classes:
        if dataclasses.is_dataclass(one):
            hints = "\n".join(f"    {field.name}: {field.type}{default_of(field)}" for field in dataclasses.fields(one))
            parts += [f"## {one.__name__}", text_of(one), f"```python\nclass {one.__name__}:\n{hints}\n```"]
        elif getattr(one, "_is_protocol", False):
            parts += [f"## {one.__name__}", text_of(one), *methods(one)]
    return "\n\n".join(part for part in parts if part) + "\n"


def default_of(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f" = {field.default!r}".replace("'", '"')
    return " = {}" if field.default_factory is dict else ""


# ---- docstrings as Markdown


def text_of(thing: Any) -> str:
    """The docstring of a thing, in the manner of Google, as Markdown."""
    doc = inspect.getdoc(thing) or ""
    if dataclasses.is_dataclass(thing) and doc.startswith(f"{thing.__name__}("):
        return ""  # made by dataclasses, not by a person
    parts = []
    for section in griffe.parse_google(griffe.Docstring(doc), warnings=False):
        if isinstance(section.value, str):
            parts.append(markdown(section.value))
        elif section.kind.value == "raises":
            parts.append("\n".join(f"- raises `{row.annotation}`: {flat(row.description)}" for row in section.value))
        elif section.kind.value == "examples":
            parts.append("\n\n".join(f"```python\n{text}\n```" for _, text in section.value))
        else:
            parts.append("\n".join(f"- `{row.name}`: {flat(row.description)}" for row in section.value))
    return "\n\n".join(parts)


def first_sentence(thing: Any) -> str:
    return markdown((inspect.getdoc(thing) or "").partition("\n")[0])


def flat(text: str) -> str:
    return markdown(" ".join(text.split()))


def markdown(text: str) -> str:
    """Literals, roles and the code block behind two colons, as Markdown."""
    text = re.sub(r":\w+:`~?(?:[\w.]+\.)?(\w+)`", r"`\1`", text).replace("``", "`")
    head, colons, code = text.partition("::\n\n")
    return f"{head}:\n\n```python\n{inspect.cleandoc(code)}\n```" if colons else text


if __name__ == "__main__":
    sys.exit(main())
