"""A key is what its mentions say."""

import pytest

from radnlp.rules.keys import RuleKeyClassifier


@pytest.fixture
def keys(schema, request_of):
    def classify(line):
        (answer,) = RuleKeyClassifier(schema).classify([request_of(line).view])
        return answer

    return classify


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        ("[Nodule](nodules present).", {"nodules": "present"}),
        ("No [nodule](nodules absent).", {"nodules": "absent"}),
        ("No [nodule](nodules absent). Possible [nodule](nodules uncertain).", {"nodules": "uncertain"}),
        ("Prior [mass](mass historical), possible [mass](mass uncertain).", {"mass": "uncertain"}),
        ("Prior [mass](mass historical), no [mass](mass absent).", {"mass": "historical"}),
        ("Possible [nodule](nodules uncertain), [nodule](nodules present).", {"nodules": "present"}),
        ("Check for [nodule](nodules excluded).", {}),
        ("Check for [nodule](nodules excluded), no [nodule](nodules absent).", {"nodules": "absent"}),
        ("The [RUL](rul) is clear.", {}),
        ("", {}),
    ],
)
def test_the_strongest_mention_decides(keys, line, statuses):
    assert {prediction.key: prediction.status for prediction in keys(line)} == statuses


def test_predictions_come_in_schema_order_without_a_score(keys):
    answer = keys("[Effusion](pleural_effusion present), [mass](mass present), no [nodule](nodules absent).")
    assert [prediction.key for prediction in answer] == ["nodules", "mass", "pleural_effusion"]
    assert {prediction.score for prediction in answer} == {None}


def test_the_evidence_is_the_mentions_of_that_status_in_text_order(keys):
    (answer,) = keys("[Nodule](nodules present), no [nodule](nodules absent), [nodules](nodules present).")
    assert [(span.start, span.end, span.text) for span in answer.evidence] == [(0, 6, "Nodule"), (19, 26, "nodules")]
