"""Both stages by models: entity keys by an encoder (radnlp-transformers), relations by a language model."""

import json

import pytest
import spacy
from radnlp_llama.runtime.random_gguf import Shape

import radnlp
from radnlp.cli.main import main

pytest.importorskip("torch")
pytest.importorskip("radnlp_transformers")

LESIONS = {"nodules": "nodule", "pleural_effusion": "pleural effusion"}
PLACES = ("right upper lobe", "left lower lobe", "right middle lobe", "left upper lobe")
TEXT = "Chest CT. There is nodule in the right upper lobe. There is pleural effusion on the left."


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """An encoder that has learned the words of two lesions from 80 invented reports; seconds."""
    place = tmp_path_factory.mktemp("encoder")
    reports, labels, tokenizer, pretrained, model = (
        str(place / name) for name in ("reports.jsonl", "labels.jsonl", "tokenizer", "pretrained", "model")
    )
    rows = []
    for number in range(80):
        named = [name for bit, name in enumerate(LESIONS.values()) if number >> bit & 1]
        found = [f"There is {name} in the {PLACES[number % 4]}." for name in named]
        rows.append(json.dumps({"id": str(number), "text": " ".join(["Chest CT.", *found])}))
    (place / "reports.jsonl").write_text("\n".join(rows), "utf-8")
    common = ["--device", "cpu", "--threads", "1", "--seed", "3", "--max-length", "64"]
    others = [key for key in KEYS if key not in LESIONS]
    for line in (
        ["labels", reports, "--schema", "chest_ct", "--policy", "keyword", "-o", labels],
        ["tokenizer", reports, "--size", "300", "--lowercase", "--max-length", "64", "-o", tokenizer],
        ["pretrain", reports, "--tokenizer", tokenizer, "--size", "tiny", "--epochs", "1", "-o", pretrained, *common],
        ["keys", labels, "--schema", "chest_ct", "--encoder", pretrained, "--epochs", "12", "--batch-size", "8",
         "--learning-rate", "3e-3", "--leave-out", ",".join(others), "-o", model, *common],
    ):  # fmt: skip
        assert main(["train", *line]) == 0
    return model


KEYS = (
    "nodules", "ggo", "consolidation", "pleural_effusion", "atelectasis", "fibrosis", "bronchiectasis", "mass",
    "bronchial_wall_thickening", "interstitial_thickening", "pleural_thickening",
)  # fmt: skip


def test_keys_by_bert_and_relations_by_llama(encoder, random_gguf, tmp_path):
    model = random_gguf(seed=1, shape=Shape(layers=1, width=32, heads=2, kv_heads=1, inner=64, context=8192))
    report, output = tmp_path / "r.txt", tmp_path / "out.jsonl"
    report.write_text(TEXT, "utf-8")
    given = {"keys.model_path": encoder, "keys.threads": 1, "keys.policy": "alone", "relations.model_path": model,
             "relations.threads": 1, "relations.n_gpu_layers": 0}  # fmt: skip
    line = ["extract", report, "--schema", "chest_ct", "--keys", "bert", "--relations", "llama", "-o", output]
    line += [word for name, value in given.items() for word in ("--set", f"{name}={value}")]
    assert main([str(word) for word in line]) == 0
    row = json.loads(output.read_text("utf-8"))
    assert [finding["key"] for finding in row["findings"]] == ["nodules", "pleural_effusion"]
    assert {finding["sources"][0] for finding in row["findings"]} == {"bert"}
    assert {relation["source"] for relation in row["relations"]} <= {"llama"}
    assert row["provenance"]["counts"]["relations.calls"] > 0

    settings = {"keys": {}, "relations": {}}
    for name, value in given.items():
        stage, _, setting = name.partition(".")
        settings[stage][setting] = value if isinstance(value, int) else str(value)
    guest = spacy.blank("en")
    guest.add_pipe("radnlp", config={"schema": "chest_ct", "keys": "bert", "relations": "llama", "settings": settings})
    for nlp in (radnlp.load("chest_ct", keys="bert", relations="llama", settings=settings), guest):
        found = nlp(TEXT)._.rad.findings
        values = {finding.key: {name: list(ids) for name, ids in finding.values.items()} for finding in found}
        assert values == {finding["key"]: finding["values"] for finding in row["findings"]}
