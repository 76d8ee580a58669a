"""Sentence classes by a causal model: a tiny one, taught to write JSON, then adapted."""

import json

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("peft")
pytest.importorskip("radnlp_ja")

from radnlp_transformers.labels.sentences import read_sentences  # noqa: E402
from radnlp_transformers.sentences.prompt import answer, prompt, read_answer  # noqa: E402

import radnlp  # noqa: E402
from radnlp.api import AnswerError, ConfigError  # noqa: E402
from radnlp.hooks import default_catalogue  # noqa: E402

CLASSES = ("background", "positive", "negative", "continuation")
SENTENCES = {
    "positive": "結節を認めます。",
    "negative": "胸水はありません。",
    "background": "CTを施行。",
    "continuation": "不整です。",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"1": 0, "2": 1}', ("background", "positive")),
        ('Sure! ```json\n{"1": "negative", "2": "3"}\n``` Done.', ("negative", "continuation")),
        ('{"1": 7, "2": 1}', (None, "positive")),
        ('{"2": 1, "3": 1}', (None, "positive")),
        ('{"1": true, "2": 1.5, "9": 0, "1": 2}', ("negative", None)),
    ],
)
def test_answers_that_can_be_read(text, expected):
    assert read_answer(text, sentences=2, classes=CLASSES) == expected


@pytest.mark.parametrize("text", ["", "no idea", '{"1": 0', "[0, 1]", '{"labels": [0, 1]}', "}{", '{"1": null}'])
def test_answers_that_cannot_be_read_are_errors_that_do_not_repeat_them(text):
    with pytest.raises(AnswerError) as raised:
        read_answer(text + " ZEBRAFISH", sentences=2, classes=CLASSES)
    assert "ZEBRAFISH" not in str(raised.value)


def test_the_prompt_holds_every_sentence_on_a_line_of_its_own():
    schema = default_catalogue().vocabulary("ja_ct")
    asked = prompt(["結節を\n認めます。", "", "胸水なし。"], schema)
    assert "[1] 結節を 認めます。\n[2] \n[3] 胸水なし。\n" in asked
    assert all(f"{number} {name}:" in asked for number, name in enumerate(CLASSES))


@pytest.fixture(scope="session")
def taught(tmp_path_factory, cli):
    """A tiny causal model that has learned, with all its weights, to answer; and the labelled reports."""
    from radnlp_transformers.training.causal import CausalTask
    from radnlp_transformers.training.loop import Plan, train
    from radnlp_transformers.training.tokenizer import train_tokenizer
    from transformers import LlamaConfig, LlamaForCausalLM

    place = tmp_path_factory.mktemp("causal")
    schema = default_catalogue().vocabulary("ja_ct")
    names = list(SENTENCES)
    rows = [[names[at % 4]] if at % 3 else [names[at % 4], names[at // 4 % 4]] for at in range(48)]
    labels = place / "labels.jsonl"
    lines = [{"id": str(n), "sentences": [SENTENCES[c] for c in row], "labels": row} for n, row in enumerate(rows)]
    lines.append({"id": "all", "sentences": list(SENTENCES.values()), "labels": names})
    labels.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    found = read_sentences([labels], classes=CLASSES)
    texts = [prompt(row.sentences, schema) + answer(row.labels) for row in found]
    tokenizer = train_tokenizer(texts, size=500, lowercase=False, max_length=256)
    tokenizer.eos_token = "[SEP]"
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=512,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.cls_token_id,
    )
    model = LlamaForCausalLM(config)
    task = CausalTask(
        model,
        tokenizer,
        learned=found,
        held_out=found[:4],
        schema=schema,
        batch_size=8,
        seed=0,
        device=torch.device("cpu"),
        max_length=400,
    )
    plan = Plan(epochs=16, batch_size=8, learning_rate=3e-3, patience=9)
    train(
        task,
        plan,
        folder=place / "checkpoint",
        about={},
        resume=False,
        device=torch.device("cpu"),
        show=lambda items, label: items,
    )
    model.save_pretrained(str(place / "base"))
    tokenizer.save_pretrained(str(place / "base"))
    given = ("--schema", "ja_ct", "--model", place / "base", "-o", place / "model", "--max-length", 400)
    options = ("--epochs", 2, "--accumulate", 4, "--warmup", 2, "--device", "cpu", "--threads", 1)
    assert cli("train", "causal", labels, *given, *options) == 0
    return place


def test_the_card_counts_answers_that_were_not_parsed(taught):
    card = json.loads((taught / "model" / "card.json").read_text("utf-8"))
    assert card["kind"] == "sentences-causal"
    assert (card["training"]["rank"], card["training"]["alpha"], card["training"]["decay"]) == (16, 32, "cosine")
    assert card["scores"]["reports"] == 5
    assert card["scores"]["parse_failures"] == 0
    assert card["scores"]["accuracy"] > 0.5


def test_it_labels_reports_in_a_pipeline(taught):
    settings = {"sentence_classes": {"model_path": str(taught / "model"), "threads": 1}}
    nlp = radnlp.load("ja_ct", sentence_classes="causal", settings=settings)
    labels = [sentence.label for sentence in nlp(SENTENCES["positive"] + SENTENCES["negative"])._.rad.sentences]
    assert len(labels) == 2
    assert set(labels) & set(CLASSES)
    too_long = nlp(SENTENCES["positive"] * 200)._.rad  # more than the model reads: an issue, not a silence
    assert {sentence.label for sentence in too_long.sentences} == {None}
    (issue,) = [issue for issue in too_long.issues if issue.level == "error"]
    assert "tokens; the model reads 512" in issue.message
    assert [sentence.label for sentence in nlp("")._.rad.sentences] == []


def test_a_report_that_would_be_cut_off_is_refused(taught, tmp_path, cli, capfd):
    given = ("--schema", "ja_ct", "--model", taught / "base", "-o", tmp_path / "model", "--max-length", 100)
    assert cli("train", "causal", taught / "labels.jsonl", *given) == 2
    assert "nothing is cut off" in capfd.readouterr().err


def test_an_encoder_is_no_causal_model_of_sentences(road):
    offered = default_catalogue().sentence_classifier("causal").item
    with pytest.raises(ConfigError, match="a model for 'keys'; here one for 'sentences-causal'"):
        offered.factory(
            default_catalogue().vocabulary("ja_ct"), None, {**offered.settings, "model_path": str(road.model)}
        )
