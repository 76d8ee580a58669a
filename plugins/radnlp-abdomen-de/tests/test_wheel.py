"""The wheel holds data and no code."""

import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def test_the_wheel_holds_toml_and_an_empty_module(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=FOLDER, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        assert [name for name in names if not name.endswith(".toml")] == ["radnlp_abdomen_de/__init__.py"]
        assert archive.read("radnlp_abdomen_de/__init__.py") == b""
    assert "radnlp_abdomen_de/abdomen_us_de/schema.toml" in names
    assert "radnlp_abdomen_de/lexicons/cues.de.toml" in names
    assert "radnlp_abdomen_de/prompts/located_in.toml" in names
