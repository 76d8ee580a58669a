"""The wheel holds what an installed radnlp-transformers needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def test_the_wheel_brings_the_configuration_for_spacy(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=FOLDER, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"radnlp_transformers/spacy_pipe/keys.cfg", "radnlp_transformers/py.typed"} <= names
    assert not [name for name in names if "tests/" in name or "conftest" in name]
