"""The built-in commands, offered through the same hook as everybody's."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module

from radnlp.api import Check, CheckLine, Command, CommandHost, Settings, hookimpl

_COMMANDS = {
    "extract": "reports in, findings out",
    "explain": "how each finding of a report came about",
    "bench": "systems compared on the same gold",
    "timeline": "how patients change from report to report",
    "schemas": "the modality schemas",
    "plugins": "what is loaded and what it offers",
    "doctor": "whether everything that is needed is there and works",
}


@hookimpl
def radnlp_register_commands() -> list[Command]:
    return [_command(name, summary) for name, summary in _COMMANDS.items()]


@hookimpl
def radnlp_register_checks() -> list[Check]:
    return [Check(name="installation", summary="Python, packages and plugins", run=_installation)]


def _installation(settings: Settings) -> Sequence[CheckLine]:
    lines: Sequence[CheckLine] = import_module("radnlp.cli.installation").look()
    return lines


def _command(name: str, summary: str) -> Command:
    """A command whose module is imported when the program is run, and not by every Python user of radnlp."""

    def add_arguments(parser: ArgumentParser) -> None:
        import_module(f"radnlp.cli.{name}").add_arguments(parser)

    def run(options: Namespace, host: CommandHost) -> int:
        return int(import_module(f"radnlp.cli.{name}").run(options, host))

    return Command(name=name, summary=summary, add_arguments=add_arguments, run=run)
