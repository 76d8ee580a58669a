"""Systems asked about reports and about what they were changed into."""

import json

import pytest

from radnlp.cli.main import main
from radnlp.errors import ConfigError
from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.metamorphic import check_systems
from radnlp.hooks import default_catalogue

EXPERIMENT = """\
title = "Two reports"
metrics = ["keys"]
[data]
path = "gold.jsonl"
schema = "chest_ct"
[data.options]
reports = "reports.jsonl"
[data.splits.seen]
modulo = 2
remainders = [1]
[data.splits.unseen]
modulo = 2
remainders = [0]
aggregates_only = true
[[systems]]
name = "rules"
[[systems]]
name = "somebody's"
predictions = "predictions.jsonl"
"""


@pytest.fixture
def experiment(tmp_path):
    texts = {"r1": "Findings: No pleural effusion. Nodule in the RUL.", "r2": "Mass in the right lung. No effusion."}
    write(tmp_path, texts)
    (tmp_path / "experiment.toml").write_text(EXPERIMENT)
    return tmp_path / "experiment.toml"


def write(folder, texts):
    reports = ({"id": name, "text": text} for name, text in texts.items())
    gold = ({"report_id": name, "schema": "chest_ct", "findings": []} for name in texts)
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in reports))
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in gold))


def test_each_change_of_each_report_is_a_check(experiment):
    rules, file = check_systems(read_experiment(experiment), default_catalogue(), say=lambda words: None)
    assert {(check.report_id, check.change) for check in rules.checks} >= {
        ("r1", "negation flipped"),
        ("r1", "synonym swapped"),
        ("r2", "side swapped"),
    }
    assert not any(check.differences for check in rules.checks if check.change in ("side swapped", "negation flipped"))
    assert (file.checks, file.reason) == (None, "a file of predictions cannot be asked about changed reports")


def test_on_the_command_line_unseen_reports_are_counted_and_not_shown(experiment, tmp_path, capsys):
    assert main(["bench", "metamorphic", str(experiment), "--output", str(tmp_path / "out"), "--with-text"]) == 0
    shown = capsys.readouterr().out
    assert "| rules " in shown
    assert "not run: a file of predictions" in shown
    rows = [json.loads(line) for line in (tmp_path / "out" / "metamorphic.jsonl").read_text().splitlines()]
    assert {row["report_id"] for row in rows} == {"r1"}
    assert all("text" in row for row in rows)
    assert (tmp_path / "out" / "metamorphic.csv").read_text().startswith("table,row,column,value\n")


def test_reports_that_cannot_be_changed_are_an_error(experiment):
    write(experiment.parent, {"r1": "4"})
    with pytest.raises(ConfigError, match="none of the 1 reports can be changed"):
        check_systems(read_experiment(experiment), default_catalogue(), say=lambda words: None)


def test_the_command_needs_one_experiment(capsys):
    assert main(["bench", "metamorphic"]) == 2
    assert "metamorphic needs one experiment" in capsys.readouterr().err
