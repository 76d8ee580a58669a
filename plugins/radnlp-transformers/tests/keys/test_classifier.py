"""The provider `bert` in a pipeline."""

import pytest

pytest.importorskip("torch")

from dataclasses import replace

from radnlp_transformers.folder.card import read_card

import radnlp
from radnlp.api import ConfigError, Report, ReportView, Sentence
from radnlp.hooks import default_catalogue
from radnlp.testing import check_entity_key_classifier

#: Words for a nodule that chest_ct has no term for, as a model may have learned them.
MASS = "Chest CT with contrast. There is mass in the left lower lobe. No pleural effusion is seen."


def settings(road, **more):
    return {"keys": {"model_path": str(road.model), "threads": 1, **more}}


@pytest.fixture(scope="module")
def nlp(road):
    return radnlp.load("chest_ct", keys="bert", settings=settings(road))


@pytest.fixture(scope="module")
def vocabulary():
    return default_catalogue().schema("chest_ct")


@pytest.mark.parametrize("policy", ["alone", "union", "intersection", "deny"])
def test_the_contract_is_kept(road, policy):
    offered = default_catalogue().entity_key_classifier("bert").item
    given = {**offered.settings, **settings(road, policy=policy)["keys"]}
    check_entity_key_classifier(replace(offered, settings=given))


def test_the_score_is_a_probability_and_the_sources_are_named(nlp, road):
    found = {finding.key: finding for finding in nlp(MASS)._.rad.findings}
    assert 0.5 < found["mass"].score <= 1
    assert found["mass"].sources == ("bert", "rules")
    assert (found["pleural_effusion"].status, found["pleural_effusion"].sources) == ("absent", ("rules",))
    provider = nlp(MASS)._.rad.provenance.providers["keys"]
    assert provider["distribution"] == "radnlp-transformers"
    assert provider["model"] == read_card(road.model).digest


def test_a_key_without_a_mention_is_present_with_evidence_from_attention(road, vocabulary):
    offered = default_catalogue().entity_key_classifier("bert").item
    classifier = offered.factory(*vocabulary, {**offered.settings, **settings(road)["keys"]})
    sentences = tuple(Sentence(index=i, start=a, end=b) for i, (a, b) in enumerate(((0, 23), (24, 60), (61, 90))))
    view = ReportView(report=Report(id="r", text=MASS), sections=(), sentences=sentences, mentions=())
    found = {prediction.key: prediction for prediction in classifier.classify([view])[0]}
    assert {key: prediction.status for key, prediction in found.items()} == {
        "mass": "present",
        "pleural_effusion": "present",  # the encoder alone does not understand the denial
    }
    words = {key: prediction.evidence[0].text for key, prediction in found.items()}
    assert words["mass"] == "mass"
    assert words["pleural_effusion"] in ("pleural effusion", "effusion", "pleural")
    assert all(MASS[e.start : e.end] == e.text for p in found.values() for e in p.evidence)


def test_an_empty_report_has_no_findings(nlp):
    assert nlp("")._.rad.findings == ()
    assert nlp(" \n ")._.rad.findings == ()


def test_a_long_report_is_read_to_its_end(nlp):
    filler = "No consolidation is seen. " * 300
    assert "mass" not in {finding.key for finding in nlp(filler)._.rad.findings}
    (mass,) = [finding for finding in nlp(filler + MASS)._.rad.findings if finding.key == "mass"]
    assert mass.evidence[0].start == len(filler) + MASS.index("mass")


def test_reports_get_the_same_answers_in_any_company(nlp):
    texts = [MASS, "", "No mass is seen. " * 40, "There is nodule in the right upper lobe.", MASS * 5]
    together = [doc._.rad.findings for doc in nlp.pipe(texts)]
    assert together == [nlp(text)._.rad.findings for text in texts]


def test_two_processes_say_the_same(nlp):
    """The parent has already used its threads, which a forked child does not have."""
    texts = [MASS, "There is nodule in the right upper lobe."] * 3
    together = [doc._.rad.findings for doc in nlp.pipe(texts, n_process=2, batch_size=2)]
    assert together == [nlp(text)._.rad.findings for text in texts]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model_path": None}, "bert needs a model: --set keys.model_path=FOLDER"),
        ({"policy": "both"}, "keys.policy='both': must be one of"),
        ({"batch_size": 0}, "keys.batch_size=0: must be 1 or more"),
        ({"threads": -1}, "threads -1: must be 0"),
        ({"precision": "int8"}, "precision 'int8': must be one of auto, float32, bfloat16"),
        ({"device": "tpu"}, "device 'tpu': must be one of auto, cpu, cuda"),
    ],
)
def test_a_setting_that_cannot_be(road, vocabulary, given, words):
    offered = default_catalogue().entity_key_classifier("bert").item
    with pytest.raises(ConfigError, match=words):
        offered.factory(*vocabulary, {**offered.settings, **settings(road, **given)["keys"]})


def test_a_setting_that_there_is_not(road):
    with pytest.raises(ConfigError, match=r"unknown setting 'keys\.modle_path'; did you mean 'keys\.model_path'"):
        radnlp.load("chest_ct", keys="bert", settings={"keys": {"modle_path": "x"}})


def test_without_a_model_nothing_changes():
    assert radnlp.extract("Mass in the RUL.", schema="chest_ct").provenance.providers["keys"]["name"] == "rules"
