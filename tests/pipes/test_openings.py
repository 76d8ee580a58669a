"""The first line of a report: the question, and what the patient is known to have."""

import pytest


def found(nlp, text):
    return {finding.key: finding.status for finding in nlp(text)._.rad.findings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F/58, lung cancer, r/o brain metastasis.\nNo enhancing lesion.", {}),
        ("R/O brain metastasis\n1. No abnormal enhancing lesion.", {}),
        ("Headache, r/o SAH\nNo intracranial hemorrhage.", {"hemorrhage_vascular": "absent"}),
        ("71/M\nr/o infarction\n1. Aneurysm of the left MCA.", {"hemorrhage_vascular": "present"}),
    ],
)
def test_a_suspicion_that_the_report_answers_is_its_question(brain_mri, text, expected):
    assert found(brain_mri, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R/O metastasis.", {"metastasis": "uncertain"}),
        ("Tiny enhancing nodule, r/o metastasis.\nNo leptomeningeal seeding.", {"metastasis": "uncertain"}),
        ("R/O glioma, left frontal lobe.\n1. Size: 3 cm.", {"glioma": "uncertain"}),
        ("1. R/O metastasis\n2. No hemorrhage.", {"metastasis": "uncertain", "hemorrhage_vascular": "absent"}),
        ("Conclusion: r/o metastasis\n1. Follow-up.", {"metastasis": "uncertain"}),
    ],
)
def test_a_suspicion_about_a_lesion_is_a_finding(brain_mri, text, expected):
    assert found(brain_mri, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Glioblastoma. S/P op.\nNo enhancing lesion.", {"glioma": "historical"}),
        ("K/C of GBM\n1. S/P op. No recurrence.", {"glioma": "historical"}),
        ("Meningioma. S/P op.\nNo recurrence.", {"non_malignant_tumor": "historical"}),
        ("Glioblastoma. S/P op. 1 day ago.\nr/o residual tumor.", {"glioma": "uncertain"}),
        ("Glioblastoma.\nS/P op. for meningioma.", {"glioma": "present", "non_malignant_tumor": "historical"}),
        ("Infarction.\nS/P op.", {"stroke": "present"}),
    ],
)
def test_a_treatment_told_right_behind_the_name(brain_mri, text, expected):
    assert found(brain_mri, text) == expected


def test_chest_reports_too(chest_ct):
    assert found(chest_ct, "M/60, r/o pleural effusion\nNo effusion.") == {"pleural_effusion": "absent"}
    assert found(chest_ct, "Small opacity.\nDDx.\n 1) consolidation\n 2) mass\nEffusion.") == {
        "consolidation": "uncertain",
        "mass": "uncertain",
        "pleural_effusion": "present",
    }
