"""The whole road, from unlabelled reports to findings with a trained model."""

import json

import pytest

import radnlp

pytest.importorskip("torch")


def settings(road, policy):
    return {"keys": {"model_path": str(road.model), "policy": policy, "threads": 1}}


def positive(doc):
    return {finding.key for finding in doc._.rad.findings if finding.status in ("present", "uncertain")}


def test_the_card_says_what_the_model_is(road):
    card = json.loads((road.model / "card.json").read_text("utf-8"))
    assert (card["schema"], card["kind"], card["answers"][0]) == ("chest_ct", "keys", "nodules")
    assert card["data"]["reports"] + card["data"]["held_out"] == 120
    assert card["scores"]["macro_f1"] > 0.95
    assert len(card["digest"]) == 64


def test_keyword_labels_teach_what_is_named_and_not_what_is_denied(road):
    alone = radnlp.load("chest_ct", keys="bert", settings=settings(road, "alone"))
    deny = radnlp.load("chest_ct", keys="bert", settings=settings(road, "deny"))
    text = "Chest CT with contrast. There is mass in the left lower lobe. No pleural effusion is seen."
    assert positive(alone(text)) == {"mass", "pleural_effusion"}
    assert positive(deny(text)) == {"mass"}
    (effusion,) = [f for f in deny(text)._.rad.findings if f.key == "pleural_effusion"]
    assert (effusion.status, effusion.values) == ("absent", {})
