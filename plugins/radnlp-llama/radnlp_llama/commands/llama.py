"""``radnlp llama``: its parts, and which module does each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from radnlp.api import CommandHost, PluginError

#: Part -> what it does. The module of each, of the same name, is imported when the parser is made.
PARTS: Mapping[str, str] = {
    "prompt": "exactly what the model would read for a report",
    "synthesize": "synthetic reports with labelled sentences",
}

_HELP = """\
What a language model is shown, and reports that it writes. Each part has a --help of its own.

example:
  radnlp llama prompt --schema chest_ct benchmarks/samples/01_narrative.txt
"""


def add_arguments(parser: ArgumentParser) -> None:
    """The parts, as commands below ``llama``."""
    parser.description = _HELP
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True)
    for name, summary in PARTS.items():
        part = parts.add_parser(name, help=summary, formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False)
        part.set_defaults(part=name)
        _module(name).add_arguments(part)


def run(options: Namespace, host: CommandHost) -> int:
    """Run the part that was named."""
    try:
        return int(_module(options.part).run(options, host))
    except ModuleNotFoundError as error:
        raise PluginError(f"radnlp llama {options.part} needs {error.name}; see the README of radnlp-llama") from None


def _module(name: str) -> Any:
    return import_module(f"radnlp_llama.commands.{name}")
