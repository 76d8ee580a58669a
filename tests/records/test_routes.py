"""The routing trace of a mapper that asks others: out as JSON and back, and on the finding as its score."""

import pytest

from radnlp.hooks import default_catalogue
from radnlp.pipes.draft import Draft
from radnlp.pipes.findings import FindingStage
from radnlp.records import KeyPrediction, MappingResult, Report, Route
from radnlp.records.wire import from_json, to_dict, to_json

ASKED = Route(key="mass", score=0.7, why=("no place found",), first="rules", asked="llama", end="differs")
KEPT = Route(key="nodules", score=0.9, first="rules", end="sure")


@pytest.fixture(scope="module")
def chest_ct_schema():
    return default_catalogue().vocabulary("chest_ct")


def finished(schema, *routes, score=None):
    draft = Draft(report=Report(id="r1", text="Nodule and mass."))
    draft.keys = tuple(KeyPrediction(key=key, status="present", score=score) for key in ("nodules", "mass"))
    draft.mapping = MappingResult(routes=routes)
    draft.providers = {"keys": {"name": "rules"}}
    FindingStage(schema, digest="", version="0").work([draft])
    return draft.extraction


def test_a_route_comes_back_as_it_was_written(chest_ct_schema):
    extraction = finished(chest_ct_schema, KEPT, ASKED)
    assert from_json(to_json(extraction)).routes == (KEPT, ASKED)


def test_who_asks_nobody_writes_none(chest_ct_schema):
    assert "routes" not in to_dict(finished(chest_ct_schema))


def test_the_score_of_a_finding_is_how_sure_its_mapper_is(chest_ct_schema):
    nodules, mass = finished(chest_ct_schema, KEPT, ASKED).findings
    assert nodules.score == 0.9
    assert mass.score == 0.3, "another answer was taken than the one that is right with 0.7"


def test_with_a_score_of_the_classifier_the_lower_one_counts(chest_ct_schema):
    nodules, mass = finished(chest_ct_schema, KEPT, ASKED, score=0.6).findings
    assert (nodules.score, mass.score) == (0.6, 0.3)


def test_without_routes_the_classifiers_score_stands(chest_ct_schema):
    assert [finding.score for finding in finished(chest_ct_schema, score=0.6).findings] == [0.6, 0.6]
