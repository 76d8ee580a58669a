"""The whole way with a real model of random weights: from reports to findings, from the command line and in spaCy.

The model knows nothing; what is shown is that whatever it writes is an answer, and that nothing of it is lost.
"""

import json

import pytest
import spacy
from radnlp_llama.runtime.random_gguf import Shape

import radnlp
from radnlp.api import ConfigError
from radnlp.cli.main import main

REPORTS = (
    "Nodules in the right middle lobe and in the LLL. Consolidation in the right lower lobe. No mass.",
    "Small left pleural effusion with atelectasis. Fibrosis at both apices.",
    "우상엽에 결절. 흉수 없음. 양하엽 무기폐.",
    "No acute finding.",
    "",
)
SHAPE = Shape(layers=1, width=32, heads=2, kv_heads=1, inner=64, context=8192)
ALLOWED = {"right_lung", "left_lung", "rul", "rml", "rll", "lul", "left_lingula", "lll", "bul", "bll", "pleural"}


@pytest.fixture(scope="module")
def model(random_gguf):
    return random_gguf(seed=1, shape=SHAPE)


@pytest.fixture(scope="module")
def other_model(random_gguf):
    return random_gguf(seed=2, shape=SHAPE)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    file = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    rows = [json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(REPORTS)]
    file.write_text("\n".join(rows), "utf-8")
    return file


def settings(model, **more):
    return {"model_path": str(model), "n_gpu_layers": 0, "threads": 1, **more}


def extract(reports, output, model, *more, schema="chest_ct", keys="rules"):
    """The command line; the output as JSON objects without what takes another time in each run."""
    options = [f"relations.{name}={value}" for name, value in settings(model).items()] if model else []
    options += [f"relations.{pair}" for pair in more]
    line = ["extract", reports, "--schema", schema, "--keys", keys, "--relations", "llama", "-o", output]
    status = main([str(word) for word in [*line, *(word for pair in options for word in ("--set", pair))]])
    assert status == 0
    rows = [json.loads(text) for text in output.read_text("utf-8").splitlines()]
    for row in rows:
        row["provenance"].pop("seconds")
    return rows


@pytest.fixture(scope="module")
def from_the_command_line(reports, model, tmp_path_factory):
    return extract(reports, tmp_path_factory.mktemp("out") / "out.jsonl", model)


def test_every_answer_obeys_the_schema(from_the_command_line):
    rows = from_the_command_line
    assert [row["report_id"] for row in rows] == ["r0", "r1", "r2", "r3", "r4"]
    codes = {issue["code"] for row in rows for issue in row["issues"]}
    assert codes <= {"values_of_absent_key", "empty_text"}, "nothing was mended or not understood"
    relations = [relation for row in rows for relation in row["relations"]]
    assert relations
    for relation in relations:
        assert relation["value"] in ALLOWED and relation["source"] == "llama"
        assert 0 < relation["score"] < 1


def test_the_provenance_tells_model_prompt_and_cost(from_the_command_line, model):
    first, *_, last = from_the_command_line
    provider = first["provenance"]["providers"]["relations"]
    assert provider["name"] == "llama" and provider["prompt"] == "chest_ct 1.0.0" and len(provider["model"]) == 64
    counts = first["provenance"]["counts"]
    assert counts["relations.prompt_tokens"] > counts["relations.evaluated_tokens"] > 0 < counts["relations.calls"]
    assert "relations.calls" not in last["provenance"]["counts"]  # an empty report asks nothing


def test_a_relation_without_anchor_has_no_evidence_and_is_counted(from_the_command_line):
    for row in from_the_command_line:
        bare = [relation for relation in row["relations"] if not relation["key_evidence"]]
        assert all(not relation["value_evidence"] for relation in bare)
        assert row["provenance"]["counts"]["unanchored_relations"] == len(bare)


def test_in_spacy_it_is_the_same(from_the_command_line, model):
    nlp = spacy.blank("en")
    config = {"schema": "chest_ct", "keys": "rules", "relations": "llama", "settings": {"relations": settings(model)}}
    nlp.add_pipe("radnlp", config=config)
    for doc, row in zip(nlp.pipe(REPORTS), from_the_command_line, strict=True):
        found = {
            finding.key: {name: list(ids) for name, ids in finding.values.items()} for finding in doc._.rad.findings
        }
        assert found == {finding["key"]: finding["values"] for finding in row["findings"]}


def test_another_model_answers_otherwise(reports, other_model, from_the_command_line, tmp_path):
    others = extract(reports, tmp_path / "out.jsonl", other_model)
    differing = [
        one["report_id"]
        for one, other in zip(from_the_command_line, others, strict=True)
        if findings(one) != findings(other)
    ]
    assert {"r0", "r1"} <= set(differing)


def findings(row):
    return [(finding["key"], finding["status"], finding["values"]) for finding in row["findings"]]


def test_a_second_run_is_all_cache_hits_and_writes_the_same(reports, model, tmp_path, monkeypatch):
    cache = f"cache_path={tmp_path / 'answers.sqlite'}"
    first = extract(reports, tmp_path / "first.jsonl", model, cache)
    from radnlp_llama.runtime.generator import LlamaGenerator

    def asked(self, requests):
        raise AssertionError("the model was asked")

    monkeypatch.setattr(LlamaGenerator, "stream", asked)
    monkeypatch.setattr(LlamaGenerator, "generate", asked)
    assert extract(reports, tmp_path / "second.jsonl", model, cache) == first


