"""radnlp bench: the same tables on every run, decisions on request, and what could not be run said."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest

from radnlp.cli.main import main

HEAD = """
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
"""
#: Pipelines are run in processes of their own, which takes seconds: two runs of them serve all tests that need any.
PIPELINES = """
[[systems]]
name = "baseline"
relations = "cooccurrence"
[[systems]]
name = "rules"
[[systems]]
name = "absent plugin"
relations = "llama9"
needs = "the plugin llama9"
[[systems]]
name = "absent model"
keys = "bert"
settings.keys = { model_path = "$NOT_SET_ANYWHERE" }
"""
PREDICTIONS = """
[[systems]]
name = "theirs"
predictions = "theirs.jsonl"
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


def written(folder, systems):
    """The reports, their gold, the same as somebody's predictions, and an experiment."""
    (folder / "e.toml").write_text(HEAD + systems)
    lines = [json.dumps({"id": report_id, "text": text}) for report_id, text in REPORTS.items()]
    (folder / "reports.jsonl").write_text("\n".join(lines))
    rows = []
    for report_id, findings in GOLD.items():
        found = [
            {"key": key, "status": status, "values": {"located_in": values} if values else {}}
            for key, status, values in findings
        ]
        rows.append(json.dumps({"report_id": report_id, "schema": "chest_ct", "findings": found}))
    for name in ("gold.jsonl", "theirs.jsonl"):
        (folder / name).write_text("\n".join(rows))
    return folder / "e.toml"


@pytest.fixture
def experiment(tmp_path):
    """An experiment that runs nothing: its system is a file of predictions, which are right."""
    return written(tmp_path, PREDICTIONS)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two runs of real pipelines, without and with the words of reports: exit status, outputs and folder of results."""
    found = []
    for options in ((), ("--with-text",)):
        folder = tmp_path_factory.mktemp("run")
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            path = written(folder, PIPELINES)
            status = main(["bench", str(path), "--output", str(folder / "results"), *options])
        found.append((status, out.getvalue(), err.getvalue(), folder / "results"))
    return found


def test_standard_output_holds_the_quality_tables_and_is_the_same_twice(runs):
    (status, out, err, _), (_, again, _, _) = runs
    assert status == 0, err
    assert out == again
    assert "## relations (seen, 2 reports)" in out
    assert "## relations: differences (unseen, 1 report)" in out
    assert "reports/s" not in out
    assert "reports/s" in err


def test_a_system_whose_parts_are_missing_is_said_to_be_not_run_and_how_to_get_them(runs):
    out = runs[0][1]
    assert "## Not run" in out
    assert "unknown relation mapper 'llama9'" in out
    assert "Needs the plugin llama9" in out
    assert "the environment variable NOT_SET_ANYWHERE is not set" in out


def test_the_folder_holds_every_decision_but_of_the_unseen_split(runs):
    folder = runs[0][3]
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


def test_with_text_the_decisions_hold_words(runs):
    assert "Nodule" in (runs[1][3] / "decisions.jsonl").read_text()


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


def test_groups_get_tables_of_their_own(radnlp, experiment, tmp_path):
    gold = experiment.parent / "gold.jsonl"
    rows = [json.loads(line) for line in gold.read_text().splitlines()]
    for row, hospital in zip(rows, ("A", "A", "B"), strict=True):
        row["meta"] = {"hospital": hospital}
    gold.write_text("\n".join(map(json.dumps, rows)))
    experiment.write_text((HEAD + PREDICTIONS).replace("[data]\n", '[data]\ngroup_by = "hospital"\n', 1))
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
    done = radnlp("bench", experiment)
    assert done.status == 2
    assert "theirs.jsonl:4" in done.err
    theirs.write_text("\n".join(gold.splitlines()[:2]))
    done = radnlp("bench", experiment)
    assert done.status == 2
    assert "r3" in done.err


README = "# Ours\r\n\nWritten by people.\n\n<!-- bench: e.toml -->\n<!-- /bench -->\n\nThe end.\n"


def test_the_results_of_an_experiment_are_written_into_their_place(radnlp, experiment):
    readme = experiment.parent / "README.md"
    readme.write_bytes(README.encode())
    done = radnlp("bench", experiment, "--readme", readme)
    assert done.status == 0, done.err
    words = readme.read_bytes().decode()
    assert words.startswith("# Ours\r\n\nWritten by people.\n\n<!-- bench: e.toml -->\n\n`radnlp bench ")
    assert words.endswith("\n\n<!-- /bench -->\n\nThe end.\n")
    assert "| theirs " in words


def test_all_experiments_of_a_folder_are_run_and_written_and_what_is_missing_is_said(radnlp, experiment, monkeypatch):
    monkeypatch.delenv("NOT_SET_ANYWHERE", raising=False)
    folder = experiment.parent
    (folder / "real.toml").write_text((HEAD + PREDICTIONS).replace('"gold.jsonl"', '"$NOT_SET_ANYWHERE/gold.jsonl"'))
    readme = folder / "README.md"
    readme.write_text(README + "<!-- bench: real.toml -->\n<!-- /bench -->\n")
    done = radnlp("bench", "all", folder)
    assert done.status == 0, done.err
    assert "| theirs " in done.out
    words = readme.read_text()
    assert "| theirs " in words
    missing = "the environment variable NOT_SET_ANYWHERE is not set; set it to the folder that holds gold.jsonl."
    assert missing in words
    assert missing in done.out
    assert radnlp("bench", "all", folder).status == 0
    assert readme.read_text() == words, "the same data give the same bytes"


def test_a_file_without_places_is_refused_with_what_to_write(radnlp, experiment):
    readme = experiment.parent / "README.md"
    readme.write_text("# Ours\n")
    for arguments in (("all", experiment.parent), (experiment, "--readme", readme)):
        done = radnlp("bench", *arguments)
        assert done.status == 2
        assert "write a line <!-- bench: EXPERIMENT.toml -->" in done.err
    assert readme.read_text() == "# Ours\n"


def test_a_folder_where_nothing_can_be_run_is_wrong_use(radnlp, experiment):
    experiment.write_text(experiment.read_text().replace('"theirs.jsonl"', '"nowhere.jsonl"'))
    (experiment.parent / "README.md").write_text(README)
    done = radnlp("bench", "all", experiment.parent)
    assert done.status == 2
    assert "there are no predictions at nowhere.jsonl" in done.err
