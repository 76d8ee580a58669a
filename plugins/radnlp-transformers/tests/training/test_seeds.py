"""Two trainings with a seed give the same losses on one CPU thread, from the command line."""

import json

import pytest

pytest.importorskip("torch")

LEFT = "ggo,atelectasis,fibrosis,bronchiectasis,bronchial_wall_thickening,interstitial_thickening,pleural_thickening"


@pytest.fixture
def losses(road, tmp_path, cli):
    def run(name, *, seed, more=()):
        folder = tmp_path / name
        given = ("--schema", "chest_ct", "--encoder", road.encoder, "-o", folder, "--max-length", 64)
        options = ("--leave-out", LEFT, "--epochs", 2, "--learning-rate", 1e-3, "--device", "cpu", "--threads", 1)
        assert cli("train", "keys", road.labels, *given, *options, "--seed", seed, *more) == 0
        return json.loads((folder / "card.json").read_text("utf-8"))

    return run


def test_keys(losses):
    first, second, other = losses("a", seed=5), losses("b", seed=5), losses("c", seed=6)
    assert first["training"]["losses"] == second["training"]["losses"] != other["training"]["losses"]
    assert first["digest"] == second["digest"]  # the same bytes, weights and all


def test_bfloat16_trains_too(losses):
    assert losses("d", seed=5, more=("--bfloat16",))["training"]["bfloat16"] is True


def test_pretraining_is_resumed_to_the_same_losses(road, tmp_path, cli, monkeypatch):
    from radnlp.cli.host import Host

    common = ("--size", "tiny", "--max-length", 64, "--epochs", 3, "--device", "cpu", "--threads", 1)

    def run(name, *more):
        return cli(
            "train", "pretrain", road.reports, "--tokenizer", road.tokenizer, *common, "-o", tmp_path / name, *more
        )

    def told(name):
        return json.loads((tmp_path / name / "pretraining.json").read_text("utf-8"))["epochs"]

    assert run("whole") == 0
    kept = Host.progress

    def stops(self, items, *, label, total=None):
        if label == "epoch 2/3":
            raise KeyboardInterrupt
        return kept(self, items, label=label, total=total)

    monkeypatch.setattr(Host, "progress", stops)
    assert run("stopped") == 130
    assert not (tmp_path / "stopped").exists()
    monkeypatch.setattr(Host, "progress", kept)
    assert run("stopped", "--resume") == 0
    assert told("stopped") == told("whole")
    assert not list(tmp_path.glob(".*checkpoint"))
