"""Scores key by key: the same numbers as the metrics, with intervals of their own."""

import pytest

from radnlp.evaluation.keywise import Counts, figures, key_scores, matrix
from radnlp.evaluation.metrics.keys import KeyMetric
from radnlp.evaluation.metrics.relations import RelationMetric
from radnlp.hooks import default_catalogue
from radnlp.records import Extraction, Finding

SCHEMA = default_catalogue().schema("chest_ct")[0]
LOCATED = next(relation for relation in SCHEMA.relations if relation.id == "located_in")


def report(*findings):
    found = (
        Finding(key=key, status=status, values={"located_in": tuple(values)} if values else {})
        for key, status, *values in findings
    )
    return Extraction(report_id="r", schema="chest_ct", schema_version="", findings=tuple(found))


PAIRS = [
    (report(("nodules", "present", "rul", "lll")), report(("nodules", "present", "rul"))),
    (report(("nodules", "present", "bll")), report(("nodules", "present", "rll", "lll"))),
    (report(("mass", "absent")), report(("mass", "uncertain", "rul"))),
    (report(("ggo", "present")), report()),
]


def test_f1_of_each_key_is_that_of_the_metrics():
    for relation, metric, column in ((None, KeyMetric(SCHEMA), "f1"), (LOCATED, RelationMetric(SCHEMA), "f1")):
        rows = metric.rows([sum(numbers) for numbers in zip(*(metric.count(*pair) for pair in PAIRS), strict=True)])
        scores = key_scores(PAIRS, SCHEMA, relation, draws=20, seed=1)
        for key, score in scores.keys.items():
            assert score.f1.value == pytest.approx(rows[key][column])
            assert score.f1.value == pytest.approx(score.counts.f1)
            assert score.f1.low <= score.f1.value <= score.f1.high


def test_keys_that_neither_side_has_are_left_out():
    assert list(key_scores(PAIRS, SCHEMA, draws=5, seed=1).keys) == ["nodules", "ggo", "mass"]


def test_compound_values_are_counted_by_their_parts():
    found = matrix(PAIRS, SCHEMA, LOCATED)
    assert "bll" not in found.values
    assert found.cells["nodules", "lll"] == Counts(right=1, predicted=1, gold=2)
    assert found.cells["nodules", "rll"] == Counts(right=1, predicted=1, gold=1)
    assert found.cells["mass", "rul"] == Counts(right=0, predicted=1, gold=0)
    assert ("ggo", "rul") not in found.cells


def test_the_margins_add_up():
    found = matrix(PAIRS, SCHEMA, LOCATED)
    for name in ("right", "predicted", "gold"):
        cells = sum(getattr(counts, name) for counts in found.cells.values())
        assert cells == sum(getattr(counts, name) for counts in found.key_totals.values())
        assert cells == sum(getattr(counts, name) for counts in found.value_totals.values())
        assert cells == getattr(found.total, name)


def test_every_split_and_system_has_its_figures(result):
    (drawn,) = figures(result)
    assert list(drawn) == ["cooccurrence", "rules"]
    assert [scores.relation for scores in drawn["rules"].scores] == [None, "located_in"]
    assert [matrix.relation for matrix in drawn["rules"].matrices] == ["located_in"], "gold labels no sides"
