"""Sentence classes by an encoder: a tiny one, trained on invented Japanese reports in seconds."""

import json
import random
from dataclasses import replace

import pytest

pytest.importorskip("torch")
pytest.importorskip("radnlp_ja")

from radnlp.api import ConfigError, Report, ReportView, Sentence
from radnlp.hooks import default_catalogue
from radnlp.testing import check_sentence_classifier

SENTENCES = {
    "background": ("胸部CTを施行しました。", "造影剤を使用しました。", "前回CTと比較しました。"),
    "positive": ("右肺上葉に結節を認めます。", "左下葉に浸潤影を認めます。", "肝に腫瘤を認めます。"),
    "negative": ("胸水は認めません。", "リンパ節腫大はありません。", "骨に異常を認めません。"),
    "continuation": ("辺縁は不整です。", "大きさは12mm大です。", "前回より増大しています。"),
}


def reports(count, seed):
    lot = random.Random(seed)
    rows = []
    for number in range(count):
        order = ["background", *lot.choices(["positive", "negative", "continuation"], k=5)]
        rows.append({"id": f"r{number}", "sentences": [lot.choice(SENTENCES[c]) for c in order], "labels": order})
    return rows


@pytest.fixture(scope="session")
def trained(tmp_path_factory, cli):
    place = tmp_path_factory.mktemp("sentences")
    labels, texts = place / "labels.jsonl", place / "texts.jsonl"
    rows = reports(80, seed=2)
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    texts.write_text("".join(json.dumps({"sentences": row["sentences"]}) + "\n" for row in rows), "utf-8")
    tokenizer, encoder, model = place / "tokenizer", place / "encoder", place / "model"
    common = ("--device", "cpu", "--threads", 1, "--batch-size", 16, "--learning-rate", 3e-3)
    assert cli("train", "tokenizer", texts, "--size", 400, "--max-length", 128, "-o", tokenizer) == 0
    pretraining = ("--size", "tiny", "--max-length", 128, "--epochs", 1, *common)
    assert cli("train", "pretrain", texts, "--tokenizer", tokenizer, *pretraining, "-o", encoder) == 0
    given = ("--schema", "ja_ct", "--encoder", encoder, "--max-length", 128, "--epochs", 4, *common)
    assert cli("train", "sentences", labels, *given, "-o", model) == 0
    return model


@pytest.fixture(scope="module")
def provider(trained):
    offered = default_catalogue().sentence_classifier("bert").item
    return replace(offered, settings={**offered.settings, "model_path": str(trained), "threads": 1})


@pytest.fixture(scope="module")
def classifier(provider):
    return provider.factory(default_catalogue().vocabulary("ja_ct"), None, provider.settings)


def view(*sentences):
    spans, at = [], 0
    for number, sentence in enumerate(sentences):
        spans.append(Sentence(index=number, start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    report = Report(id="r", text="\n".join(sentences))
    return ReportView(report=report, sections=(), sentences=tuple(spans), mentions=())


def test_the_contract_is_kept(provider):
    check_sentence_classifier(provider)


def test_it_learned_what_sentences_are_for(classifier):
    for row in reports(10, seed=3):
        (labels,) = classifier.label([view(*row["sentences"])])
        assert [label.label for label in labels] == row["labels"]
        assert all(0.25 <= label.score <= 1 for label in labels)


def test_the_card_says_what_was_measured(trained):
    card = json.loads((trained / "card.json").read_text("utf-8"))
    assert card["answers"] == ["background", "positive", "negative", "continuation"]
    assert card["scores"]["macro_f1"] > 0.9
    assert card["kind"] == "sentences"


@pytest.mark.parametrize("sentence", ["", " ", "結節を認め" * 200 + "ます。"])
def test_an_empty_and_a_very_long_sentence_have_a_class(classifier, sentence):
    (labels,) = classifier.label([view("胸水は認めません。", sentence)])
    assert len(labels) == 2
    assert all(label.label in SENTENCES for label in labels)


def test_every_token_of_a_long_sentence_is_read(trained):
    from radnlp_transformers.encoders.local import load_tokenizer
    from radnlp_transformers.sentences.pieces import Framer

    tokenizer = load_tokenizer(trained)
    long = "結節を認め" * 200
    pieces = list(Framer(tokenizer, max_length=64).pieces(["胸水なし。", long, "以上。"]))
    read = [token for piece in pieces if piece.owner == 1 for token in piece.ids[piece.first : piece.last]]
    assert read == tokenizer(long, add_special_tokens=False)["input_ids"]
    assert all(len(piece.ids) <= 64 for piece in pieces)


def test_a_model_for_keys_labels_no_sentences(road):
    offered = default_catalogue().sentence_classifier("bert").item
    with pytest.raises(ConfigError, match="a model for 'keys'; here one for 'sentences'"):
        offered.factory(
            default_catalogue().vocabulary("ja_ct"), None, {**offered.settings, "model_path": str(road.model)}
        )


def test_a_class_nobody_shows_is_named(tmp_path, trained, cli, capfd):
    labels = tmp_path / "labels.jsonl"
    rows = [{"sentences": ["胸水なし。", str(number)], "labels": ["negative", "positive"]} for number in range(4)]
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    given = ("--schema", "ja_ct", "--encoder", trained, "-o", tmp_path / "out")
    assert cli("train", "sentences", labels, *given) == 2
    assert "no sentence to train on has the class background, continuation" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"sentences": ["a", "b"], "labels": ["positive"]}, "2 sentences and 1 labels; each needs one"),
        ({"sentences": ["a"], "labels": ["maybe"]}, "the class 'maybe'; the schema has background, positive"),
        ({"finding_lines": ["a"], "sentence_class": '{"a": 7}'}, "the class '7'"),
        ({"finding_lines": ["a"], "sentence_class": "{}"}, "no report with labelled sentences"),
        ({"text": "a"}, "no report with labelled sentences"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, trained, cli, capfd, line, words):
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps(line) + "\n", "utf-8")
    assert cli("train", "sentences", labels, "--schema", "ja_ct", "--encoder", trained, "-o", tmp_path / "out") == 2
    assert f"labels.jsonl:1: {words}" in capfd.readouterr().err
