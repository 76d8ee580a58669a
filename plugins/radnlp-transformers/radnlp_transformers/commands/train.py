"""``radnlp train``: its parts, and which module does each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from importlib import import_module

from radnlp.api import CommandHost, PluginError

#: Part -> what it does. The module of each, of the same name, is imported when its help or itself is asked for.
PARTS: Mapping[str, str] = {
    "labels": "weak labels of reports, from a schema's terms and statuses",
    "tokenizer": "a tokenizer of one's own: byte-level BPE",
    "pretrain": "an encoder, as masked language model on unlabelled reports",
    "keys": "the entity key classifier `bert`, on labelled reports",
    "config": "a configuration for spacy train, for the same classifier",
    "sentences": "the sentence classifier `bert`, on reports with labelled sentences",
    "causal": "the sentence classifier `causal`: a causal model with low-rank adapters",
}

_HELP = """\
Make models from reports: weak labels -> tokenizer -> pre-training -> fine-tuning. Each part has a --help of its own.

example:
  radnlp train labels benchmarks/samples --schema chest_ct
"""


def add_arguments(parser: ArgumentParser) -> None:
    """The parts, as commands below ``train``."""
    parser.description = _HELP
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True)
    for name, summary in PARTS.items():
        part = parts.add_parser(name, help=summary, formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False)
        part.set_defaults(part=name)
        import_module(f"radnlp_transformers.commands.{name}").add_arguments(part)


def run(options: Namespace, host: CommandHost) -> int:
    """Run the part that was named."""
    try:
        return int(import_module(f"radnlp_transformers.commands.{options.part}").run(options, host))
    except ModuleNotFoundError as error:
        raise PluginError(
            f"radnlp train {options.part} needs {error.name}; see the README of radnlp-transformers"
        ) from None
