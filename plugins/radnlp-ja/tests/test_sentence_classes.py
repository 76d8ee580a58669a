"""What a Japanese sentence is for, by both classifiers, on ordinary reports and on odd text."""

import pytest

import radnlp
from radnlp.api import ConfigError, Report
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
