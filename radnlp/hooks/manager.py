"""Finding, loading and quarantining plugins."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Collection, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, Literal

import pluggy

from radnlp._version import __version__
from radnlp.errors import PluginError, did_you_mean
from radnlp.hooks import specs
from radnlp.hooks.data_only import data_only_plugin
from radnlp.hooks.versions import require_api, require_core

#: radnlp's own plugins, by module name: the rooms they live in lie above this one.
BUILTIN = (
    "radnlp.hooks.shipped",
    "radnlp.rules.plugin",
    "radnlp.batch.plugin",
    "radnlp.evaluation.plugin",
    "radnlp.cli.plugin",
)
GROUP = "radnlp"
DATA_GROUP = "radnlp_schemas"
HOOKS = tuple(name for name in vars(specs) if name.startswith("radnlp_"))

PluginState = Literal["loaded", "disabled", "quarantined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginInfo:
    """One row of ``radnlp plugins``.

    Attributes:
        name: Entry point name, or the module name of a built-in.
        distribution: The installed package it comes from, with ``version``.
        state: ``quarantined`` plugins offer nothing; ``reason`` says why.
    """

    name: str
    distribution: str
    version: str
    state: PluginState
    reason: str = ""


class RadnlpPluginManager(pluggy.PluginManager):
    """A pluggy manager that remembers where each plugin came from and sets broken ones aside."""

    def __init__(self) -> None:
        super().__init__(specs.PROJECT)
        self.add_hookspecs(specs)
        self._infos: dict[str, PluginInfo] = {}

    @property
    def infos(self) -> tuple[PluginInfo, ...]:
        """Every plugin seen, in call order, broken and disabled ones among them."""
        return tuple(self._infos.values())

    def info(self, name: str) -> PluginInfo:
        """The row of one plugin. Raises KeyError."""
        return self._infos[name]

    def add(self, plugin: object, name: str, *, distribution: str = "", version: str = "") -> None:
        """Register a plugin and check its hooks.

        Raises:
            PluginError: There is no hook, or one is misspelt, wrongly signed, not marked or a wrapper; the plugin is
                made for another API; the name is taken.
        """
        require_api(plugin, name)
        hooks = 0
        for attribute in dir(plugin):
            marked = self.parse_hookimpl_opts(plugin, attribute)
            named = attribute.startswith("radnlp_") and callable(getattr(plugin, attribute))
            if not named and marked is None:
                continue
            if not hasattr(specs, attribute):
                raise PluginError(f"{name}: there is no hook {attribute!r}{did_you_mean(attribute, HOOKS)}")
            if marked is None:
                raise PluginError(f"{name}: {attribute} would never be called; put @hookimpl in front of it")
            if marked["wrapper"] or marked["hookwrapper"]:
                raise PluginError(
                    f"{name}: {attribute} is a wrapper; plugins are asked one by one, so there is nothing to wrap; "
                    "take wrapper=True out"
                )
            hooks += 1
        if not hooks:
            raise PluginError(f"{name}: no hook of radnlp is in it; name the module or object that has them")
        try:
            super().register(plugin, name)
        except pluggy.PluginValidationError as error:
            if self.is_registered(plugin):  # older versions of pluggy leave it half registered
                super().unregister(plugin)
            raise PluginError(f"{name}: {'; '.join(str(error).splitlines())}") from error
        except ValueError as error:  # the name or the plugin is registered already, and stays so
            raise PluginError(f"{name}: {str(error).splitlines()[0]}") from error
        self._infos[name] = PluginInfo(name=name, distribution=distribution, version=version, state="loaded")

    def register(self, plugin: object, name: str | None = None) -> str:
        """Pluggy's own way in, led through :meth:`add`: what a plugin offers has its owner. Raises PluginError."""
        chosen = name or self.get_canonical_name(plugin)
        self.add(plugin, chosen)
        return chosen

    def unregister(self, plugin: object | None = None, name: str | None = None) -> Any:
        """Pluggy's own way out; the plugin's row goes with it."""
        known = name if name is not None else self.get_name(plugin)
        removed = super().unregister(plugin, name)
        if known is not None:
            self._infos.pop(known, None)
        return removed

    def set_aside(
        self, name: str, state: PluginState, reason: str, *, distribution: str = "", version: str = ""
    ) -> None:
        """Take a plugin out of the run, saying why; the others go on."""
        if self.get_plugin(name) is not None:
            super().unregister(name=name)  # and keep its row where it stands
            known = self._infos[name]
            distribution, version = known.distribution, known.version
        self._infos[name] = PluginInfo(
            name=name, distribution=distribution, version=version, state=state, reason=reason
        )


def create_manager(
    *,
    builtin: Iterable[str] = BUILTIN,
    installed: bool = True,
    blocked: Collection[str] = (),
) -> RadnlpPluginManager:
    """A fresh plugin manager.

    Args:
        builtin: Module names of radnlp's own plugins; a fault in one of them raises.
        installed: Whether plugins of installed packages (entry point groups ``radnlp`` and ``radnlp_schemas``) are
            loaded; a fault in one quarantines it.
        blocked: Plugin names to leave out.

    Raises:
        PluginError: A built-in plugin is broken.

    >>> [info.name for info in create_manager(builtin=["radnlp.hooks.shipped"], installed=False).infos]
    ['radnlp.hooks.shipped']
    """
    manager = RadnlpPluginManager()
    if os.environ.get("RADNLP_TRACE_PLUGINS") == "1":
        manager.trace.root.setwriter(sys.stderr.write)
        manager.enable_tracing()
    for name in builtin:
        if name in blocked:
            manager.set_aside(name, "disabled", "on request", distribution="radnlp-core", version=__version__)
        else:
            manager.add(importlib.import_module(name), name, distribution="radnlp-core", version=__version__)
    if installed:
        for group in (GROUP, DATA_GROUP):
            for entry_point in sorted(entry_points(group=group), key=lambda found: found.name):
                _add_installed(manager, entry_point, blocked)
    return manager


def _add_installed(manager: RadnlpPluginManager, entry_point: EntryPoint, blocked: Collection[str]) -> None:
    name, dist = entry_point.name, entry_point.dist
    origin = {"distribution": dist.name if dist else "", "version": dist.version if dist else ""}
    if name in blocked:
        manager.set_aside(name, "disabled", "on request", **origin)
        return
    try:
        if any(info.name == name for info in manager.infos):
            raise PluginError(
                f"another plugin of the name {name!r} is loaded already ({manager.info(name).distribution})"
            )
        require_core(dist.requires or () if dist else (), name)
        plugin: object | ModuleType
        with redirect_stdout(sys.stderr):  # standard output is for results
            plugin = data_only_plugin(entry_point.value) if entry_point.group == DATA_GROUP else entry_point.load()
        manager.add(plugin, name, **origin)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a third party's import may raise anything, or exit; the rest must go on
        reason = str(error) if isinstance(error, PluginError) else f"{type(error).__name__}: {error}"
        free_name = name if all(info.name != name for info in manager.infos) else f"{name} ({origin['distribution']})"
        manager.set_aside(free_name, "quarantined", reason, **origin)


@cache
def default_manager() -> RadnlpPluginManager:
    """The manager of this process: everything installed, less what ``RADNLP_DISABLED_PLUGINS`` names (commas between).

    Cached, because spaCy rebuilds pipelines from their config in fresh processes and hands no manager through.
    """
    disabled = os.environ.get("RADNLP_DISABLED_PLUGINS", "")
    return create_manager(blocked=[name.strip() for name in disabled.split(",") if name.strip()])
