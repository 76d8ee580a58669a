"""The wheel holds what an installed radnlp-ja needs: weights, word lists, schema and where the data come from."""

import subprocess
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


def test_the_wheel_brings_weights_words_and_their_licence(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=FOLDER, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (notice,) = [name for name in names if name.endswith("licenses/radnlp_ja/NOTICE")]
        words = archive.read(notice).decode("utf-8")
    assert {
        "radnlp_ja/linear/weights.npz",
        "radnlp_ja/sentence_cues.toml",
        "radnlp_ja/schemas/ja_ct/schema.toml",
        "radnlp_ja/py.typed",
    } <= names
    assert "Kikuchi et al." in words and "creativecommons.org/licenses/by/4.0" in words
    assert not [name for name in names if "tests/" in name]
