"""What stands in a place: command, date, versions, digests, a table for each split, and what was not run and why."""

from dataclasses import replace
from pathlib import Path

import pytest

from radnlp._version import __version__
from radnlp.errors import ConfigError
from radnlp.evaluation.metamorphic import Checked
from radnlp.evaluation.readme import checks_block, result_block
from radnlp.evaluation.systems import Outcome


def block(result):
    return result_block(result, folder="benchmarks", date="2026-11-22")


def test_how_it_was_made_comes_first(result):
    made = block(result).split("\n\n")[0]
    assert made.startswith(f"`radnlp bench benchmarks/e.toml`, 2026-11-22; radnlp {__version__}, schema chest_ct 1.")
    assert made.endswith("4 reports scored, 50 draws, seed 1.")
    assert f"(`{result.digest[:12]}`)" in made


def test_a_table_has_the_headline_of_each_metric_or_what_the_experiment_wants_shown(result):
    table = block(result).split("\n\n")[1].splitlines()
    assert [cell.strip() for cell in table[0].split("|")[1:4]] == ["all, 4 reports", "keys micro_f1", "shin2025 f1"]
    assert table[2].startswith("| cooccurrence ")
    chosen = replace(result, experiment=replace(result.experiment, shown=("status.accuracy", "keys.accuracy")))
    head = block(chosen).split("\n\n")[1].splitlines()[0]
    assert [cell.strip() for cell in head.split("|")[1:-1]] == ["all, 4 reports", "status accuracy", "keys accuracy"]


def test_a_score_that_there_is_not_is_named(result):
    with pytest.raises(
        ConfigError, match="shown: unknown score of the metric 'keys': 'acuracy'; did you mean 'accurac"
    ):
        block(replace(result, experiment=replace(result.experiment, shown=("keys.acuracy",))))


def test_systems_that_lack_the_same_are_told_together_and_no_path_of_this_machine(result):
    first, second = result.outcomes
    theirs = replace(first.system, variables={"MODEL": "/home/me/model"})
    outcomes = tuple(
        Outcome(system=replace(theirs, name=name), reason="/home/me/model: no such folder") for name in ("one", "two")
    )
    experiment = replace(result.experiment, systems=(*(o.system for o in outcomes), second.system))
    words = block(replace(result, experiment=experiment, outcomes=(*outcomes, second)))
    assert words.endswith("Not run:\n\n- one, two: $MODEL: no such folder")


def test_metamorphic_checks_say_what_was_not_run_below_the_table(result):
    name = result.experiment.systems[0].name
    folder = Path(result.experiment.path).parent
    made = {"keys": {"name": "bert", "distribution": "theirs", "version": "2.0", "model": "0123456789abcdef"}}
    words = checks_block(
        result.experiment,
        [Checked(system=name, checks=(), providers=made), Checked(system="rules", reason=f"{folder}/m is not there")],
        result.gold,
        result.digest,
        folder="benchmarks",
        date="2026-11-22",
    )
    assert words.startswith("`radnlp bench metamorphic benchmarks/e.toml`, 2026-11-22; ")
    assert "4 reports changed, seed 1." in words
    assert "Parts beside the core: cooccurrence: bert of theirs 2.0, model `0123456789ab`." in words
    assert "| cooccurrence | no report " in words
    assert words.endswith("- rules: m is not there")
