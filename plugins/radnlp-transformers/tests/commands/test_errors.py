"""What cannot be trained is said before anything is."""

import json

import pytest

pytest.importorskip("torch")

LEFT = "ggo,atelectasis,fibrosis,bronchiectasis,bronchial_wall_thickening,interstitial_thickening,pleural_thickening"


@pytest.fixture
def labels(tmp_path):
    def write(*rows):
        path = tmp_path / "labels.jsonl"
        path.write_text("".join(json.dumps({"text": text, "keys": keys}) + "\n" for text, keys in rows), "utf-8")
        return path

    return write


@pytest.fixture
def keys(road, cli, tmp_path, capfd):
    def run(path, *more):
        given = ("--schema", "chest_ct", "--encoder", road.encoder, "-o", tmp_path / "out", "--max-length", 64)
        status = cli("train", "keys", path, *given, *more)
        return status, capfd.readouterr().err

    return run


def test_an_empty_training_set(labels, keys):
    assert keys(labels()) == (2, f"radnlp: {labels()}: not one labelled report; radnlp train labels makes such files\n")


def test_a_single_report(labels, keys):
    status, words = keys(labels(("Mass.", ["mass"])))
    assert (status, "1 report to train on: at least two are needed" in words) == (2, True)


def test_labels_for_an_unknown_key(labels, keys):
    status, words = keys(labels(("Mass.", ["tumor"])))
    assert (status, "has no key 'tumor'" in words) == (2, True)


def test_keys_that_are_nowhere_positive_are_named(labels, keys):
    rows = [
        ("Mass.", ["mass"]),
        ("Nodule.", ["nodules"]),
        ("Mass.", ["mass"]),
        ("Nothing.", []),
        ("Nodule.", ["nodules"]),
    ]
    status, words = keys(labels(*rows), "--leave-out", LEFT)
    assert status == 2
    assert "positive in no report to train on: consolidation, pleural_effusion" in words
    assert "--leave-out consolidation,pleural_effusion" in words


def test_a_key_that_is_everywhere_positive_is_named(labels, keys):
    status, words = keys(
        labels(*[("Mass.", ["mass"])] * 5), "--leave-out", f"{LEFT},nodules,consolidation,pleural_effusion"
    )
    assert (status, "positive in every report to train on: mass" in words) == (2, True)


def test_every_key_left_out(labels, keys, road):
    status, words = keys(road.labels, "--leave-out", f"{LEFT},nodules,consolidation,pleural_effusion,mass")
    assert (status, "no key is left to learn" in words) == (2, True)


def test_a_key_to_leave_out_that_there_is_not(road, keys):
    status, words = keys(road.labels, "--leave-out", "tumor")
    assert (status, "--leave-out tumor: the schema 'chest_ct' has the keys" in words) == (2, True)


def test_windows_longer_than_the_encoder_reads(road, keys):
    status, words = keys(road.labels, "--leave-out", LEFT, "--max-length", 512)
    assert (status, "this encoder reads 64 at most; give --max-length 64" in words) == (2, True)


def test_a_finished_folder_is_not_written_over(road, cli, capfd):
    given = ("--schema", "chest_ct", "--encoder", road.encoder, "-o", road.model)
    assert cli("train", "keys", road.labels, *given) == 2
    assert "is there already" in capfd.readouterr().err


def test_no_text_for_a_tokenizer(tmp_path, cli, capfd):
    (tmp_path / "r.txt").write_text(" \n")
    assert cli("train", "tokenizer", tmp_path / "r.txt", "-o", tmp_path / "out") == 2
    assert "not one report with a word in it" in capfd.readouterr().err


def test_a_vocabulary_too_small_for_the_bytes(road, tmp_path, cli, capfd):
    assert cli("train", "tokenizer", road.reports, "--size", 100, "-o", tmp_path / "out") == 2
    assert "at least 261 tokens are needed" in capfd.readouterr().err
