"""The built-in commands, offered through the same hook as everybody's."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module

from radnlp.api import Command, CommandHost, hookimpl

_COMMANDS = {
    "extract": "reports in, findings out",
    "explain": "how each finding of a report came about",
    "bench": "systems compared on the same gold",
    "timeline": "how patients change from report to report",
    "schemas": "the modality schemas",
    "plugins": "what is loaded and what it offers",
}


@hookimpl
def radnlp_register_commands() -> list[Command]:
    return [_command(name, summary) for name, summary in _COMMANDS.items()]


def _command(name: str, summary: str) -> Command:
    """A command whose module is imported when the program is run, and not by every Python user of radnlp."""

    def add_arguments(parser: ArgumentParser) -> None:
        import_module(f"radnlp.cli.{name}").add_arguments(parser)

    def run(options: Namespace, host: CommandHost) -> int:
        return int(import_module(f"radnlp.cli.{name}").run(options, host))

    return Command(name=name, summary=summary, add_arguments=add_arguments, run=run)
