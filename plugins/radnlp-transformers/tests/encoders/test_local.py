"""Encoders from local folders, and the machine."""

import json
import shutil

import pytest

torch = pytest.importorskip("torch")

from radnlp_transformers.encoders.local import load_tokenizer, pretrained_encoder  # noqa: E402
from radnlp_transformers.encoders.machine import (  # noqa: E402
    chosen_device,
    chosen_precision,
    limited,
    multiplies_bfloat16,
)
from safetensors.torch import load_file, save_file  # noqa: E402

from radnlp.api import ConfigError  # noqa: E402


def test_a_folder_without_weights(road, tmp_path):
    folder = shutil.copytree(road.encoder, tmp_path / "encoder")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ConfigError, match=r"no model\.safetensors here"):
        pretrained_encoder(folder)


def test_weights_of_another_shape(road, tmp_path):
    folder = shutil.copytree(road.encoder, tmp_path / "encoder")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "hidden_size": 128}))
    with pytest.raises(ConfigError, match=r"the weights do not belong to config\.json"):
        pretrained_encoder(folder)


def test_weights_that_lack_a_layer_are_refused_and_not_made_up(road, tmp_path, capfd):
    folder = shutil.copytree(road.encoder, tmp_path / "encoder")
    weights = load_file(folder / "model.safetensors")
    kept = {name: weight for name, weight in weights.items() if "layer.1" not in name}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ConfigError, match=r"lacks \d+ weights that config.json asks for, '.*layer\.1"):
        pretrained_encoder(folder)
    assert "newly initialized" not in capfd.readouterr().err


def test_a_folder_without_a_tokenizer(tmp_path):
    with pytest.raises(ConfigError, match="no tokenizer that transformers can read"):
        load_tokenizer(tmp_path)


def test_threads_are_given_back():
    before = torch.get_num_threads()
    with limited(before + 1):
        assert torch.get_num_threads() == before + 1
    assert torch.get_num_threads() == before


def test_auto_takes_what_the_hardware_has():
    cpu = torch.device("cpu")
    assert chosen_precision("auto", cpu) == (torch.bfloat16 if multiplies_bfloat16(cpu) else torch.float32)
    assert chosen_precision("bfloat16", cpu) == torch.bfloat16
    assert chosen_device("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_gpu_that_is_not_there():
    with pytest.raises(ConfigError, match="torch sees no GPU here"):
        chosen_device("cuda")


def test_bfloat16_scores_are_near_those_of_float32(road):
    from radnlp_transformers.keys.head import AttentionHead
    from radnlp_transformers.keys.model import load
    from radnlp_transformers.keys.scorer import Options, Scorer

    texts = [row["text"] for row in road.rows[:10]]
    full, half = (
        Scorer(load(road.model, AttentionHead, kind="keys"), Options(threads=1, precision=precision)).score(texts)
        for precision in ("float32", "bfloat16")
    )
    for one, other in zip(full, half, strict=True):
        assert abs(one.probabilities - other.probabilities).max() < 0.2
        assert ((one.probabilities > 0.5) == (other.probabilities > 0.5)).all()
