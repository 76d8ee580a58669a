"""The ready experiments: each can be read on a fresh clone, says what it needs, and has its place in the README."""

from pathlib import Path

import pytest

from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.gold import read_gold
from radnlp.evaluation.readme import blocks_of
from radnlp.hooks import default_catalogue

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
NAMES = sorted(path.name for path in BENCHMARKS.glob("*.toml"))
#: Providers that every set-up has.
OURS = {"rules", "cooccurrence", "linear", None}


@pytest.fixture
def fresh(monkeypatch):
    """Nothing but the clone: no data, no models."""
    for variable in ("RADNLP_DATA", "RADNLP_GGUF", "RADNLP_CAUSAL_JA_CT"):
        monkeypatch.delenv(variable, raising=False)
    for schema in ("CHEST_CT", "BRAIN_MRI", "CHEST_XRAY", "JA_CT", "KEYS_JA_CT"):
        monkeypatch.delenv(f"RADNLP_BERT_{schema}", raising=False)
    return lambda name: read_experiment(BENCHMARKS / name)


@pytest.mark.parametrize("name", NAMES)
def test_a_system_that_not_everybody_has_says_what_it_needs(fresh, name):
    for system in fresh(name).systems:
        spec = system.spec
        if spec is None:
            assert system.needs, system.name
        elif not {spec.keys, spec.relations, spec.sentence_classes} <= OURS:
            assert system.needs, system.name
            assert "is not set" in system.lacks, "without a model it is not even tried"


@pytest.mark.parametrize("name", NAMES)
def test_the_gold_is_there_or_the_missing_data_are_told_in_a_sentence(fresh, name):
    experiment = fresh(name)
    if experiment.data.lacks:
        assert experiment.data.lacks.startswith("the environment variable RADNLP_DATA is not set; set it to the folder")
        return
    data = experiment.data
    schema = default_catalogue().vocabulary(data.schema)
    gold = read_gold(data.reader, data.path, schema=schema, options=data.options)
    for split in experiment.data.splits:
        assert gold.part(split.holds).gold, split.name


def test_every_experiment_has_its_place_in_the_readme_and_every_place_its_experiment():
    blocks = blocks_of(BENCHMARKS / "README.md")
    assert sorted(block.name for block in blocks if not block.metamorphic) == NAMES
    assert {block.name for block in blocks} <= set(NAMES)
