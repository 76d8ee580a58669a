"""What a model folder may not be: each refused in one sentence that names the file."""

import json
import shutil

import pytest

pytest.importorskip("torch")

from radnlp.api import ConfigError
from radnlp.hooks import default_catalogue


@pytest.fixture
def folder(road, tmp_path):
    return shutil.copytree(road.model, tmp_path / "model")


@pytest.fixture(scope="module")
def schemas():
    return {name: default_catalogue().vocabulary(name) for name in ("chest_ct", "chest_xray")}


@pytest.fixture
def load(schemas):
    offered = default_catalogue().entity_key_classifier("bert").item

    def load(folder, schema="chest_ct"):
        return offered.factory(schemas[schema], None, {**offered.settings, "model_path": str(folder)})

    return load


@pytest.mark.parametrize("name", ["pytorch_model.bin", "training_args.bin", "model.pt", "optimizer.pth", "x.pkl"])
def test_a_pickle_is_refused_by_name(load, folder, name):
    (folder / name).write_bytes(b"\x80\x04.")
    with pytest.raises(ConfigError, match=rf"{name}: a pickle can run code"):
        load(folder)


def test_code_is_refused(load, folder):
    (folder / "modeling_mine.py").write_text("print('ran')")
    with pytest.raises(ConfigError, match=r"modeling_mine\.py: a model folder holds no code"):
        load(folder)


def test_a_configuration_that_brings_code_is_refused(load, folder):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "auto_map": {"AutoModel": "mine.Model"}}))
    with pytest.raises(ConfigError, match="brings its own code"):
        load(folder)


@pytest.mark.parametrize("left", [0, 4, 100, -1])
def test_truncated_weights_are_noticed(load, folder, left):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ConfigError, match=r"model\.safetensors: (no safetensors file|\d+ bytes where its header)"):
        load(folder)


def test_bytes_added_to_the_weights_are_noticed(load, folder):
    with (folder / "model.safetensors").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ConfigError, match="was cut off or added to"):
        load(folder)


def test_missing_weights_are_named(load, folder):
    (folder / "model.safetensors").unlink()
    with pytest.raises(ConfigError, match="there are no weights"):
        load(folder)


def test_a_changed_file_does_not_match_the_card(load, folder):
    path = folder / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="not those that its card was written for"):
        load(folder)


def test_another_schema_is_refused(load, folder):
    with pytest.raises(ConfigError, match=r"a model for the schema chest_ct .*; this is chest_xray"):
        load(folder, "chest_xray")


def test_another_version_of_the_schema_is_refused(load, folder):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, "schema_version": "0.9.0"}))
    with pytest.raises(ConfigError, match=r"schema chest_ct 0\.9\.0; this is chest_ct"):
        load(folder)


def test_a_card_of_another_version_is_refused(load, folder):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, "version": 2}))
    with pytest.raises(ConfigError, match="a card of version 2"):
        load(folder)


def test_a_folder_without_a_card_is_no_model(load, road):
    with pytest.raises(ConfigError, match=r"no card\.json here"):
        load(road.encoder)


def test_a_folder_that_is_not_there(load, tmp_path):
    with pytest.raises(ConfigError, match="there is no such model folder"):
        load(tmp_path / "none")


def test_an_encoder_that_is_only_a_pickle_is_refused_by_name(road, tmp_path):
    from radnlp_transformers.encoders.local import pretrained_encoder

    encoder = shutil.copytree(road.encoder, tmp_path / "encoder")
    (encoder / "model.safetensors").rename(encoder / "pytorch_model.bin")
    with pytest.raises(ConfigError, match=r"pytorch_model\.bin: a pickle can run code"):
        pretrained_encoder(encoder)
