"""Stage two: the mapper is asked for keys that are not absent, and its answers must be licensed."""

import pytest

from radnlp.records import Issue, MappingResult, Relation
from radnlp.testing import ScriptedMapper


def relation(value="rul", *, key="nodules", kind="located_in"):
    return Relation(key=key, type=kind, value=value, source="my_relations")


def answering(*relations, **more):
    return ScriptedMapper(lambda request: MappingResult(relations=relations, **more))


def test_absent_keys_are_not_asked_for(read):
    asked = []
    mapper = ScriptedMapper(lambda request: asked.append([p.key for p in request.keys]) or MappingResult())
    read("No nodule in RUL. Maybe mass.", "No nodule.", "Clear.", mapper=mapper)
    assert asked == [["mass"], [], []]


@pytest.mark.parametrize(
    "outside",
    [
        relation("right_kidney"),
        relation(key="mass"),  # a key that has no such relation
        relation(key="fracture"),
        relation(kind="has_episode"),
        relation("nodules"),
    ],
)
def test_what_the_schema_does_not_license_is_left_out_and_told(read, outside):
    (extraction,) = read("Nodule and mass in RUL.", mapper=answering(relation(), outside))
    assert [found.value for found in extraction.relations] == ["rul"]
    (issue,) = extraction.issues
    assert (issue.level, issue.stage, issue.code) == ("error", "relations", "outside_schema")
    assert f"'my_relations' answered {outside.key!r} -{outside.type!r}-> {outside.value!r}" in issue.message


def test_issues_of_the_mapper_are_the_reports(read):
    issue = Issue(level="warning", stage="relations", code="cut_off", message="the answer was cut off")
    (extraction,) = read("Nodule.", mapper=answering(issues=(issue,)))
    assert extraction.issues == (issue,)


def test_a_missing_answer_for_a_denied_key_changes_nothing_else(read):
    (extraction,) = read("Nodule.", mapper=answering(denied=("mass", "fracture")))
    assert [(finding.key, finding.status) for finding in extraction.findings] == [("nodules", "present")]
