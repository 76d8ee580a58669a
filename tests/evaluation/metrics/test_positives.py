"""A malignant tumour known from before stays positive in brain MRI, and nowhere else."""

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
    keys=(EntityKey(id="glioma", type="diagnosis", label="Glioma"), EntityKey(id="stroke", type="diagnosis", label="")),
)


def brain(**statuses):
    findings = tuple(Finding(key=key, status=status) for key, status in statuses.items())
    return Extraction(report_id="r", schema="brain_mri", schema_version="1.0.0", findings=findings)


@pytest.mark.parametrize(("status", "expected"), [("present", True), ("uncertain", True), ("absent", False)])
def test_for_every_key_alike(status, expected):
    assert is_positive("chest_ct", "nodules", status) is is_positive("brain_mri", "glioma", status) is expected


def test_historical():
    assert positive_keys("brain_mri", brain(glioma="historical", stroke="historical")) == {"glioma"}
    assert positive_keys("chest_ct", brain(glioma="historical")) == frozenset()


def test_an_operated_glioma_called_absent_is_a_miss():
    metric = KeyMetric(BRAIN)
    assert metric.correct(brain(glioma="historical"), brain(glioma="present")) is True
    assert metric.correct(brain(glioma="historical"), brain(glioma="absent")) is False
