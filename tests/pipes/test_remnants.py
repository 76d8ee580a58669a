"""A tumour named once, of which later words tell whether it is there."""

import pytest


def status(nlp, text, key="glioma"):
    return {finding.key: finding.status for finding in nlp(text)._.rad.findings}.get(key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GBM, s/p op. No enhancing lesion.", "historical"),
        ("GBM, s/p op. Enhancing lesion at the resection margin.", "present"),
        ("GBM, s/p op. Residual tumor in the left frontal lobe.", "present"),
        ("GBM, s/p op. Suspicious recurrence at the resection margin.", "uncertain"),
        ("GBM, s/p op. Enhancing nodule, r/o recurrence.", "uncertain"),
        ("GBM, s/p op. No evidence of tumor recurrence.", "historical"),
        ("GBM, s/p op. Thin enhancement of the cavity, postoperative change.", "historical"),
        ("교모세포종 수술 후 상태. 조영증강 병변이 새로 생김.", "present"),
        ("교모세포종 수술 후 상태. 재발 의심.", "uncertain"),
    ],
)
def test_an_operated_tumour_is_there_when_other_words_say_so(brain_mri, text, expected):
    assert status(brain_mri, text) == expected


def test_the_naming_mention_shows_the_words_as_a_cue(brain_mri):
    (mention,) = [m for m in brain_mri("GBM, s/p op. Residual tumor at the margin.")._.rad.mentions if m.status]
    assert [(cue.category, cue.text) for cue in mention.cues][-1] == ("asserted", "Residual tumor")


def test_a_benign_tumour_too(brain_mri):
    assert status(brain_mri, "Meningioma, s/p op. Residual tumor, no change.", "non_malignant_tumor") == "present"


def test_a_lesion_of_something_else_that_is_there_is_not_it(brain_mri):
    found = brain_mri("GBM, s/p op. Enhancing mass at the left CPA, vestibular schwannoma.")._.rad.findings
    assert {finding.key: finding.status for finding in found} == {
        "glioma": "historical",
        "non_malignant_tumor": "present",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PCNSL. The enhancing lesion of the left thalamus has disappeared.", "historical"),
        ("PCNSL. The enhancing lesion of the left thalamus has disappeared. The others are stable.", "present"),
        ("PCNSL. The enhancing lesion of the left thalamus has decreased.", "present"),
    ],
)
def test_a_lasting_tumour_is_of_the_past_when_all_its_lesions_are_gone(brain_mri, text, expected):
    assert status(brain_mri, text, "lymphoma") == expected


def test_of_another_disease_a_change_must_be_told(brain_mri):
    drained = "뇌농양으로 배액술 시행."
    assert status(brain_mri, drained, "infection_inflammation") == "historical"
    assert status(brain_mri, f"{drained} 병변의 크기는 감소함.", "infection_inflammation") == "present"


def test_the_history_itself_tells_of_no_remnant(brain_mri):
    assert status(brain_mri, "C/I: GBM, s/p op, residual tumor\n1. Both maxillary sinusitis.") == "historical"


def test_a_schema_without_referred_keys_is_left_alone(chest_ct):
    found = chest_ct("History of effusion. Enhancing lesion, increased.")._.rad.findings
    assert [finding.status for finding in found] == ["historical"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Known brain metastasis.\nNo enhancing lesion.", "historical"),
        ("Brain metastasis, s/p GKS.\n1. Left cerebellar metastasis: no longer seen.\n2. No new lesion.", "historical"),
        ("1. Metastasis in the skull.\n2. No enhancing lesion.", "present"),
        ("Brain metastasis, s/p GKS.\nIncreased enhancement, r/o tumor progression.", "uncertain"),
        ("Metastasis, left frontal.\n1. Decreased size.\n2. r/o hemorrhage in the tumor.", "present"),
        ("Brain metastasis, s/p GKS.\nIncreased enhancement.\nDDx.\n1) recurrence\n2) radiation necrosis", "uncertain"),
    ],
)
def test_what_a_report_opens_with_is_known_from_before(brain_mri, text, expected):
    assert status(brain_mri, text, "metastasis") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GBM, s/p op.\nRadiation necrosis rather than tumor recurrence.", "uncertain"),
        ("GBM, s/p op.\n재발이나 잔존 종양을 시사하는 소견 없음.", "historical"),
        ("GBM, s/p op.\n종양의 잔존이나 재발 없음.", "historical"),
        ("GBM, s/p op.\n잔존 종양은 변화 없음.", "present"),
    ],
)
def test_recurrence_denied_or_decided_against(brain_mri, text, expected):
    assert status(brain_mri, text) == expected
