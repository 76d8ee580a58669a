"""What ``radnlp doctor`` says of radnlp itself: the interpreter, the packages it stands on, the plugins."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from radnlp.hooks import PluginInfo, default_catalogue
from radnlp.records import CheckLine

#: Versions that matter when something goes wrong.
_PACKAGES = ("radnlp-core", "spacy", "medspacy", "numpy", "pyarrow")


def look() -> list[CheckLine]:
    """The lines, in order of what stands on what."""
    return [_python(), *(_package(name) for name in _PACKAGES), *_plugins(default_catalogue().manager.infos)]


def _python() -> CheckLine:
    where = f"{platform.system()} {platform.machine()}"
    return CheckLine(
        name="python",
        state="ok",
        words=f"Python {platform.python_version()} on {where}",
        values={"version": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
    )


def _package(name: str) -> CheckLine:
    try:
        found = version(name)
    except PackageNotFoundError:
        return CheckLine(
            name=name, state="failed", words=f"{name} is not installed; install radnlp-core again", values={}
        )
    return CheckLine(name=name, state="ok", words=f"{name} {found}", values={"version": found})


def _plugins(infos: Iterable[PluginInfo]) -> Iterable[CheckLine]:
    """One line a plugin that is not radnlp's own, and for each that was set aside."""
    for info in infos:
        if info.distribution == "radnlp-core" and info.state == "loaded":
            continue
        values = {"state": info.state, "distribution": info.distribution, "version": info.version}
        about = f"plugin {info.name} ({info.distribution} {info.version})"
        if info.state == "quarantined":
            words = f"{about} was set aside: {info.reason}; update it, or leave it out with RADNLP_DISABLED_PLUGINS"
            yield CheckLine(name=f"plugin {info.name}", state="failed", words=words, values=values)
        else:
            words = about if info.state == "loaded" else f"{about} is {info.state}: {info.reason}"
            yield CheckLine(name=f"plugin {info.name}", state="ok", words=words, values=values)
