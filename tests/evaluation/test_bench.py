"""Only reports that a split holds are run; predictions are of all."""

import json

from radnlp.evaluation import bench
from radnlp.evaluation.bench import run_experiment
from radnlp.evaluation.experiment import read_experiment
from radnlp.evaluation.systems import Outcome
from radnlp.hooks import default_catalogue
from radnlp.records import Extraction

FIFTH = """
title = "A fifth"
metrics = ["keys"]
draws = 10
[data]
path = "gold.jsonl"
schema = "chest_ct"
[data.splits.fifth]
modulo = 5
remainders = [0]
[[systems]]
name = "ours"
[[systems]]
name = "theirs"
predictions = "gold.jsonl"
"""


def test_a_pipeline_is_asked_about_the_reports_of_a_split_alone(tmp_path, monkeypatch):
    ids = [f"r{number}" for number in range(1, 11)]
    (tmp_path / "reports.jsonl").write_text("\n".join(json.dumps({"id": name, "text": "Clear."}) for name in ids))
    gold = [{"report_id": name, "schema": "chest_ct", "findings": []} for name in ids]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)))
    (tmp_path / "e.toml").write_text(FIFTH)
    asked, run = {}, bench.run_system

    def instead(system, reports):
        asked[system.name] = [report.id for report in reports]
        if system.predictions is not None:
            return run(system, reports)
        said = tuple(Extraction(report_id=report.id, schema="chest_ct", schema_version="") for report in reports)
        return Outcome(system=system, predictions=said)

    monkeypatch.setattr(bench, "run_system", instead)
    result = run_experiment(read_experiment(tmp_path / "e.toml"), default_catalogue(), say=lambda words: None)
    assert asked["ours"] == ["r5", "r10"]
    (part,) = result.splits
    assert {name: [gold.report_id for gold, _ in pairs] for name, pairs in part.pairs.items()} == {
        "ours": ["r5", "r10"],
        "theirs": ["r5", "r10"],
    }
    assert len(result.gold.gold) == 10
