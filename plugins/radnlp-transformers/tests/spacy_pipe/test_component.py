"""The same classifier inside spaCy: trained by `spacy train`, written without a pickle, the same scores everywhere."""

import json
import shutil
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("spacy_transformers")

import spacy  # noqa: E402
from spacy.cli.train import train  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402

import radnlp  # noqa: E402
from radnlp.api import ConfigError  # noqa: E402

TEXTS = [
    "Chest CT with contrast. There is mass in the left lower lobe. No pleural effusion is seen.",
    "There is nodule in the right upper lobe.",
    "",
    "No consolidation is seen. " * 40 + "There is mass in both lungs.",
]
LEFT = "ggo,atelectasis,fibrosis,bronchiectasis,bronchial_wall_thickening,interstitial_thickening,pleural_thickening"


@pytest.fixture(scope="module")
def trained(road, tmp_path_factory, cli):
    """`spacy train` on the shipped configuration, for a few steps."""
    place = tmp_path_factory.mktemp("spacy")
    lines = road.labels.read_text("utf-8").splitlines(keepends=True)
    (place / "train.jsonl").write_text("".join(lines[:96]), "utf-8")
    (place / "dev.jsonl").write_text("".join(lines[96:]), "utf-8")
    assert cli("train", "config", "--schema", "chest_ct", "--leave-out", LEFT, "-o", place / "config.cfg") == 0
    settings = {
        "paths.train": str(place / "train.jsonl"),
        "paths.dev": str(place / "dev.jsonl"),
        "paths.encoder": str(road.encoder),
        "components.radnlp_bert_keys.max_length": 64,
        "training.max_epochs": 8,
        "training.eval_frequency": 24,
        "training.batcher.size": 8,
        "training.optimizer.learn_rate": 0.003,
    }
    train(place / "config.cfg", place / "out", overrides=settings)
    return place / "out" / "model-best"


@pytest.fixture(scope="module")
def nlp(trained):
    return spacy.load(trained)


def scores(doc):
    return [doc.cats[key] for key in ("nodules", "consolidation", "pleural_effusion", "mass")]


def test_spacy_train_learns_the_keys(trained):
    card = json.loads((trained / "radnlp_bert_keys" / "card.json").read_text("utf-8"))
    assert card["scores"]["macro_f1"] > 0.9
    assert (card["schema"], len(card["answers"])) == ("chest_ct", 4)


def test_nothing_written_is_a_pickle(trained):
    names = {path.name for path in (trained / "radnlp_bert_keys").iterdir()}
    assert {"config.json", "tokenizer.json", "model.safetensors", "card.json"} <= names
    for path in trained.rglob("*"):
        assert not path.is_file() or path.read_bytes()[:2] not in (b"\x80\x04", b"PK")
        assert path.name != "model", "thinc's own file of weights"


def test_the_provider_bert_reads_the_same_folder(trained):
    settings = {"keys": {"model_path": str(trained / "radnlp_bert_keys"), "policy": "deny", "threads": 1}}
    extraction = radnlp.extract(TEXTS[0], schema="chest_ct", keys="bert", settings=settings)
    assert {f.key: f.status for f in extraction.findings} == {"mass": "present", "pleural_effusion": "absent"}


def test_the_same_weights_give_the_same_scores_on_every_way(trained, nlp, tmp_path):
    from radnlp_transformers.keys.head import AttentionHead
    from radnlp_transformers.keys.model import load
    from radnlp_transformers.keys.scorer import Options, Scorer

    alone = [scores(nlp(text)) for text in TEXTS]
    piped = [scores(doc) for doc in nlp.pipe(TEXTS)]
    packed = DocBin(store_user_data=True, docs=nlp.pipe(TEXTS)).to_bytes()
    unpacked = [scores(doc) for doc in DocBin().from_bytes(packed).get_docs(nlp.vocab)]
    stored = load(trained / "radnlp_bert_keys", AttentionHead, kind="keys")
    batch = [found.probabilities.tolist() for found in Scorer(stored, Options(threads=1)).score(TEXTS)]
    batch[2] = [0.0] * 4  # an empty report is asked about, and answered without the model
    nlp.to_disk(tmp_path / "again")
    code = (
        "import json, spacy, sys\n"
        "nlp = spacy.load(sys.argv[1])\n"
        "docs = [nlp(text) for text in json.loads(sys.argv[2])]\n"
        "print(json.dumps([[doc.cats[key] for key in ('nodules', 'consolidation', 'pleural_effusion', 'mass')]"
        " for doc in docs]))"
    )
    given = [sys.executable, "-c", code, str(tmp_path / "again"), json.dumps(TEXTS)]
    done = subprocess.run(given, capture_output=True, text=True, check=True)
    fresh = json.loads(done.stdout.splitlines()[-1])
    copied = [scores(doc) for doc in spacy.blank("xx").from_config(nlp.config).from_bytes(nlp.to_bytes()).pipe(TEXTS)]
    for other in (piped, unpacked, batch, fresh, copied):
        assert torch.allclose(torch.tensor(other), torch.tensor(alone), atol=1e-5)


def test_what_spacy_reads_for_training_is_what_the_transformer_sees(trained, nlp):
    pipe = nlp.get_pipe("radnlp_bert_keys")
    doc = nlp.make_doc(TEXTS[3])
    (spans,) = pipe.model.attrs["get_spans"]([doc])
    assert len(spans) > 1
    assert {token.i for span in spans for token in span} == set(range(len(doc)))
    read = pipe.model.predict([doc])
    assert read.wordpieces.input_ids.shape[1] <= 64


def test_a_pickle_beside_the_model_is_refused(trained, tmp_path):
    folder = shutil.copytree(trained, tmp_path / "model")
    (folder / "radnlp_bert_keys" / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ConfigError, match=r"pytorch_model\.bin: a pickle can run code"):
        spacy.load(folder)


def test_a_component_without_an_encoder_says_what_to_set():
    nlp = spacy.blank("xx")
    given = {"schema_id": "chest_ct", "schema_version": "1.0.0", "keys": ["mass"]}
    nlp.add_pipe("radnlp_bert_keys", config=given)
    with pytest.raises(ConfigError, match=r"set components\.radnlp_bert_keys\.encoder to a folder"):
        nlp.initialize()
