"""Plugins made for one test: in memory, or as a package that lies installed in a folder of its own."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from radnlp.hooks import create_manager, hookimpl

#: Plugins with faults, for test_wrong_plugins.py; importing one may fail.
collect_ignore = ["wrong_plugins"]


@pytest.fixture
def manager():
    """A manager of nobody's plugins."""
    return create_manager(builtin=[], installed=False)


@pytest.fixture
def plugin():
    """Makes a plugin of hooks and their answers (a callable is the hook itself)."""

    def make(**answers):
        made = ModuleType("made_for_a_test")
        for hook, answer in answers.items():
            function = answer if callable(answer) else _answering(answer)
            setattr(made, hook, hookimpl(function))
        return made

    return make


def _answering(answer):
    return lambda: answer


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Lays a distribution with entry points and files on the path, as an installer would."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    before = set(sys.modules)

    def lay(distribution: str, entry_points: dict[str, dict[str, str]], files: dict[str, str]) -> Path:
        info = site / f"{distribution.replace('-', '_')}-1.2.3.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2.3\n", "utf-8")
        lines = [
            line
            for group, names in entry_points.items()
            for line in (f"[{group}]", *(f"{name} = {value}" for name, value in names.items()))
        ]
        (info / "entry_points.txt").write_text("\n".join(lines), "utf-8")
        for name, content in files.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        importlib.invalidate_caches()
        return site

    yield lay
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(site)):
            del sys.modules[name]
