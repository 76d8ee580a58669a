"""``radnlp new-plugin``: a package to begin with, which installs, passes its tests and is listed as it stands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from string import Template as Text

from radnlp.cli.scaffold import TEMPLATES, PluginNames, hook_of, write_package
from radnlp.errors import ConfigError
from radnlp.hooks import default_catalogue
from radnlp.records import CommandHost

_HELP = """\
Write a plugin to begin with: a package in a new folder, with the smallest useful example of each hook you name and a
test of it. It installs, passes its tests and is listed by `radnlp plugins` as it stands.

examples:
  radnlp new-plugin --list
  radnlp new-plugin radnlp-nearest --hook relation_mappers
"""


def add_arguments(parser: ArgumentParser) -> None:
    """NAME, --hook, --list."""
    parser.description = _HELP
    parser.add_argument("name", nargs="?", metavar="NAME", help="of the package, e.g. radnlp-nearest; also its folder")
    parser.add_argument("--hook", action="append", default=[], dest="hooks", metavar="HOOK", help="repeatable")
    parser.add_argument("--list", action="store_true", help="list the hooks and what their examples do")


def run(options: Namespace, host: CommandHost) -> int:
    """Write the package into the current folder and say what to do next.

    Raises:
        UnknownNameError: No such hook.
        ConfigError: A name that cannot be, or a folder that is there already.
    """
    if options.list:
        _list()
        return 0
    if not options.name:
        raise ConfigError("a NAME is missing, e.g. radnlp new-plugin radnlp-nearest --hook relation_mappers")
    hooks = list(dict.fromkeys(hook_of(hook) for hook in options.hooks))
    if not hooks:
        raise ConfigError(f"name what it should offer with --hook, repeatable: {', '.join(TEMPLATES)}")
    names = PluginNames.of(options.name)
    _refuse_taken(names, hooks)
    folder = write_package(names, hooks, parent=Path.cwd())
    print(f"{folder} is written. Next:\n")  # noqa: T201
    print(f'  cd {folder.name}\n  pip install -e ".[test]"\n  pytest\n  radnlp plugins')  # noqa: T201
    return 0


def _refuse_taken(names: PluginNames, hooks: list[str]) -> None:
    for hook in hooks:
        name = names.identifier if hook == "schemas" else names.name
        if hook != "lexicons" and name in getattr(default_catalogue(), hook):
            owner = getattr(default_catalogue(), hook)[name].plugin
            raise ConfigError(f"{name!r} is offered by {owner} already ({hook}); take another name")


def _list() -> None:
    for hook, template in TEMPLATES.items():
        values = {"name": "NAME", "identifier": "NAME", "package": "NAME"}
        print(f"{hook:<24}{Text(template.offers).substitute(values).replace('`', '')}")  # noqa: T201
