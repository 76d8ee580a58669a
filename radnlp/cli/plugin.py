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
    "review": "the findings of a run that a person should look at first",
    "timeline": "how patients change from report to report",
    "brat": "findings to annotate in brat, and annotations as gold",
    "schemas": "the modality schemas",
    "plugins": "what is loaded and what it offers",
    "new-plugin": "a package of your own to begin with",
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
    module = f"radnlp.cli.{name.replace('-', '_')}"

    def add_arguments(parser: ArgumentParser) -> None:
        import_module(module).add_arguments(parser)

    def run(options: Namespace, host: CommandHost) -> int:
        return int(import_module(module).run(options, host))

    return Command(name=name, summary=summary, add_arguments=add_arguments, run=run)
