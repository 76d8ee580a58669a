"""A malignant tumour known from before stays positive, because its schema says so."""

import pytest

from radnlp.evaluation.metrics.keys import KeyMetric
from radnlp.evaluation.metrics.positives import is_positive, positive_keys
from radnlp.records import EntityKey, Extraction, Finding, Schema

BRAIN = Schema(
    id="brain_mri",
    version="1.0.0",
    title="Brain MRI",
    languages=("en",),
    source="",
    keys=(
        EntityKey(id="glioma", type="diagnosis", label="Glioma", lasting=True),
        EntityKey(id="stroke", type="diagnosis", label="Stroke"),
    ),
)


def brain(**statuses):
    findings = tuple(Finding(key=key, status=status) for key, status in statuses.items())
    return Extraction(report_id="r", schema="brain_mri", schema_version="1.0.0", findings=findings)


@pytest.mark.parametrize(("status", "expected"), [("present", True), ("uncertain", True), ("absent", False)])
def test_for_every_key_alike(status, expected):
    assert is_positive(BRAIN, "stroke", status) is is_positive(BRAIN, "glioma", status) is expected


def test_historical():
    assert positive_keys(BRAIN, brain(glioma="historical", stroke="historical")) == {"glioma"}


def test_a_key_that_the_schema_does_not_have():
    assert positive_keys(BRAIN, brain(nodules="historical")) == frozenset()


def test_an_operated_glioma_called_absent_is_a_miss():
    metric = KeyMetric(BRAIN)
    assert metric.correct(brain(glioma="historical"), brain(glioma="present")) is True
    assert metric.correct(brain(glioma="historical"), brain(glioma="absent")) is False
