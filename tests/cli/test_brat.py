"""radnlp brat: findings to annotate, annotations as gold that the benchmark reads."""

import json

import pytest

from radnlp.evaluation.gold import read_gold
from radnlp.hooks import default_catalogue

REPORTS = [
    {"id": "a", "text": "8 mm nodule in the right and left upper lobe. No pleural effusion."},
    {"id": "b", "text": "Possible consolidation in the LLL.\nFamily history of lung mass."},
    {"id": "c", "text": "Normal chest."},
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the reports and their findings, as radnlp extract gives them."""
    import radnlp
    from radnlp.records import Report
    from radnlp.records.wire import to_json

    monkeypatch.chdir(tmp_path)
    lines = [to_json(radnlp.extract(Report(**row), schema="chest_xray")) for row in REPORTS]
    (tmp_path / "findings.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in REPORTS), "utf-8")
    return tmp_path


def test_out_and_in_again_as_gold(radnlp, folder):
    done = radnlp("brat", "export", "findings.jsonl", "--reports", "reports.jsonl", "-o", "project")
    assert (done.status, done.out) == (0, "")
    assert "3 reports, " in done.err
    assert "Value:present|uncertain|historical|absent" in (folder / "project" / "annotation.conf").read_text("utf-8")
    done = radnlp("brat", "import", "project", "--schema", "chest_xray", "-o", "gold.jsonl")
    assert (done.status, done.out) == (0, "")
    schema = default_catalogue().vocabulary("chest_xray")
    again, before = (
        read_gold("findings", folder / name, schema=schema, options={}) for name in ("gold.jsonl", "findings.jsonl")
    )
    assert [gold.report_id for gold in again.gold] == ["a", "b", "c"]
    assert again.reports == before.reports

    def essence(gold):
        return [(f.key, f.status, dict(f.values), f.evidence) for f in gold.findings]

    assert [essence(gold) for gold in again.gold] == [essence(gold) for gold in before.gold]
    assert [len(gold.findings) for gold in again.gold] == [2, 1, 0]


def test_what_an_annotator_changes_is_in_the_gold(radnlp, folder):
    radnlp("brat", "export", "findings.jsonl", "--reports", "reports.jsonl", "-o", "project")
    file = folder / "project" / "b.ann"
    file.write_text(
        file.read_text("utf-8").replace("uncertain", "historical") + "#1\tAnnotatorNotes T1\told\n", "utf-8"
    )
    done = radnlp("brat", "import", "project", "--schema", "chest_xray", "-o", "gold.jsonl")
    assert done.status == 0
    number = len(file.read_text("utf-8").splitlines())
    assert f"project/b.ann:{number}: a note, for which radnlp has no place; it was left out" in done.err
    lines = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    assert [finding["status"] for finding in lines[1]["findings"]] == ["historical"]


def test_a_project_of_others_with_other_names(radnlp, folder):
    (folder / "theirs").mkdir()
    (folder / "theirs" / "x.txt").write_text("A spot, no shadow.", "utf-8")
    (folder / "theirs" / "x.ann").write_text("T1\tSpot 2 6\tspot\nT2\tShadow 11 17\tshadow\nA1\tNegation T2\n", "utf-8")
    import_it = ["brat", "import", "theirs", "--schema", "chest_xray", "-o", "gold.jsonl"]
    done = radnlp(*import_it, "--label", "Spot=nodule")
    assert "x.ann:2: the label 'Shadow' names no entity of the schema 'chest_xray'" in done.err
    radnlp(*import_it, "--label", "Spot=nodule", "--label", "Shadow=mass")
    row = json.loads((folder / "gold.jsonl").read_text("utf-8"))
    assert row["report_id"] == "x.txt"
    assert [(finding["key"], finding["status"]) for finding in row["findings"]] == [
        ("nodule", "present"),
        ("mass", "absent"),
    ]


def test_words_that_are_not_where_the_annotation_says_are_an_error(radnlp, folder):
    (folder / "theirs").mkdir()
    (folder / "theirs" / "x.txt").write_text("A secretword.", "utf-8")
    (folder / "theirs" / "x.ann").write_text("T1\tnodule 0 12\tA secretwords\n", "utf-8")
    done = radnlp("brat", "import", "theirs", "--schema", "chest_xray", "-o", "gold.jsonl")
    assert done.status == 1
    assert "x.ann:1: other words stand at [0, 12)" in done.err
    assert "secret" not in done.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["export", "findings.jsonl", "--reports", "b.txt", "-o", "p"],
            "findings of the report 'a', which is not in --reports",
        ),
        (["export", "none.jsonl", "--reports", "b.txt", "-o", "p"], "none.jsonl: there is no such file"),
        (["export", "findings.jsonl", "--reports", "reports.jsonl", "-o", "."], "is not empty; name a new folder"),
        (["import", "none", "--schema", "chest_xray", "-o", "g.jsonl"], "none: there is no such folder"),
        (["import", ".", "--schema", "chest_xray", "-o", "none/g.jsonl"], "there is no folder"),
        (["import", ".", "--schema", "chest_xray", "-o", "g.jsonl", "--label", "X"], "--label 'X': write TYPE=ENTITY"),
        (
            ["import", ".", "--schema", "chest_xray", "-o", "g.jsonl", "--label", "X=y"],
            "--label: 'X': unknown entity 'y'",
        ),
    ],
)
def test_wrong_use(radnlp, folder, arguments, complaint):
    (folder / "b.txt").write_text("Normal chest.", "utf-8")
    done = radnlp("brat", *arguments)
    assert done.status == 2
    assert complaint in done.err
    assert len(done.err.splitlines()) == 1
