"""Invented reports, and tiny models trained on them once for all tests."""

import json
import os
import random
from types import SimpleNamespace

import pytest

try:
    import torch
except ModuleNotFoundError:  # then none of these tests is collected (conftest.py of the plugin)
    pass
else:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    torch.set_num_threads(1)

PLACES = ("right upper lobe", "left lower lobe", "right middle lobe", "both lungs", "left upper lobe")
#: Key of chest_ct -> how a report names it.
FINDINGS = {
    "nodules": ("nodule", "nodules"),
    "consolidation": ("consolidation", "consolidative opacity"),
    "pleural_effusion": ("pleural effusion", "pleural fluid"),
    "mass": ("mass", "mass lesion"),
}


def invented(count, *, seed):
    """Reports of some sentences, each about a finding that is there or is denied, with the asserted keys."""
    lot = random.Random(seed)
    rows = []
    for number in range(count):
        sentences, asserted = ["Chest CT with contrast."], set()
        for key in lot.sample(sorted(FINDINGS), k=lot.randint(1, 3)):
            words = lot.choice(FINDINGS[key])
            if lot.random() < 0.6:
                sentences.append(f"There is {words} in the {lot.choice(PLACES)}.")
                asserted.add(key)
            else:
                sentences.append(f"No {words} is seen.")
        lot.shuffle(sentences)
        rows.append({"id": f"r{number}", "text": " ".join(sentences), "asserted": sorted(asserted)})
    return rows


@pytest.fixture(scope="session")
def cli():
    """Runs a command line of radnlp; the exit status comes back."""
    from radnlp.cli.main import main

    return lambda *arguments: main([str(argument) for argument in arguments])


@pytest.fixture(scope="session")
def road(tmp_path_factory, cli):
    """The whole road on 120 invented reports: labels, tokenizer, pre-training, fine-tuning. A few seconds."""
    place = tmp_path_factory.mktemp("road")
    reports = place / "reports.jsonl"
    rows = invented(120, seed=1)
    reports.write_text("".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows), "utf-8")
    labels, tokenizer, encoder, model = (place / name for name in ("labels.jsonl", "tokenizer", "encoder", "model"))
    assert cli("train", "labels", reports, "--schema", "chest_ct", "--policy", "keyword", "-o", labels) == 0
    assert cli("train", "tokenizer", reports, "--size", 400, "--lowercase", "--max-length", 64, "-o", tokenizer) == 0
    common = ("--device", "cpu", "--threads", 1, "--seed", 3)
    pretraining = ("--size", "tiny", "--max-length", 64, "--epochs", 2, "--batch-size", 16, "--learning-rate", 3e-3)
    assert cli("train", "pretrain", reports, "--tokenizer", tokenizer, *pretraining, *common, "-o", encoder) == 0
    fitting = ("--max-length", 64, "--epochs", 12, "--batch-size", 8, "--learning-rate", 3e-3, "--leave-out", UNUSED)
    given = ("--schema", "chest_ct", "--encoder", encoder, "-o", model)
    assert cli("train", "keys", labels, *given, *fitting, *common) == 0
    return SimpleNamespace(
        place=place, reports=reports, labels=labels, tokenizer=tokenizer, encoder=encoder, model=model, rows=rows
    )


UNUSED = ",".join(
    (
        "ggo",
        "atelectasis",
        "fibrosis",
        "bronchiectasis",
        "bronchial_wall_thickening",
        "interstitial_thickening",
        "pleural_thickening",
    )
)
