"""radnlp bench: the same tables on every run, decisions on request, and what could not be run said."""

import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"

EXPERIMENT = """
title = "Two systems on three reports"
metrics = ["keys", "relations"]
draws = 50
seed = 1
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
name = "baseline"
relations = "cooccurrence"
[[systems]]
name = "rules"
[[systems]]
name = "absent plugin"
relations = "llama9"
"""
REPORTS = {
    "r1": "Nodule in the RUL; consolidation in the LLL.",
    "r2": "No effusion. Nodule in the LUL.",
    "r3": "Consolidation in the RML.",
}
GOLD = {
    "r1": [("nodules", "present", ["rul"]), ("consolidation", "present", ["lll"])],
    "r2": [("nodules", "present", ["lul"]), ("pleural_effusion", "absent", [])],
    "r3": [("consolidation", "present", ["rml"])],
}


@pytest.fixture
def experiment(tmp_path):
    (tmp_path / "e.toml").write_text(EXPERIMENT)
    lines = [json.dumps({"id": report_id, "text": text}) for report_id, text in REPORTS.items()]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines))
    rows = []
    for report_id, findings in GOLD.items():
        found = [
            {"key": key, "status": status, "values": {"located_in": values} if values else {}}
            for key, status, values in findings
        ]
        rows.append(json.dumps({"report_id": report_id, "schema": "chest_ct", "findings": found}))
    (tmp_path / "gold.jsonl").write_text("\n".join(rows))
    return tmp_path / "e.toml"


def test_standard_output_holds_the_quality_tables_and_is_the_same_twice(radnlp, experiment):
    first = radnlp("bench", experiment)
    assert first.status == 0, first.err
    assert first.out == radnlp("bench", experiment).out
    assert "## relations (seen, 2 reports)" in first.out
    assert "## relations: differences (unseen, 1 report)" in first.out
    assert "reports/s" not in first.out
    assert "reports/s" in first.err


def test_a_system_whose_parts_are_missing_is_said_to_be_not_run(radnlp, experiment):
    out = radnlp("bench", experiment).out
    assert "## Not run" in out
    assert "unknown relation mapper 'llama9'" in out


def test_the_folder_holds_every_decision_but_of_the_unseen_split(radnlp, experiment, tmp_path):
    folder = tmp_path / "results"
    assert radnlp("bench", experiment, "--output", folder).status == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "decisions.jsonl",
        "paper.md",
        "paper.tex",
        "results.csv",
        "results.html",
        "results.json",
        "results.md",
    ]
    decisions = [json.loads(line) for line in (folder / "decisions.jsonl").read_text().splitlines()]
    assert [(d["system"], d["report_id"], d["correct"]["relations"]) for d in decisions] == [
        ("baseline", "r1", False),
        ("baseline", "r3", True),
        ("rules", "r1", True),
        ("rules", "r3", True),
    ]
    assert "Consolidation" not in json.dumps(decisions)
    summary = json.loads((folder / "results.json").read_text())
    missing = summary["systems"][2]
    assert (missing["name"], missing["run"], missing["providers"]) == ("absent plugin", False, {})
    assert missing["cost"] is None
    assert "llama9" in missing["reason"]
    assert missing["pipeline"]["relations"] == "llama9"
    assert summary["schema"]["digest"]


def test_with_text_the_decisions_hold_words(radnlp, experiment, tmp_path):
    radnlp("bench", experiment, "--output", tmp_path / "results", "--with-text")
    assert "Nodule" in (tmp_path / "results" / "decisions.jsonl").read_text()


def test_agreement_between_two_annotators(radnlp, experiment):
    gold = experiment.parent / "gold.jsonl"
    done = radnlp("bench", "agreement", gold, gold)
    assert done.status == 0, done.err
    assert "1.000" in done.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.toml"], "nowhere.toml"),
        (["agreement", "one.jsonl"], "two files"),
    ],
)
def test_wrong_use(radnlp, arguments, words):
    done = radnlp("bench", *arguments)
    assert done.status == 2
    assert words in done.err


def test_gold_that_does_not_fit_is_refused_with_file_and_line(radnlp, experiment):
    gold = experiment.parent / "gold.jsonl"
    gold.write_text(gold.read_text().replace('"nodules"', '"nodulez"', 1))
    done = radnlp("bench", experiment)
    assert done.status == 2
    assert "gold.jsonl:1" in done.err
    assert "did you mean 'nodules'" in done.err


def test_the_experiment_of_the_repository_can_be_read():
    from radnlp.evaluation.experiment import read_experiment

    assert [system.name for system in read_experiment(BENCHMARKS / "chest_ct.toml").systems] == [
        "cooccurrence",
        "rules",
    ]


def test_groups_get_tables_of_their_own(radnlp, experiment, tmp_path):
    gold = experiment.parent / "gold.jsonl"
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    for row, hospital in zip(rows, ("A", "A", "B"), strict=True):
        row["meta"] = {"hospital": hospital}
    gold.write_text("\n".join(map(json.dumps, rows)))
    experiment.write_text(EXPERIMENT.replace("[data]\n", '[data]\ngroup_by = "hospital"\n', 1))
    done = radnlp("bench", experiment, "--output", tmp_path / "results")
    assert done.status == 0, done.err
    assert "## keys (seen, 1 report, hospital A)" in done.out
    assert "## keys (seen, 1 report, hospital B)" in done.out
    summary = json.loads((tmp_path / "results" / "results.json").read_text())
    assert [list(split["groups"]) for split in summary["splits"]] == [["A", "B"], ["A"]]


def test_a_prediction_without_gold_is_refused_with_its_line(radnlp, experiment):
    theirs = experiment.parent / "theirs.jsonl"
    gold = (experiment.parent / "gold.jsonl").read_text()
    theirs.write_text(gold + "\n" + gold.splitlines()[0].replace('"r1"', '"r9"') + "\n")
    experiment.write_text(EXPERIMENT + '[[systems]]\nname = "theirs"\npredictions = "theirs.jsonl"\n')
    done = radnlp("bench", experiment)
    assert done.status == 2
    assert "theirs.jsonl:4" in done.err
    theirs.write_text("\n".join(gold.splitlines()[:2]))
    done = radnlp("bench", experiment)
    assert done.status == 2
    assert "r3" in done.err
