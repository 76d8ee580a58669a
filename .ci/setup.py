"""Makes .venv: `python3 .ci/setup.py` for use, `python3 .ci/setup.py test` for the tests as well.

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


def main() -> int:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"radnlp needs Python 3.11 to 3.13; this is {platform.python_version()}. Try: python3.12 .ci/setup.py")
        return 2
    testing = sys.argv[1:] == ["test"]
    if sys.argv[1:] and not testing:
        print("usage: python3 .ci/setup.py [test]")
        return 2
    plugins = sorted(path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml"))
    chosen = [path for path in plugins if testing or path.name in MAIN_PLUGINS]
    stamp = VENV / ("radnlp-test.stamp" if testing else "radnlp.stamp")
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
        + (" and the test tools" if testing else "")
    )
    targets = ["-e", f"{ROOT}[{'test' if testing else 'bench,timeline'}]"]
    for path in chosen:
        targets += ["-e", str(path)]
    done = subprocess.run([PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-q", *targets], check=False)
    if done.returncode:
        print("radnlp: the installation failed; pip's words stand above", file=sys.stderr)
        return done.returncode
    stamp.write_text(state)
    say(f"ready after {time.monotonic() - started:.0f} s")
    return 0


def digest(files: list[Path]) -> str:
    """Changes when what has to be installed changes."""
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def say(words: str) -> None:
    print(f"radnlp: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
