"""What a Japanese sentence is for, by both classifiers, on ordinary reports and on odd text."""

import json

import pytest
import spacy

import radnlp
from radnlp.api import ConfigError, Report
from radnlp.cli.main import main
from radnlp.hooks import default_catalogue
from radnlp.testing import check_sentence_classifier

REPORT = """胸部CTを施行しました。
右肺上葉に12mm大の結節を認めます。
辺縁は不整で、胸膜陥入を伴います。
胸水は認めません。
肝臓に異常所見を認めません。"""
CLASSES = ["background", "positive", "continuation", "negative", "negative"]
PROVIDERS = ("rules", "linear")


@pytest.fixture(scope="module", params=PROVIDERS)
def nlp(request):
    return radnlp.load("ja_ct", sentence_classes=request.param)


def read(text, **options):
    return radnlp.extract(text, schema="ja_ct", **options)


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_contract_is_kept(name):
    check_sentence_classifier(default_catalogue().sentence_classifier(name).item)


def test_an_ordinary_report(nlp):
    extraction = nlp(REPORT)._.rad
    assert [sentence.label for sentence in extraction.sentences] == CLASSES
    assert extraction.issues == ()


def test_linear_is_the_schemas_own_and_says_how_sure_it_is():
    extraction = read(REPORT)
    assert extraction.provenance.providers["sentence_classes"]["name"] == "linear"
    assert extraction.provenance.providers["sentence_classes"]["distribution"] == "radnlp-ja"
    assert all(0.25 <= sentence.score <= 1 for sentence in extraction.sentences)


def test_the_rules_give_no_score():
    assert {sentence.score for sentence in read(REPORT, sentence_classes="rules").sentences} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 5000 + "。",
        "右肺に結節を認め" + "、辺縁は不整で" * 700 + "す。",
        "!?#*※→◆",
        "・・・\n———\n＊＊＊",
        "CT chest: 右肺上葉に8 mm noduleを認めます. No pleural effusion. Consolidationなし。",
        "ﾆｭｰﾅﾄﾞｳ状ｹﾂｾﾂｦﾐﾄﾒﾏｽ。",
        "\x00結節\ud800を認めます。",
        "結節を認めます。" * 400,
    ],
    ids=["long", "long clauses", "signs", "lines", "mixed", "half-width", "broken", "many"],
)
def test_every_sentence_of_odd_text_has_a_class_and_the_same_one_again(nlp, text):
    first, second = nlp(text)._.rad, nlp(text)._.rad
    assert first.sentences
    assert all(sentence.label in {"background", "positive", "negative", "continuation"} for sentence in first.sentences)
    assert first.sentences == second.sentences
    assert not [issue for issue in first.issues if issue.level == "error"]


def test_an_empty_report_has_no_sentences_and_no_error(nlp):
    extraction = nlp("")._.rad
    assert (extraction.sentences, [issue.code for issue in extraction.issues]) == ((), ["empty_text"])


@pytest.mark.parametrize("name", PROVIDERS)
def test_given_sentences_are_kept_empty_ones_too(name):
    given = ["結節を認めます。", "", "辺縁は\n不整です。", ""]
    spans, at = [], 0
    for sentence in given:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    report = Report(id="r", text="\n".join(given), sentences=tuple(spans))
    extraction = read(report, sentence_classes=name)
    assert [(s.start, s.end) for s in extraction.sentences] == spans
    assert all(sentence.label for sentence in extraction.sentences)


def test_a_report_gets_the_same_labels_in_any_company():
    nlp = radnlp.load("ja_ct")
    texts = [REPORT, "", "胸水を認めます。", REPORT * 3]
    together = [doc._.rad.sentences for doc in nlp.pipe(texts)]
    assert together == [nlp(text)._.rad.sentences for text in texts]


def test_weights_of_ones_own_are_named_by_path(tmp_path):
    missing = tmp_path / "mine.npz"
    with pytest.raises(ConfigError, match=r"mine\.npz: there is no such file"):
        radnlp.load("ja_ct", settings={"sentence_classes": {"model_path": str(missing)}})


def test_a_schema_without_classes_refuses_a_classifier():
    with pytest.raises(ConfigError, match="'chest_ct' has no sentence classes"):
        radnlp.load("chest_ct", sentence_classes="linear")


def test_the_stages_one_by_one_say_the_same_as_the_one_component():
    host = radnlp.add_pipes(spacy.blank("xx"), "ja_ct", sentence_classes="rules")
    assert host.pipe_names[3] == "radnlp_sentence_classes"
    assert host(REPORT)._.rad.sentences == read(REPORT, sentence_classes="rules").sentences


def test_a_span_knows_the_class_of_its_sentence():
    doc = radnlp.load("ja_ct")(REPORT)
    assert {span.text: span._.rad_sentence_class for span in doc.spans["radnlp"]}["胸水"] == "negative"


def test_on_the_command_line(tmp_path, capfd):
    reports = tmp_path / "reports.jsonl"
    reports.write_text(json.dumps({"id": "r", "sentences": ["結節を認めます。", ""]}) + "\n", "utf-8")
    arguments = ["extract", str(reports), "--schema", "ja_ct", "--format", "jsonl", "--quiet"]
    assert main([*arguments, "--sentence-classes", "rules"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert [sentence["label"] for sentence in row["sentences"]] == ["positive", "background"]
    assert row["provenance"]["providers"]["sentence_classes"]["name"] == "rules"
    assert main([*arguments, "--set", "sentence_classes.model_path=none.npz"]) == 2
    assert "none.npz: there is no such file of weights" in capfd.readouterr().err
    assert main([*arguments, "--set", "sentence_classes.modelpath=x"]) == 2
    assert "unknown setting 'sentence_classes.modelpath'" in capfd.readouterr().err


def test_an_experiment_compares_classifiers_by_name(tmp_path):
    sentences = {"結節を認めます。": 1, "辺縁は不整です。": 3, "胸水はありません。": 2}
    gold = {"finding_lines": list(sentences), "sentence_class": json.dumps(sentences)}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    systems = "".join(f'[[systems]]\nname = "{name}"\nsentence_classes = "{name}"\n' for name in PROVIDERS)
    (tmp_path / "experiment.toml").write_text(
        'title = "t"\nmetrics = ["sentences"]\ndraws = 10\nseed = 1\n'
        f'[data]\npath = "gold.jsonl"\nreader = "kikuchi"\nschema = "ja_ct"\n{systems}',
        "utf-8",
    )
    assert main(["bench", str(tmp_path / "experiment.toml"), "--output", str(tmp_path / "out")]) == 0
    results = json.loads((tmp_path / "out" / "results.json").read_text("utf-8"))
    scores = {row["system"]: row["scores"]["accuracy"]["value"] for row in results["splits"][0]["scores"]}
    assert scores == {"rules": 1.0, "linear": 1.0}
