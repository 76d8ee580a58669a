"""``radnlp schemas``: the modality schemas, readably."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from radnlp.hooks import Catalogue, default_catalogue
from radnlp.records import CommandHost, Lexicon, Schema

_HELP = """\
List the schemas, or show one: its keys, values, relations and how many terms name each.

example:
  radnlp schemas chest_ct
"""


def add_arguments(parser: ArgumentParser) -> None:
    """NAME."""
    parser.description = _HELP
    parser.add_argument("name", nargs="?", metavar="NAME|FOLDER", help="schema to show; without it, all are listed")
    parser.add_argument("--terms", metavar="FILE", action="append", default=[], help="terms on top of it (TOML)")


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output."""
    console = Console(highlight=False)
    catalogue = default_catalogue()
    if options.name is None:
        console.print(_listing(catalogue))
    else:
        _show(console, *catalogue.schema(options.name, terms=tuple(options.terms)))
    return 0


def _listing(catalogue: Catalogue) -> Table:
    table = Table("schema", "version", "title", "languages", "plugin", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, offer in catalogue.schemas.items():
        schema, _ = catalogue.schema(name)
        table.add_row(schema.id, schema.version, schema.title, " ".join(schema.languages), offer.plugin)
    return table


def _show(console: Console, schema: Schema, lexicon: Lexicon) -> None:
    terms = Counter(entity for term in lexicon.terms for entity in term.entities)
    console.print(f"[bold]{escape(schema.id)}[/] {schema.version}  {escape(schema.title)}")
    console.print(f"source     {escape(schema.source)}")
    console.print(f"languages  {' '.join(schema.languages)}    cues {len(lexicon.cues)}    terms {len(lexicon.terms)}")
    keys = Table("key", "type", "label", "terms", "counts", box=box.SIMPLE_HEAD, pad_edge=False)
    for key in schema.keys:
        keys.add_row(key.id, key.type, escape(key.label), str(terms[key.id]), escape(key.description))
    console.print(keys)
    if schema.values:
        values = Table("value", "type", "label", "terms", "lies in", "made of", box=box.SIMPLE_HEAD, pad_edge=False)
        for value in schema.values:
            parts = " + ".join(value.parts)
            values.add_row(value.id, value.type, escape(value.label), str(terms[value.id]), value.within or "", parts)
        console.print(values)
    for relation in schema.relations:
        console.print(f"relation [bold]{relation.id}[/]: {' '.join(relation.keys)} -> {relation.value_type}")
    for section, effect in schema.section_effects.items():
        console.print(f"section [bold]{section}[/]: its mentions are {effect}")
