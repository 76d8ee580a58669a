"""Installed as a stranger's plugin is: its wheel in a folder of its own, found by its entry point in a new process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with nothing but the plugin, put there by pip, without a network."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "-q"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", folder, FOLDER], check=True)
    return folder


def test_the_wheel_holds_the_one_file(site):
    names = {path.name for path in site.iterdir()} - {"__pycache__"}
    assert names == {"radnlp_example.py", "radnlp_example-0.1.0.dist-info"}


def test_the_program_finds_it(site, tmp_path):
    (tmp_path / "report.txt").write_text("Nodule in the RUL.", "utf-8")
    command = ["-m", "radnlp", "extract", "report.txt", "--schema", "chest_ct", "--relations", "nearest"]
    environment = {**os.environ, "PYTHONPATH": str(site)}  # before everything else that is installed
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (relation,) = json.loads(done.stdout)["relations"]
    assert (relation["value"], relation["source"]) == ("rul", "nearest")
