"""The paper's baseline: whatever stands in one sentence belongs together."""

import pytest

from radnlp.rules.cooccurrence import CooccurrenceMapper

LINES = """
[Nodule](nodules present located_in=rul) in the [RUL](rul).
[Nodule](nodules present located_in=rul,lll) in the [RUL](rul), the [LLL](lll) is clear.
[Nodule](nodules present located_in=rul,lll) in [RUL](rul) but a [mass](mass present located_in=rul,lll) in [LLL](lll).
[Nodules](nodules present located_in=right_lung,left_lung) in [both lungs](right_lung;left_lung).
[Nodule](nodules present located_in=) is seen. The [RUL](rul) is clear.
No [nodule](nodules absent located_in=) in the [RUL](rul).
[Effusion](pleural_effusion present located_in=) on the [right](right_lung).
Follow-up of [nodule](nodules excluded located_in=lll) in the [RUL](rul). [Nodule](nodules present) in the [LLL](lll).
""".strip().splitlines()


@pytest.mark.parametrize("line", LINES)
def test_places(schema, places, line):
    found, wanted = places(CooccurrenceMapper(schema), line)
    assert found == wanted


def test_the_baseline_is_blind_to_status(schema, places):
    # As in the paper; the rules do better: a denied mention gives its place to a key that is there elsewhere.
    line = "No [nodule](nodules absent) in the [RUL](rul). [Nodule](nodules present) in the [LLL](lll)."
    assert places(CooccurrenceMapper(schema), line)[0] == {"nodules": {"rul", "lll"}}


def test_every_pair_is_a_relation_with_both_its_places(schema, request_of):
    request = request_of("[Nodule](nodules present) and [nodule](nodules present) in [RUL](rul).")
    (result,) = CooccurrenceMapper(schema).map([request])
    assert [(r.key_evidence[0].start, r.value_evidence[0].text, r.source, r.rule) for r in result.relations] == [
        (0, "RUL", "cooccurrence", "same sentence"),
        (11, "RUL", "cooccurrence", "same sentence"),
    ]


def test_one_answer_for_each_request(schema, request_of):
    requests = [request_of("[Nodule](nodules present) in [RUL](rul)."), request_of("Clear lungs.")]
    assert [len(result.relations) for result in CooccurrenceMapper(schema).map(requests)] == [1, 0]
    assert CooccurrenceMapper(schema).map([]) == []
