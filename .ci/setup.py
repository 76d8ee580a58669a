"""Makes .venv: `python3 .ci/setup.py` for use, `python3 .ci/setup.py test` for the tests as well, `python3 .ci/setup.py
models` for the plugins that need torch, and their tests, besides.

Standard library only. A second run with nothing changed does nothing.
"""

import hashlib
import os
import platform
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
#: The plugin that belongs to the main job; the others come with the tests.
MAIN_PLUGINS = ("radnlp-ja",)
#: Plugins with the extras that their tests need, and that torch has to be there for.
MODEL_PLUGINS = {"radnlp-transformers": "[spacy,causal]"}
#: The build for CPUs: a plain "torch" brings CUDA along, several gigabytes. RADNLP_TORCH=torch asks for that.
TORCH = os.environ.get("RADNLP_TORCH", "torch==2.13.0" if sys.platform == "darwin" else "torch==2.13.0+cpu")
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"radnlp needs Python 3.11 to 3.13; this is {platform.python_version()}. Try: python3.12 .ci/setup.py")
        return 2
    if sys.argv[1:] not in ([], ["test"], ["models"]):
        print("usage: python3 .ci/setup.py [test|models]")
        return 2
    mode = sys.argv[1] if sys.argv[1:] else "use"
    plugins = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
    if mode == "use":
        plugins = [path for path in plugins if path.name in MAIN_PLUGINS]
    chosen = [path for path in plugins if mode == "models" or path.name not in MODEL_PLUGINS]
    stamp = VENV / {"use": "radnlp.stamp", "test": "radnlp-test.stamp", "models": "radnlp-models.stamp"}[mode]
    state = digest([ROOT / "pyproject.toml", *(path / "pyproject.toml" for path in chosen), Path(__file__)])
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state:
        return 0
    started = time.monotonic()
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    say(
        "installing "
        + ", ".join(["radnlp-core", *(path.name for path in chosen)])
        + ("" if mode == "use" else " and the test tools")
    )
    if mode == "models" and install(TORCH, quiet=True) and install(TORCH, "--extra-index-url", TORCH_INDEX):
        return failed()
    targets = ["-e", f"{ROOT}[{'bench,timeline' if mode == 'use' else 'test'}]"]
    for path in chosen:
        targets += ["-e", str(path) + MODEL_PLUGINS.get(path.name, "")]
    if install(*targets):
        return failed()
    stamp.write_text(state)
    say(f"ready after {time.monotonic() - started:.0f} s")
    return 0


def install(*targets: str, quiet: bool = False) -> int:
    """Pip's exit status; ``quiet`` for what may fail."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-q", *targets]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL if quiet else None).returncode


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
