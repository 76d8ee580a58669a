"""The program as a whole: help, exit status, faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from radnlp.api import Command, PluginError, hookimpl
from radnlp.cli.main import build_parser
from radnlp.hooks import Catalogue, create_manager, default_catalogue


@pytest.mark.parametrize("command", sorted(default_catalogue().commands))
def test_every_help_page_has_an_example(radnlp, command):
    done = radnlp(command, "--help")
    assert done.status == 0
    assert "example" in done.out
    assert f"radnlp {command}" in done.out


def test_an_unknown_command(radnlp):
    done = radnlp("extrakt")
    assert done.status == 2
    assert "extract" in done.err


def test_a_command_that_cannot_be_built_takes_no_other_with_it():
    def broken(parser):
        import a_module_that_is_not_there  # noqa: F401

    class Plugin:
        @hookimpl
        def radnlp_register_commands(self):
            return [Command(name="count", summary="count reports", add_arguments=broken, run=print)]

    manager = create_manager(installed=False)
    manager.add(Plugin(), "their_plugin")
    parser = build_parser(Catalogue(manager))
    assert parser.parse_args(["plugins"]).run
    parsed = parser.parse_args(["count", "reports.csv", "--by", "year"])
    with pytest.raises(PluginError, match="'count' of the plugin 'their_plugin' cannot be used: ModuleNotFoundError"):
        parsed.run(parsed, None)


def test_python_dash_m_is_the_same_program():
    done = subprocess.run([sys.executable, "-m", "radnlp", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("radnlp 0.")


def test_a_fault_of_ours_says_where_and_shows_no_words_of_a_report(radnlp, monkeypatch):
    def broken(catalogue):
        parser = build_parser(catalogue)
        parser.set_defaults(run=None)
        raise ValueError("Patient has a ZEBRA nodule")

    monkeypatch.setattr("radnlp.cli.main.build_parser", broken)
    done = radnlp("plugins")
    assert done.status == 2
    assert "ValueError at test_main.py" in done.err
    assert "ZEBRA" not in done.err


@pytest.mark.parametrize("command", sorted(default_catalogue().commands))
def test_the_first_example_of_every_help_page_runs_as_it_stands(radnlp, command, tmp_path, monkeypatch):
    """With what the page runs before it, in a folder where the benchmarks are."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "benchmarks").symlink_to(Path(__file__).resolve().parents[2] / "benchmarks")
    page = radnlp(command, "--help").out
    for line in [line for line in page.splitlines() if line.startswith("  radnlp ")]:
        done = radnlp(*line.split()[1:])
        assert done.status == 0, done.err
        if line.startswith(f"  radnlp {command}"):
            break
    assert done.out or [path for path in tmp_path.iterdir() if path.name != "benchmarks"]
