"""Writing the package of a new plugin: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template as Text

from radnlp._version import __version__
from radnlp.cli.scaffold.names import PluginNames
from radnlp.cli.scaffold.template import TEMPLATES
from radnlp.errors import ConfigError
from radnlp.hooks import API_VERSION

_COMMON = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "conftest.py": "conftest.py",
    "plugin.py": "$package/plugin.py",
    "init.py": "$package/__init__.py",
}


def write_package(names: PluginNames, hooks: Sequence[str], *, parent: Path) -> Path:
    """Write the package into a new folder of ``parent``, named after the distribution.

    The folder appears as a whole; one that is there already is never touched.

    Args:
        names: Of the plugin.
        hooks: Short names of hooks, at least one.
        parent: An existing folder.

    Returns:
        The new folder.

    Raises:
        ConfigError: The folder is there already, or cannot be written.
    """
    target = parent / names.distribution
    if target.exists() or target.is_symlink():
        raise ConfigError(f"{target} is there already and is left as it is; take another name, or move it away")
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{names.distribution}-", dir=parent))
        try:
            for place, content in _contents(names, hooks).items():
                path = scratch / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
            scratch.chmod(0o755)
            scratch.rename(target)  # fails where somebody has made the folder meanwhile and put something into it
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise ConfigError(f"{target}: cannot be written: {error.strerror}") from None
    return target


def _contents(names: PluginNames, hooks: Sequence[str]) -> dict[str, str]:
    """File of the new package -> its text."""
    modules = sorted((TEMPLATES[hook].module, f"radnlp_register_{hook}") for hook in hooks)
    functions = sorted(f'"{function}"' for _, function in modules)
    names_line = ", ".join(functions) if len(functions) == 1 else "\n    " + ",\n    ".join(functions) + ",\n"
    values = {
        "distribution": names.distribution,
        "package": names.package,
        "name": names.name,
        "identifier": names.identifier,
        "core_range": core_range(__version__),
        "api": str(API_VERSION),
        "imports": "\n".join(f"from {names.package}.{module} import {function}" for module, function in modules),
        "names": names_line,
    }
    values["offers"] = "\n".join(f"- {Text(TEMPLATES[hook].offers).substitute(values)}" for hook in hooks)
    root = files("radnlp.cli.scaffold") / "templates"
    found = _filled(root / "package", _COMMON, values)
    for hook in hooks:
        found |= _filled(root / hook, TEMPLATES[hook].files, values)
    found[f"{names.package}/py.typed"] = ""
    return found


def _filled(folder: Traversable, places: Mapping[str, str], values: dict[str, str]) -> dict[str, str]:
    return {
        Text(place).substitute(values): Text((folder / f"{name}.in").read_text("utf-8")).substitute(values)
        for name, place in places.items()
    }


def core_range(version: str) -> str:
    """The versions of radnlp-core that a plugin made with one of them asks for.

    >>> core_range("0.1.3"), core_range("2.4.0")
    ('>=0.1,<0.2', '>=2.4,<3')
    """
    major, minor = (int(part) for part in version.split(".")[:2])
    return f">={major}.{minor},<{major + 1}" if major else f">=0.{minor},<0.{minor + 1}"
