"""What counts as a value of a report."""

import math

import pytest

from radnlp.evaluation.metrics.triples import triples
from radnlp.records import Extraction, Finding


def extraction(*findings):
    return Extraction(report_id="r", schema="chest_ct", schema_version="1.0.0", findings=findings)


def nodules(status, *values):
    return extraction(Finding(key="nodules", status=status, values={"located_in": values} if values else {}))


def test_compound_values_are_their_parts(schema):
    assert triples(schema, nodules("present", "bll", "rll")) == {
        ("nodules", "located_in", "rll"),
        ("nodules", "located_in", "lll"),
    }


def test_absent_findings_have_no_values_and_historical_ones_may(schema):
    assert triples(schema, nodules("absent", "rul")) == frozenset()
    assert triples(schema, nodules("historical", "rul")) == {("nodules", "located_in", "rul")}


@pytest.mark.parametrize("gold", [nodules("absent"), extraction()])
def test_values_of_a_key_that_gold_denies_or_does_not_name_are_inventions(scores, gold):
    actual = scores("relations", [(gold, nodules("present", "rul"))])
    assert (actual["micro_precision"], actual["micro_f1"], actual["accuracy"]) == (0, 0, 0)
    assert math.isnan(actual["micro_recall"])


def test_a_key_that_cannot_have_values_is_charged_for_them(scores):
    said = extraction(Finding(key="pleural_effusion", status="present", values={"located_in": ("rll",)}))
    assert scores("relations", [(extraction(), said)])["micro_precision"] == 0
