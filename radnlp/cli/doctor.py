"""``radnlp doctor``: what the plugins' checks say of this machine."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape

from radnlp.errors import ConfigError, RadnlpError, UnknownNameError
from radnlp.hooks import Offer, default_catalogue
from radnlp.pipeline import complete_settings
from radnlp.records import Check, CheckLine, CommandHost, Setting, Settings

_HELP = """\
Look whether everything that is needed is there and works, and say what to do where it does not. Plugins bring checks of
their own; --set gives them settings (without one, what a check would need it for is left out).

exit status: 0 nothing has failed, 1 something has, 2 wrong use

examples:
  radnlp doctor
  radnlp doctor installation --json
"""
_COLOURS = {"ok": "green", "warning": "yellow", "failed": "red"}


def add_arguments(parser: ArgumentParser) -> None:
    """CHECK, --set, --json."""
    parser.description = _HELP
    parser.add_argument("checks", nargs="*", metavar="CHECK", help="only these checks (default: all)")
    parser.add_argument(
        "--set",
        metavar="CHECK.NAME=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="a setting of a check, e.g. llama.model_path=FILE.gguf; repeatable",
    )
    parser.add_argument("--json", action="store_true", help="one JSON array on standard output")


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output.

    Raises:
        UnknownNameError: No such check, or no such setting of it.
        ConfigError: A setting of another form or kind.
    """
    offers = default_catalogue().checks
    for name in options.checks:
        if name not in offers:
            raise UnknownNameError("check", name, offers)
    given = _given(options.settings, sorted(offers))
    chosen = {name: offer for name, offer in offers.items() if name in options.checks or not options.checks}
    settings = {
        name: complete_settings(name, given.get(name, {}), offer.item.settings) for name, offer in chosen.items()
    }
    found = {name: _looked(offer.item, settings[name]) for name, offer in chosen.items()}
    if options.json:
        rows = [_row(chosen[name], lines) for name, lines in found.items()]
        Console(highlight=False, soft_wrap=True).print_json(json.dumps(rows))
    else:
        _tell(chosen, found)
    return int(any(line.state == "failed" for lines in found.values() for line in lines))


def _given(pairs: Sequence[str], checks: Sequence[str]) -> dict[str, dict[str, Setting]]:
    settings: dict[str, dict[str, Setting]] = {}
    for pair in pairs:
        place, equals, value = pair.partition("=")
        check, dot, name = place.rpartition(".")  # a check may be PLUGIN:NAME, and a plugin's name have dots
        if not equals or not dot or not name:
            raise ConfigError(f"{pair!r} is no setting; write CHECK.NAME=VALUE, e.g. llama.model_path=FILE.gguf")
        if check not in checks:
            raise UnknownNameError("check", check, checks)
        settings.setdefault(check, {})[name] = value
    return settings


def _looked(check: Check, settings: Settings) -> Sequence[CheckLine]:
    """The lines of a check; one that breaks is a line itself, and the others go on."""
    try:
        return check.run(settings)
    except RadnlpError as error:
        return [CheckLine(name="check", state="failed", words=str(error))]
    except Exception as error:  # a third party's check may raise anything
        words = f"the check itself broke with {type(error).__name__}: {error}; tell who made the plugin"
        return [CheckLine(name="check", state="failed", words=words)]


def _row(offer: Offer[Check], lines: Sequence[CheckLine]) -> dict[str, Any]:
    return {"check": offer.item.name, "plugin": offer.plugin, "lines": [asdict(line) for line in lines]}


def _tell(chosen: dict[str, Offer[Check]], found: dict[str, Sequence[CheckLine]]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for name, lines in found.items():
        console.print(f"[bold]{escape(name)}[/bold] ({escape(chosen[name].item.summary)})")
        for line in lines:
            console.print(f"  [{_COLOURS[line.state]}]{line.state:<8}[/]{escape(line.words)}")
