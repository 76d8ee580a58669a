"""One JSON with all that another site needs."""

import hashlib
import json
from dataclasses import replace

from radnlp.evaluation.keywise import figures
from radnlp.evaluation.summary import gold_digest, summary


def test_it_is_json_without_any_nan(result):
    text = json.dumps(summary(result, figures(result)), allow_nan=False)
    assert json.loads(text)["format"] == 1


def test_experiment_data_versions_and_definitions_are_in_it(result):
    found = summary(result, figures(result))
    path = result.experiment.data.path
    assert found["experiment"] == result.experiment.path.read_text()
    assert found["data"]["file_digest"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found["data"]["reports"] == 4
    assert found["schema"]["digest"]
    assert found["versions"]["numpy"]
    assert found["metrics"]["relations"]["formula"]
    system = found["systems"][1]
    assert system["providers"]["relations"]["name"] == "rules"
    assert system["packages"]["radnlp-core"]
    assert system["schema"]["id"] == "chest_ct"
    assert len(system["predictions"]["digest"]) == 64


def test_scores_of_keys_and_values_are_in_it(result):
    (split,) = summary(result, figures(result))["splits"]
    keys = split["keys"]["cooccurrence"]
    assert keys["presence"]["nodules"] == {
        "f1": {"value": 1.0, "low": 1.0, "high": 1.0},
        "right": 2,
        "predicted": 2,
        "gold": 2,
    }
    assert keys["matrices"]["located_in"]["nodules"]["lll"] == {"f1": 0.0, "right": 0, "predicted": 1, "gold": 0}
    assert split["modulo"] == 1


def test_risk_and_coverage_are_in_it_for_systems_with_scores(result):
    (part,) = result.splits
    assert summary(result, figures(result))["splits"][0]["coverage"] == {}
    scored = [
        (gold, replace(said, findings=tuple(replace(finding, score=0.9) for finding in said.findings)))
        for gold, said in part.pairs["rules"]
    ]
    with_scores = replace(result, splits=(replace(part, pairs={"rules": scored}),))
    (split,) = summary(with_scores, figures(result))["splits"]
    assert split["coverage"]["rules"]["points"] == ((1.0, split["coverage"]["rules"]["area"]),)
    assert split["coverage"]["rules"]["scored"] == split["coverage"]["rules"]["findings"] > 0


def test_no_word_and_no_id_of_a_report_is_in_it(experiment):
    rows = {"SECRET1": ("A ZEBRA mass.", []), "SECRET2": ("No QUOKKA.", [])}
    text = json.dumps(summary(found := experiment(rows), figures(found)))
    for word in ("SECRET", "ZEBRA", "QUOKKA"):
        assert word not in text


def test_the_digest_of_the_gold_is_that_of_the_data_and_not_of_their_order(result, experiment):
    reports, gold = result.gold.reports, result.gold.gold
    assert gold_digest(reports, gold) == gold_digest(reports[::-1], gold[::-1])
    other = experiment({"r1": ("Nodule in the LUL.", [("nodules", "present", ["lul"], "Nodule")])})
    assert gold_digest(other.gold.reports, other.gold.gold) != gold_digest(reports[:1], gold[:1])
