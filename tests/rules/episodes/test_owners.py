"""Whose an unnamed lesion is: what its sentence, its list item or the report names."""

import pytest


def episodes(nlp, text):
    return {
        finding.key: finding.values.get("has_episode", ())
        for finding in nlp(text)._.rad.findings
        if finding.key in ("glioma", "lymphoma", "metastasis")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The sentence itself.
        ("Enlarged mass, most likely GBM. Metastasis in the skull.", {"glioma": ("progression",), "metastasis": ()}),
        # The rest of the item, before the rest of the report.
        (
            "1. Enhancing mass, increased.\n -> meningioma\n2. Metastasis in the pons.",
            {"metastasis": ()},
        ),
        # What was named last before it.
        (
            "GBM in the left temporal lobe. Metastasis in the pons. The nodule is larger.",
            {"glioma": (), "metastasis": ("progression",)},
        ),
        # Where the findings lie tells two tumours from each other.
        (
            "[Findings]\nEnhancing mass in the sphenoid wing, increased.\nNodule in the vermis, decreased.\n"
            "[Conclusion]\n1. Meningioma, sphenoid wing.\n2. Metastasis, cerebellar vermis.",
            {"metastasis": ("improvement",)},
        ),
        # A report without such a tumour.
        ("Enhancing mass, increased. r/o schwannoma", {}),
    ],
)
def test_owner(brain_mri, text, expected):
    assert episodes(brain_mri, text) == expected


def test_a_lesion_with_haemorrhage_inside_is_not_a_haemorrhage(brain_mri):
    assert episodes(brain_mri, "Metastases. Enhancing nodule with internal hemorrhage, increased.") == {
        "metastasis": ("progression",)
    }
