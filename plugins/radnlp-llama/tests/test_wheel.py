"""The wheel holds what an installed radnlp-llama needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def test_the_wheel_brings_prompts_and_words(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=FOLDER, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {str(path.relative_to(FOLDER)) for path in (FOLDER / "radnlp_llama").rglob("*.toml")}
    assert len(data) >= 6
    assert {*data, "radnlp_llama/py.typed"} <= names
    assert not [name for name in names if "tests/" in name or "conftest" in name]
