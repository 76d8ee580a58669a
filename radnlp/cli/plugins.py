"""``radnlp plugins``: what is loaded, what it offers, and what was set aside and why."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from radnlp.hooks import Catalogue, Offer, PluginInfo, default_catalogue
from radnlp.records import CommandHost

_HELP = """\
List the plugins: version, distribution, hooks, what they offer, and their state (loaded, disabled, quarantined and
why).

  RADNLP_DISABLED_PLUGINS=NAME,NAME   leaves plugins out
  RADNLP_TRACE_PLUGINS=1              shows every hook call on standard error

example:
  radnlp plugins --json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """--json."""
    parser.description = _HELP
    parser.add_argument("--json", action="store_true", help="one JSON array on standard output")


def run(options: Namespace, host: CommandHost) -> int:
    """Print to standard output."""
    catalogue = default_catalogue()
    rows = [_row(catalogue, info) for info in catalogue.manager.infos]
    if options.json:
        Console(highlight=False, soft_wrap=True).print_json(json.dumps(rows))
        return 0
    table = Table("plugin", "distribution", "state", "hook", "offers", box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        state = row["state"] + (f": {row['reason']}" if row["reason"] else "")
        cells = [row["name"], f"{row['distribution']} {row['version']}", state]
        for hook, names in row["hooks"].items() or [("", [])]:
            table.add_row(*map(escape, (*cells, hook, " ".join(names))))
            cells = ["", "", ""]
    Console(highlight=False).print(table)
    return 0


def _row(catalogue: Catalogue, info: PluginInfo) -> dict[str, Any]:
    plugin = catalogue.manager.get_plugin(info.name)
    callers = (catalogue.manager.get_hookcallers(plugin) or []) if plugin else []
    return {
        "name": info.name,
        "distribution": info.distribution,
        "version": info.version,
        "state": info.state,
        "reason": info.reason,
        "hooks": {caller.name: _offers(catalogue, info.name, caller.name) for caller in callers},
    }


def _offers(catalogue: Catalogue, plugin: str, hook: str) -> list[str]:
    """The names that a plugin offers through a hook; of a lexicon, its file's."""
    offers: Mapping[str, Offer[Any]] = getattr(catalogue, hook.removeprefix("radnlp_register_"))
    names = [name for name, offer in offers.items() if offer.plugin == plugin]
    return [Path(name).name if hook == "radnlp_register_lexicons" else name for name in names]
