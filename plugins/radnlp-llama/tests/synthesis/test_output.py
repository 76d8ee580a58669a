"""What a run leaves is read by those it is meant for: training, the benchmark, extraction."""

import json
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from radnlp_llama.synthesis.cases import Case
from radnlp_llama.synthesis.recipe_file import read_recipe
from radnlp_llama.synthesis.rows import gold_row, report_row, training_row
from radnlp_llama.synthesis.run import Labelled

from radnlp.batch import read_reports
from radnlp.cli.main import main
from radnlp.evaluation.gold import read_gold
from radnlp.hooks import default_catalogue

TRANSFORMERS = Path(__file__).resolve().parents[3] / "radnlp-transformers" / "radnlp_transformers"


@pytest.fixture(scope="session")
def reader():
    """The module of radnlp-transformers that reads labelled data; it needs no torch, nor to be installed."""

    def load(name):
        path = TRANSFORMERS / "labels" / f"{name}.py"
        if not path.is_file():
            pytest.skip("radnlp-transformers does not lie beside this plugin")
        spec = spec_from_file_location(f"read_{name}", path)
        module = module_from_spec(spec)
        sys.modules[spec.name] = module  # dataclasses with slots look their module up
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def done(synthesized, author, tmp_path):
    synthesized(tmp_path, author.answer, reports=60)
    return tmp_path


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_training_reads_every_split(done, reader, ja_ct):
    classes = [row.id for row in ja_ct.schema.sentence_classes]
    for name in ("train", "validation", "test"):
        rows = lines(done / f"{name}.jsonl")
        read = reader("sentences").read_sentences([done / f"{name}.jsonl"], classes=classes)
        assert [(row.id, list(row.sentences)) for row in read] == [(row["id"], row["sentences"]) for row in rows]
        assert [[classes[n] for n in row.labels] for row in read] == [row["labels"] for row in rows]


def test_the_benchmark_reads_the_gold(done, ja_ct):
    for name in ("train", "validation", "test"):
        options = {"reports": f"{name}.reports.jsonl"}
        gold = read_gold("findings", done / "gold" / f"{name}.jsonl", schema=ja_ct.schema, options=options)
        rows = lines(done / f"{name}.jsonl")
        assert [report.text for report in gold.reports] == [row["text"] for row in rows]
        for extraction, report, row in zip(gold.gold, gold.reports, rows, strict=True):
            assert [sentence.label for sentence in extraction.sentences] == row["labels"]
            assert [report.text[s.start : s.end] for s in extraction.sentences] == row["sentences"]


def test_extraction_reads_the_reports(done):
    reports = list(read_reports([done / "gold" / "train.reports.jsonl"]))
    assert [report.id for report in reports] == [row["id"] for row in lines(done / "train.jsonl")]
    assert all(report.readable and report.sentences for report in reports)


@pytest.mark.skipif(
    not find_spec("scipy") or not find_spec("statsmodels"), reason="radnlp bench needs the extra [bench]"
)
def test_a_benchmark_runs_on_it(done, tmp_path):
    experiment = tmp_path / "synthetic.toml"
    experiment.write_text(
        'title = "synthetic"\nmetrics = ["sentences"]\ndraws = 50\nseed = 1\n'
        '[data]\npath = "gold/validation.jsonl"\nreader = "findings"\nschema = "ja_ct"\n'
        'options = { reports = "validation.reports.jsonl" }\n'
        '[[systems]]\nname = "rules"\nsentence_classes = "rules"\n',
        "utf-8",
    )
    assert main(["bench", str(experiment), "--output", str(tmp_path / "scores")]) == 0
    scores = "".join(path.read_text("utf-8") for path in sorted((tmp_path / "scores").rglob("*.json")))
    assert '"accuracy"' in scores


def test_statuses_are_read_by_training_and_benchmark(tmp_path, reader):
    recipe, schema = read_recipe("chest_ct"), default_catalogue().vocabulary("chest_ct")
    row = Labelled(
        case=Case(id="chest_ct-1-000000", attributes={"site": "pleura"}, sentences=3),
        sentences=("A nodule is seen.", "Possible mass.", "No pleural effusion."),
        request="a",
        generator="m",
        labels={"nodules": "present", "pleural_effusion": "absent", "mass": "uncertain"},
        labels_request="b",
        labeller="m",
    )
    for name, content in (
        ("train", training_row(row, schema, kind=recipe.labels)),
        ("gold", gold_row(row, schema, kind=recipe.labels)),
        ("reports", report_row(row)),
    ):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(content) + "\n", "utf-8")
    keys = [key.id for key in schema.keys]
    (learned,) = reader("rows").read_labels(
        [tmp_path / "train.jsonl"], schema=schema.id, version=schema.version, keys=keys
    )
    assert learned.keys == ("nodules", "mass")
    gold = read_gold("findings", tmp_path / "gold.jsonl", schema=schema, options={})
    assert [(finding.key, finding.status) for finding in gold.gold[0].findings] == [
        ("nodules", "present"),
        ("pleural_effusion", "absent"),
        ("mass", "uncertain"),
    ]
