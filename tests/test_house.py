"""The house rules that a program can hold: layers, types, style, and no module that has grown too large."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="style"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
        pytest.param(["importlinter.cli", "lint-imports"], id="layers"),
    ],
)
def test_holds(command):
    program = ["-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"]
    arguments = program if command[0].startswith("importlinter") else ["-m", *command]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_longer_than_400_lines():
    modules = [path for folder in ("radnlp", "plugins") for path in (ROOT / folder).rglob("*.py")]
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules}
    assert lengths
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_top_level_is_what_the_architecture_says():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = {name.split("/")[0] for name in tracked.splitlines() if not name.startswith(".")}
    assert "radnlp" in names, "this test needs a git checkout"
    assert names <= {"pyproject.toml", "radnlp", "plugins", "schemas", "tests", "benchmarks", "README.md", "LICENSE"}
