"""Makes .venv: `python3 .ci/setup.py` for use, `python3 .ci/setup.py test` with every plugin and the test tools.

Standard library only. A second run with nothing changed does nothing.
"""

import hashlib
import os
import platform
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
#: The plugin that belongs to the main job; the others come with the tests.
MAIN_PLUGINS = ("radnlp-ja",)
#: What else the tests of a plugin need.
EXTRAS = {"radnlp-transformers": "[spacy,causal]", "radnlp-llama": "[test]", "radnlp-ray": "[ray]"}
#: The build for CPUs: a plain "torch" brings CUDA along, several gigabytes. RADNLP_TORCH=torch asks for that.
TORCH = os.environ.get("RADNLP_TORCH", "torch==2.13.0" if sys.platform == "darwin" else "torch==2.13.0+cpu")
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
#: There is no wheel of it on the package index. pip keeps what it compiled for the next environment.
COMPILED = "llama-cpp-python"
#: Unless the user asks for other flags (a GPU): without the part that reads pictures, which takes a third of the time.
os.environ.setdefault("CMAKE_ARGS", "-DLLAVA_BUILD=OFF")


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"radnlp needs Python 3.11 to 3.13; this is {platform.python_version()}. Try: python3.12 .ci/setup.py")
        return 2
    if sys.argv[1:] not in ([], ["test"]):
        print("usage: python3 .ci/setup.py [test]")
        return 2
    testing = sys.argv[1:] == ["test"]
    chosen = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
    if not testing:
        chosen = [path for path in chosen if path.name in MAIN_PLUGINS]
    stamp = VENV / ("radnlp-test.stamp" if testing else "radnlp.stamp")
    state = digest([ROOT / "pyproject.toml", *(path / "pyproject.toml" for path in chosen), Path(__file__)])
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state:
        return 0
    started = time.monotonic()
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    if testing:
        say(f"installing {TORCH}")
        if install(TORCH, quiet=True) and install(TORCH, "--extra-index-url", TORCH_INDEX):
            return failed()
        say(f"installing {COMPILED}: the first time it is compiled, which takes 4 to 8 minutes on two cores")
        if install(requirement(COMPILED)):
            return failed()
    say("installing " + ", ".join(["radnlp-core", *(path.name for path in chosen)]))
    targets = ["-e", f"{ROOT}[{'test' if testing else 'bench,timeline'}]"]
    for path in chosen:
        targets += ["-e", str(path) + (EXTRAS.get(path.name, "") if testing else "")]
    if install(*targets):
        return failed()
    stamp.write_text(state)
    say(f"ready after {time.monotonic() - started:.0f} s")
    return 0


def install(*targets: str, quiet: bool = False) -> int:
    """Pip's exit status; ``quiet`` for what may fail. What takes long says every minute that it goes on."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-q", *targets]
    started = time.monotonic()
    with subprocess.Popen(command, stderr=subprocess.DEVNULL if quiet else None) as pip:
        while True:
            try:
                return pip.wait(timeout=60)
            except subprocess.TimeoutExpired:
                say(f"still at it after {(time.monotonic() - started) / 60:.0f} min")


def requirement(name: str) -> str:
    """A dependency with its versions, as a plugin asks for it."""
    found = (
        wanted
        for path in (ROOT / "plugins").glob("*/pyproject.toml")
        for wanted in tomllib.loads(path.read_text("utf-8"))["project"]["dependencies"]
    )
    return next(wanted for wanted in found if wanted.startswith(name))


def failed() -> int:
    print("radnlp: the installation failed; pip's words stand above", file=sys.stderr)
    return 1


def digest(files: list[Path]) -> str:
    """Changes when what has to be installed changes."""
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def say(words: str) -> None:
    print(f"radnlp: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
