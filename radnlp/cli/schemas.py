"""``radnlp schemas``: the modality schemas, readably."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from radnlp.cli.options import TERMS_HELP
from radnlp.cli.rulefile import write_rule_file
from radnlp.errors import ConfigError
from radnlp.hooks import Catalogue, default_catalogue
from radnlp.records import CommandHost, Lexicon, Schema

_HELP = """\
List the schemas, or show one: its keys, values, relations, codes where it has some, and how many terms name each.

With --medspacy-rules the terms and cues of a schema become a rule file of medspaCy (target_rules, context_rules), which
TargetRule.from_json, ConTextRule.from_json and --terms read. Not in it: terminated_by of cues, which medspaCy refuses
in JSON, headings, abbreviations, and the words between clauses and list members. Words that name two entities are two
rules, of which medspaCy's target matcher keeps one; words that name none have the category IGNORED. medspaCy also knows
nothing of folding: "ground glass" is not "ground-glass" to it.

examples:
  radnlp schemas chest_ct
  radnlp schemas chest_ct --medspacy-rules chest_ct.json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """NAME, --terms, --medspacy-rules."""
    parser.description = _HELP
    parser.add_argument("name", nargs="?", metavar="NAME|FOLDER", help="schema to show; without it, all are listed")
    parser.add_argument("--terms", metavar="FILE", action="append", default=[], help=TERMS_HELP)
    parser.add_argument("--medspacy-rules", metavar="FILE", help="write its terms and cues as medspaCy's rules (.json)")


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output, or write the rule file."""
    console = Console(highlight=False)
    catalogue = default_catalogue()
    if options.name is None:
        if options.medspacy_rules:
            raise ConfigError("--medspacy-rules: name the schema, e.g. radnlp schemas chest_ct --medspacy-rules FILE")
        console.print(_listing(catalogue))
        return 0
    schema, lexicon = catalogue.schema(options.name, terms=tuple(options.terms))
    if options.medspacy_rules:
        write_rule_file(lexicon, Path(options.medspacy_rules), sources=options.terms)
    else:
        _show(console, schema, lexicon)
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
    codes = Table("codes of", "system", "code", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, given in [*((key.id, key.codes) for key in schema.keys), *((v.id, v.codes) for v in schema.values)]:
        for system, code in given.items():
            codes.add_row(name, escape(system), escape(code))
    if codes.row_count:
        console.print(codes)
    for relation in schema.relations:
        console.print(f"relation [bold]{relation.id}[/]: {' '.join(relation.keys)} -> {relation.value_type}")
    for section, effect in schema.section_effects.items():
        console.print(f"section [bold]{section}[/]: its mentions are {effect}")
