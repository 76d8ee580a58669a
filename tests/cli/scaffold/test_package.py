"""New plugins as they are written: each hook's alone, and all in one, which passes its own tests."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from radnlp.cli.scaffold import TEMPLATES, PluginNames, hook_of, write_package
from radnlp.errors import ConfigError, UnknownNameError
from radnlp.hooks import Catalogue, create_manager

NAMES = PluginNames.of("radnlp-newly-made")
ROOT = Path(__file__).resolve().parents[3]


def installed(folder, site):
    """Lay down what an installer would, so that the package is found where it is."""
    info = site / "radnlp_newly_made-0.1.0.dist-info"
    info.mkdir(parents=True)
    lines = (folder / "pyproject.toml").read_text("utf-8").splitlines()
    needs = next(line for line in lines if line.startswith("dependencies"))[len('dependencies = ["') : -2]
    metadata = f"Metadata-Version: 2.1\nName: radnlp-newly-made\nVersion: 0.1.0\nRequires-Dist: {needs}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    at = lines.index("[project.entry-points.radnlp]")
    (info / "entry_points.txt").write_text(f"[radnlp]\n{lines[at + 1].replace(chr(34), '')}\n", "utf-8")
    return os.pathsep.join([str(site), str(folder)])


@pytest.mark.parametrize("hook", TEMPLATES)
def test_the_plugin_of_one_hook_is_loaded_and_offers_something(hook, tmp_path, monkeypatch):
    folder = write_package(NAMES, [hook], parent=tmp_path)
    for path in installed(folder, tmp_path / "site").split(os.pathsep):
        monkeypatch.syspath_prepend(path)
    for name in [name for name in sys.modules if name.startswith("radnlp_newly_made")]:
        monkeypatch.delitem(sys.modules, name)
    importlib.invalidate_caches()
    manager = create_manager(builtin=[])
    assert manager.info("radnlp_newly_made").state == "loaded", manager.info("radnlp_newly_made").reason
    offers = getattr(Catalogue(manager), hook)
    assert "radnlp_newly_made" in {offer.plugin for offer in offers.values()}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A package with all hooks, and the environment in which it lies installed."""
    parent = tmp_path_factory.mktemp("everything")
    folder = write_package(NAMES, list(TEMPLATES), parent=parent)
    environment = {**os.environ, "PYTHONPATH": installed(folder, parent / "site"), "OMP_NUM_THREADS": "1"}
    return folder, environment


def test_a_plugin_of_all_hooks_passes_its_own_tests(everything):
    folder, environment = everything
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


@pytest.mark.parametrize(
    "program",
    [
        ["ruff", "check", "--config", str(ROOT / "pyproject.toml"), "."],
        ["ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml"), "."],
        ["mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), "radnlp_newly_made"],
    ],
    ids=["style", "format", "types"],
)
def test_its_code_is_as_clean_as_ours(everything, program):
    folder, _ = everything
    done = subprocess.run([sys.executable, "-m", *program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pip_installs_it_and_radnlp_finds_it(tmp_path):
    folder = write_package(NAMES, ["checks"], parent=tmp_path)
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    offline = ["--no-index", "--no-build-isolation", "--no-deps"]
    program = [sys.executable, "-m", "pip", "install", *quiet, *offline, "--target", str(tmp_path / "site"), "-e", "."]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)
    if "No module named pip" in done.stderr:
        pytest.skip("this environment has no pip")
    assert done.returncode == 0, done.stderr
    code = f"""
import site; site.addsitedir({str(tmp_path / "site")!r})  # reads the .pth of an editable install
from radnlp.hooks import default_catalogue
info = default_catalogue().manager.info("radnlp_newly_made")
print(info.state, info.distribution, info.version, "newly-made" in default_catalogue().checks)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "loaded radnlp-newly-made 0.1.0 True", done.stdout + done.stderr


def test_a_folder_that_is_there_already_is_left_as_it_is(tmp_path):
    write_package(NAMES, ["checks"], parent=tmp_path)
    mine = tmp_path / "radnlp-newly-made" / "README.md"
    mine.write_text("mine", "utf-8")
    with pytest.raises(ConfigError, match="is there already and is left as it is"):
        write_package(NAMES, ["commands"], parent=tmp_path)
    assert mine.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["radnlp-newly-made"]


def test_nothing_is_left_of_what_could_not_be_written(tmp_path, monkeypatch):
    def full(self, *arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ConfigError, match="cannot be written: No space left on device"):
        write_package(NAMES, ["checks"], parent=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["relation_mappers", "radnlp_register_relation_mappers", "relation-mappers"])
def test_a_hook_goes_by_its_short_and_its_whole_name(given):
    assert hook_of(given) == "relation_mappers"


def test_an_unknown_hook_is_answered_with_its_near_name():
    with pytest.raises(UnknownNameError, match="unknown hook 'relation_maper'; did you mean 'relation_mappers'"):
        hook_of("relation_maper")
