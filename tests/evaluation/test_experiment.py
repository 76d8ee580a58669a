"""Experiment files: what they may say, and what is told when they say something else."""

import pytest

from radnlp.errors import ConfigError, UnknownNameError
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.experiment import Split, read_experiment
from radnlp.hooks import default_catalogue

GOOD = """
title = "Rules"
metrics = ["keys"]
[data]
path = "gold.jsonl"
schema = "chest_ct"
[data.splits.development]
modulo = 2
remainders = [1]
[[systems]]
name = "rules"
[systems.settings.status]
engine = "medspacy"
[[systems]]
name = "theirs"
predictions = "theirs.jsonl"
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "experiment.toml"
        path.write_text(text)
        return path

    return write


def test_a_whole_file(written, tmp_path):
    experiment = read_experiment(written(GOOD))
    assert experiment.data.path == tmp_path / "gold.jsonl"
    assert experiment.data.splits == (Split(name="development", modulo=2, remainders=(1,)),)
    rules, theirs = experiment.systems
    assert rules.spec.schema == "chest_ct"
    assert rules.spec.settings == {"status": {"engine": "medspacy"}}
    assert theirs.predictions == tmp_path / "theirs.jsonl"
    assert (experiment.draws, experiment.seed) == (1000, 0)


def test_without_splits_there_is_one_of_all_reports(written):
    text = GOOD.replace("[data.splits.development]\nmodulo = 2\nremainders = [1]\n", "")
    (split,) = read_experiment(written(text)).data.splits
    assert split.holds("no number at all")


@pytest.mark.parametrize(("report_id", "held"), [("ct001", True), ("ct002", False), ("7", True), ("2024-12/3", True)])
def test_a_split_goes_by_the_last_number_of_the_id(report_id, held):
    assert Split(name="odd", modulo=2, remainders=(1,)).holds(report_id) is held


def test_an_id_without_a_number_cannot_be_split():
    with pytest.raises(ConfigError, match="'abc' has no number"):
        Split(name="odd", modulo=2, remainders=(1,)).holds("abc")


def test_a_path_may_begin_with_an_environment_variable(written, monkeypatch, tmp_path):
    text = GOOD.replace('"gold.jsonl"', '"$SOMEWHERE/dev.csv"')
    monkeypatch.setenv("SOMEWHERE", str(tmp_path / "data"))
    assert read_experiment(written(text)).data.path == tmp_path / "data" / "dev.csv"
    monkeypatch.delenv("SOMEWHERE")
    experiment = read_experiment(written(text))
    with pytest.raises(ConfigError, match="SOMEWHERE is not set; set it to the folder that holds dev"):
        run_experiment(experiment, default_catalogue(), say=lambda words: None)


def test_a_setting_may_be_an_environment_variable_and_one_that_is_not_set_stops_its_system_alone(written, monkeypatch):
    text = GOOD.replace('engine = "medspacy"', 'engine = "$ENGINE"\nother = "$MODELS/small"')
    monkeypatch.setenv("ENGINE", "native")
    monkeypatch.setenv("MODELS", "/models")
    rules, theirs = read_experiment(written(text)).systems
    assert rules.spec.settings == {"status": {"engine": "native", "other": "/models/small"}}
    assert rules.variables == {"ENGINE": "native", "MODELS": "/models"}
    assert (rules.lacks, theirs.lacks) == ("", "")
    monkeypatch.delenv("MODELS")
    rules, theirs = read_experiment(written(text)).systems
    assert rules.lacks == "the environment variable MODELS is not set; set it to the folder that holds small"
    assert theirs.lacks == ""


@pytest.mark.parametrize(
    ("old", "new", "error", "words"),
    [
        ("metrics =", "metric =", UnknownNameError, "did you mean 'metrics'"),
        ('title = "Rules"', "title = 3", ConfigError, "title = 3: must be of the kind str"),
        ('path = "gold.jsonl"', "", ConfigError, "[data] path is missing"),
        ("modulo = 2", "modulus = 2", UnknownNameError, "[data.splits.development]"),
        ('name = "theirs"', 'name = "rules"', ConfigError, "a name of its own"),
        ('metrics = ["keys"]', "metrics = [1]", ConfigError, "must be a list of strings"),
        ('name = "rules"', 'name = "rules"\nrelation = "x"', UnknownNameError, "did you mean 'relations'"),
        ("[data]", "[data", ConfigError, "experiment.toml"),
    ],
)
def test_what_cannot_be_is_named_with_its_place(written, old, new, error, words):
    with pytest.raises(error) as caught:
        read_experiment(written(GOOD.replace(old, new, 1)))
    assert words in str(caught.value)
