"""A report that any split keeps for aggregates is never shown, in whatever other split it is."""

import json
from dataclasses import replace
from pathlib import Path

from radnlp.evaluation.experiment import Data, Experiment, Split
from radnlp.evaluation.openness import may_be_shown
from radnlp.evaluation.output import write_results

OPEN = Split(name="open")
CLOSED = Split(name="closed", modulo=2, remainders=(0,), aggregates_only=True)
DATA = Data(path=Path("gold.jsonl"), reader="findings", schema="chest_ct", splits=(OPEN, CLOSED))
EXPERIMENT = Experiment(title="", path=Path("e.toml"), data=DATA, systems=(), metrics=())


def test_of_two_splits_the_closed_one_wins():
    assert [may_be_shown(EXPERIMENT, report) for report in ("r1", "r2", "r3")] == [True, False, True]
    only_open = replace(EXPERIMENT, data=replace(DATA, splits=(OPEN,)))
    assert may_be_shown(only_open, "r2")


def test_decisions_hold_open_reports_alone(experiment, tmp_path):
    rows = {"r1": ("A mass.", []), "r2": ("A mass.", [])}
    closed = "[data.splits.all]\n[data.splits.closed]\nmodulo = 2\nremainders = [0]\naggregates_only = true"
    write_results(experiment(rows, splits=closed), tmp_path / "out", with_text=True)
    decisions = (tmp_path / "out" / "decisions.jsonl").read_text().splitlines()
    assert [json.loads(line)["report_id"] for line in decisions] == ["r1", "r1"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "decisions.jsonl",
        "paper.md",
        "paper.tex",
        "results.csv",
        "results.html",
        "results.json",
        "results.md",
    ]
