"""Every part of `radnlp train` explains itself, with an example."""

import re
import shlex
from pathlib import Path

import pytest

pytest.importorskip("torch")

from radnlp_transformers.commands.train import PARTS

from radnlp.hooks import default_catalogue
from radnlp.testing import check_command

ROOT = Path(__file__).resolve().parents[4]


def test_the_contract_is_kept():
    check_command(default_catalogue().commands["train"].item)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_shows_an_example(part, cli, capfd):
    with pytest.raises(SystemExit) as left:
        cli("train", part, "--help")
    assert left.value.code == 0
    assert re.search(rf"example:\n  radnlp train {part} ", capfd.readouterr().out)


@pytest.mark.parametrize("part", ["labels", "tokenizer", "config"])
def test_examples_on_the_samples_run_as_they_stand(part, cli, capfd, tmp_path, monkeypatch):
    with pytest.raises(SystemExit):
        cli("train", part, "--help")
    (line,) = re.findall(rf"^  radnlp (train {part} .*)$", capfd.readouterr().out, re.MULTILINE)
    (tmp_path / "benchmarks").symlink_to(ROOT / "benchmarks")
    monkeypatch.chdir(tmp_path)
    assert cli(*shlex.split(line)) == 0


def test_the_configuration_names_the_keys_of_the_schema(cli, capfd):
    assert cli("train", "config", "--schema", "chest_ct", "--leave-out", "ggo,mass") == 0
    written = capfd.readouterr().out
    schema = default_catalogue().vocabulary("chest_ct")
    assert f'schema_version = "{schema.version}"' in written
    assert '"nodules"' in written
    assert '"mass"' not in written


def test_labels_give_up_before_a_schema_that_there_is_not(cli, capfd):
    assert cli("train", "labels", ROOT / "benchmarks" / "samples", "--schema", "chest_cd") == 2
    assert "did you mean 'chest_ct'" in capfd.readouterr().err
