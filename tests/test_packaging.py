"""The wheel holds what an installed radnlp needs, and nothing of the repository beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_wheel_works_without_the_checkout(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert {name.split("/")[0] for name in names} == {"radnlp", wheel.name.rsplit("-", 3)[0] + ".dist-info"}
    assert "radnlp/_schemas/chest_ct/schema.toml" in names
    assert "radnlp/py.typed" in names
    code = """
import radnlp, radnlp.schema.shipped as shipped
print(shipped.shipped_folder())
print(radnlp.extract("No effusion.", schema="chest_ct").findings[0].status)
"""
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    folder, status = done.stdout.split()
    assert Path(folder) == tmp_path / "site" / "radnlp" / "_schemas"
    assert status == "absent"
