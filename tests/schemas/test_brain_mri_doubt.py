"""One-line brain MRI reports that weigh readings against each other, or tell of the past."""

import pytest

from radnlp.testing import differences, parse_markup

LINES = [
    # a list of readings
    "DDx.\n 1) [glioblastoma](glioma uncertain)\n 2) [lymphoma](lymphoma uncertain)\nNo [seeding](metastasis absent).",
    "R/O\n#1. [glioma](glioma uncertain)\n#2. [demyelinating disease](demyelinating uncertain)",
    "감별진단:\n - [전이](metastasis uncertain)\n - [농양](infection_inflammation uncertain)",
    "Differential diagnoses are as follows.\n1) [GBM](glioma uncertain)\n2) [lymphoma](lymphoma uncertain)",
    "1st: [lymphoma](lymphoma uncertain)\n2nd: [glioma](glioma uncertain)",
    "[Encephalitis](infection_inflammation uncertain) first, [infarction](stroke uncertain) second.",
    # side by side
    "[Lymphoma](lymphoma uncertain) > [glioma](glioma uncertain)",
    "[Multiple metastases](metastasis present), left > right.",
    "[Glioma](glioma uncertain) or [lymphoma](lymphoma uncertain).",
    "[Metastases](metastasis present) in the frontal or parietal lobe.",
    "No [hemorrhage](hemorrhage_vascular absent) or [infarction](stroke absent).",
    "[출혈](hemorrhage_vascular absent) 또는 [경색](stroke absent)은 없음.",
    "[전이](metastasis uncertain) 또는 [농양](infection_inflammation uncertain).",
    "[Meningitis](infection_inflammation uncertain), more likely than [seeding](metastasis uncertain).",
    "[Lymphoma](lymphoma uncertain) is favored over [glioma](glioma uncertain).",
    "More in keeping with [meningitis](infection_inflammation uncertain) than with [seeding](metastasis uncertain).",
    "[SVD](hemorrhage_vascular uncertain) or [MS](demyelinating uncertain), indeterminate.",
    "[Infarct](stroke uncertain), cannot be differentiated from [encephalitis](infection_inflammation uncertain).",
    "[림프종](lymphoma uncertain), [교모세포종](glioma uncertain) 등을 고려할 수 있음.",
    "[림프종](lymphoma uncertain)과 [교모세포종](glioma uncertain)의 감별이 필요함.",
    "[ADEM](demyelinating uncertain) is favored; [vasculitis](infection_inflammation uncertain) is possible.",
    # decided against, yet in doubt; what it is, is not
    "[Abscess](infection_inflammation present) rather than [metastasis](metastasis uncertain).",
    "[전이](metastasis uncertain)보다는 [농양](infection_inflammation uncertain)의 가능성이 높음.",
    "[전이](metastasis absent)로 보기 어려움.",
    "[뇌경색](stroke uncertain)은 아닐 것으로 생각됨.",
    "[Metastasis](metastasis uncertain) 여부 불분명.",
    # what the patient had
    "The patient had [meningitis](infection_inflammation historical) in childhood.",
    "The [aneurysm](hemorrhage_vascular historical) was clipped in 2019.",
    "뇌종양 ([GBM](glioma historical)) 수술력.",
    "F/U for [meningioma](non_malignant_tumor excluded).",
]


@pytest.mark.parametrize("line", LINES)
def test_line(brain_mri, line):
    marked = parse_markup(line)
    assert differences(marked, brain_mri(marked.text)._.rad) == []