def test_an_interrupted_run_goes_on_where_it_stopped(reports, model, tmp_path, monkeypatch, from_the_command_line):
    """Every answer is kept as soon as it is there: in the middle of a batch nothing but the rest is asked again."""
    from radnlp_llama.runtime.generator import LlamaGenerator

    cache, output = f"relations.cache_path={tmp_path / 'answers.sqlite'}", tmp_path / "out.jsonl"
    stream, asked = LlamaGenerator.stream, []

    def stopped(self, requests):
        for found in stream(self, requests):
            yield found
            raise KeyboardInterrupt

    def counted(self, requests):
        asked.extend(requests)
        return stream(self, requests)

    line = ["extract", reports, "--schema", "chest_ct", "--relations", "llama", "-o", output, "--set", cache]
    line += [word for name, value in settings(model).items() for word in ("--set", f"relations.{name}={value}")]
    monkeypatch.setattr(LlamaGenerator, "stream", stopped)
    assert main([str(word) for word in line]) == 130
    monkeypatch.setattr(LlamaGenerator, "stream", counted)
    assert main([str(word) for word in [*line, "--resume"]]) == 0
    assert len(asked) == 2  # of three reports with keys
    rows = [json.loads(text) for text in output.read_text("utf-8").splitlines()]
    assert [findings(row) for row in rows] == [findings(row) for row in from_the_command_line]


def test_a_recorded_run_is_played_back_without_the_model(reports, model, tmp_path):
    record = tmp_path / "recorded.jsonl"
    first = extract(reports, tmp_path / "first.jsonl", model, f"record_path={record}")
    assert extract(reports, tmp_path / "second.jsonl", None, f"replay_path={record}") == first


def test_what_was_not_recorded_is_an_issue(reports, model, tmp_path):
    record = tmp_path / "recorded.jsonl"
    extract(reports, tmp_path / "first.jsonl", model, f"record_path={record}")
    nlp = radnlp.load("chest_ct", relations="llama", settings={"relations": {"replay_path": str(record)}})
    (issue,) = nlp("A mass in the left lung.")._.rad.issues
    assert (issue.level, issue.code) == ("error", "not_recorded")


@pytest.mark.parametrize(
    ("schema", "text", "keys"),
    [
        ("brain_mri", "Glioblastoma, larger than before. Old infarct. Microbleeds.", {"glioma", "stroke"}),
        ("chest_xray", "Left pleural effusion, cardiomegaly, pneumothorax.", {"pleural_effusion", "cardiomegaly"}),
        ("ja_ct", "右上葉に結節を認めます。左胸水。", {"nodules", "pleural_effusion"}),
    ],
)
def test_the_other_schemas(model, schema, text, keys):
    nlp = radnlp.load(schema, relations="llama", settings={"relations": settings(model)})
    found = nlp(text)._.rad
    assert keys <= {finding.key for finding in found.findings}
    assert {issue.level for issue in found.issues} <= {"warning"}
    assert {issue.code for issue in found.issues} <= {"values_of_absent_key"}


def test_reasoning_before_the_label(model):
    nlp = radnlp.load("chest_xray", relations="llama", settings={"relations": settings(model, reasoning=True)})
    found = nlp("Left pleural effusion.")._.rad
    assert found.issues == ()


def test_sentence_classes_of_a_japanese_report(model):
    nlp = radnlp.load("ja_ct", sentence_classes="llama", settings={"sentence_classes": settings(model)})
    found = nlp("胸部CTを施行。\n右肺に結節を認めます。\n胸水なし。")._.rad
    assert len(found.sentences) == 3 and found.issues == ()
    for sentence in found.sentences:
        assert sentence.label in {"background", "positive", "negative", "continuation"}
        assert 0 < sentence.score < 1
    assert found.provenance.counts["sentence_classes.calls"] > 0


def test_a_context_that_is_too_small_is_an_issue_of_that_report(model):
    nlp = radnlp.load("chest_ct", relations="llama", settings={"relations": settings(model, n_ctx=5000)})
    short, long = list(nlp.pipe([REPORTS[0], REPORTS[0] + " Stable." * 300]))
    assert [issue.code for issue in long._.rad.issues] == ["context_overflow"]
    assert long._.rad.relations == ()
    assert "context_overflow" not in [issue.code for issue in short._.rad.issues]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"model_path": "nowhere.gguf"}, "nowhere.gguf"),
        ({"batch": 0}, "batch=0"),
        ({"n_ctx": 10**7}, "n_ctx=10000000"),
        ({"record_path": "a", "replay_path": "b"}, "exclude each other"),
        ({"replay_path": "nowhere.jsonl"}, "nowhere.jsonl"),
    ],
)
def test_wrong_settings_stop_before_the_first_report(model, more, words):
    with pytest.raises(ConfigError, match=words):
        radnlp.load("chest_ct", relations="llama", settings={"relations": settings(model, **more)})


def test_more_than_one_process_is_refused_in_one_sentence(model):
    nlp = radnlp.load("chest_ct", relations="llama", settings={"relations": settings(model)})
    with pytest.raises(
        Exception, match=r"one process only; leave n_process and workers at 1 and set relations\.batch=N"
    ):
        list(nlp.pipe(REPORTS, n_process=2))
