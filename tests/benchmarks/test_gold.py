"""The invented gold: what lies in the repository is what reports.toml gives, and faults in it are named."""

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "benchmarks" / "gold"
FOLDERS = sorted(path.parent.name for path in GOLD.glob("*/reports.toml"))

HEAD = """
schema_version = "1.0.0"
prefix = "mr"
relation = "has_episode"
styles = ["terse"]
"""
REPORT = """
[[reports]]
id = "mr001"
style = "terse"
scenario = "a glioma that grew"
text = "GBM, enlarged. GBM cavity: no hemorrhage."

[[reports.findings]]
key = "glioma"
status = "present"
has_episode = ["progression"]
evidence = ["GBM@2", "GBM@1"]

[[reports.findings]]
key = "hemorrhage_vascular"
status = "absent"
evidence = ["hemorrhage"]
"""


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("gold_build", GOLD / "build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def build(builder, tmp_path):
    def made(text):
        (tmp_path / "reports.toml").write_text(text)
        (tmp_path / "README.md").write_text(f"Counts\n{builder.OPEN_MARK}\n{builder.CLOSE_MARK}\nend\n")
        return builder.build(tmp_path, ROOT / "schemas" / "brain_mri" / "schema.toml")

    return made


def test_both_modalities_have_gold():
    assert FOLDERS == ["brain_mri", "chest_ct"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_files_are_what_reports_toml_gives(builder, folder, capsys):
    assert builder.main([folder, "--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("folder", FOLDERS)
def test_evidence_lies_where_it_says(folder):
    texts = {row["id"]: row["text"] for row in rows(GOLD / folder / "reports.jsonl")}
    for row in rows(GOLD / folder / "gold.jsonl"):
        spans = [span for finding in row["findings"] for span in finding["evidence"]]
        wrong = [span for span in spans if texts[row["report_id"]][span["start"] : span["end"]] != span["text"]]
        assert not wrong, row["report_id"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_halves_have_as_many_reports_of_each_style(folder):
    reports = rows(GOLD / folder / "reports.jsonl")
    halves = [Counter(row["style"] for row in reports if int(row["id"][2:]) % 2 == rest) for rest in (0, 1)]
    assert halves[0] == halves[1]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_experiment_over_it_can_be_read(folder):
    from radnlp.evaluation.experiment import read_experiment
    from radnlp.evaluation.gold import read_gold
    from radnlp.hooks import default_catalogue

    experiment = read_experiment(ROOT / "benchmarks" / f"{folder}.toml")
    assert experiment.data.path == GOLD / folder / "gold.jsonl"
    assert {split.name: split.aggregates_only for split in experiment.data.splits} == {
        "development": False,
        "untouched": True,
    }
    assert [system.name for system in experiment.systems][:2] == ["cooccurrence", "rules"]
    data, (schema, _) = experiment.data, default_catalogue().schema(experiment.data.schema)
    assert read_gold(data.reader, data.path, schema=schema, options=data.options)


def test_a_report_becomes_gold_with_offsets_and_counts(build):
    files = build(HEAD + REPORT)
    row = json.loads(files["gold.jsonl"])
    glioma, hemorrhage = row["findings"]
    assert (row["schema"], row["schema_version"]) == ("brain_mri", "1.0.0")
    assert glioma["values"] == {"has_episode": ["progression"]}
    assert [span["start"] for span in glioma["evidence"]] == [0, 15]
    assert (hemorrhage["status"], hemorrhage["values"]) == ("absent", {})
    assert "| glioma | 1 | 0 | 0 | 0 | 1 |" in files["README.md"]
    assert "| lymphoma | 0 | 0 | 0 | 0 |" in files["README.md"]
    assert "1 reports: terse 1 odd and 0 even." in files["README.md"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"GBM@2", "GBM@1"', '"GBM"', "mr001: glioma: evidence 1 occurs 2 times; add @1 to @2"),
        ('"GBM@2", "GBM@1"', '"GBM@3"', "evidence 1 has the number @3 but occurs 2 times"),
        ('"GBM@2", "GBM@1"', '"glioma"', "evidence 1 does not occur in the text"),
        ('"GBM@2", "GBM@1"', '"GBM@1", "GBM@1"', "evidence gives one stretch twice"),
        ('"GBM@2", "GBM@1"', "", "evidence is empty"),
        ('has_episode = ["progression"]', "", "has_episode is missing; write []"),
        ('"progression"', '"worse"', "allowed are progression, stable, improvement"),
        ('"progression"', '"stable", "stable"', "names a value twice"),
        ('status = "absent"', 'status = "absent"\nhas_episode = []', "has_episode is not allowed here"),
        ('status = "absent"', 'status = "denied"', "is none of present, uncertain, historical, absent"),
        ('key = "glioma"', 'key = "gliomas"', "key 'gliomas' is not in the schema"),
        ('key = "hemorrhage_vascular"', 'key = "glioma"', "glioma has 2 rows; keep one"),
        ('id = "mr001"', 'id = "ct001"', "the id must be mr and three digits"),
        ('style = "terse"\n', 'style = "prose"\n', "style 'prose' is none of terse"),
        ('scenario = "a glioma that grew"\n', "", "scenario missing"),
        ('relation = "has_episode"', 'relation = "located_in"', "relation 'located_in' is not in the schema"),
        ('schema_version = "1.0.0"', 'schema_version = "0.9.0"', "read the labels again"),
        ('prefix = "mr"\n', "", "prefix: missing"),
    ],
)
def test_a_fault_is_named_without_the_words_of_the_report(builder, build, old, new, words):
    text = HEAD + REPORT
    assert old in text
    with pytest.raises(builder.GoldError) as raised:
        build(text.replace(old, new, 1))
    assert words in str(raised.value)
    assert "enlarged" not in str(raised.value)


def test_every_fault_is_told_at_once(builder, build):
    text = (HEAD + REPORT).replace('"GBM@2", "GBM@1"', '"GBM"').replace('status = "absent"', 'status = "gone"')
    with pytest.raises(builder.GoldError) as raised:
        build(text)
    assert len(str(raised.value).splitlines()) == 2
