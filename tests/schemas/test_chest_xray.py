"""One-line radiographs and what a radiologist takes from them. The marks say entity, status and, where meant, the
side."""

import pytest

import radnlp
from radnlp.testing import differences, parse_markup

LINES = [
    # an enlarged heart, however it is put
    "[Cardiomegaly](cardiomegaly present).",
    "The [heart is mildly enlarged](cardiomegaly present).",
    "[Heart size appears moderately enlarged](cardiomegaly present).",
    "[Cardiac silhouette remains enlarged](cardiomegaly present), unchanged.",
    "[Heart size is persistently enlarged](cardiomegaly present).",
    "[Enlarged cardiomediastinal silhouette](cardiomegaly present).",
    "Mild [enlargement of the cardiac silhouette](cardiomegaly present).",
    "The [heart is slightly large](cardiomegaly present).",
    "[Size of the heart is increased](cardiomegaly present).",
    "[Borderline heart size](cardiomegaly present).",
    "Heart size is [upper limits of normal to mildly enlarged](cardiomegaly present).",
    "No [cardiomegaly](cardiomegaly absent).",
    # a heart that is not
    "The heart is normal in size. Heart size is top normal.",
    "Cardiac silhouette is at the upper limits of normal.",
    "Prominent right atrial contour. Large pericardial effusion.",
    # a density is an opacity, a nodular one too
    "[Density](infiltration present located_in=left) in the left base.",
    "[Nodular opacity](infiltration present located_in=right) in the right upper lobe.",
    "Retrocardiac [density](infiltration present).",
    "[Masslike opacification](mass present located_in=right; infiltration present located_in=right) of the right apex.",
    # bones and devices are left alone
    "Bone density is decreased. Bony densities over the left shoulder.",
    "Metallic densities over the left chest. Radiopaque density in the soft tissues.",
    "Collapse of the vertebral body. Vertebral collapse.",
    "Left chest port in place. [Nodule](nodule present located_in=right) in the right lung.",
    "Left-sided pacemaker. Small [effusion](pleural_effusion present).",
    # words of another organ or disease
    "Calcified splenic granulomas. Nipple shadows. Breast mass.",
    "Cystic fibrosis. Subcutaneous emphysema. Soft tissue edema.",
    "Surgical scar. Hiatal hernia repair.",
    # a scar of the pleura is a scar, a thick fissure is thick pleura
    "Apical [pleural scarring](fibrosis present).",
    "Mild [thickening of the minor fissure](pleural_thickening present).",
    "Biapical [pleural thickening](pleural_thickening present located_in=bilateral).",
    # collapse in any order
    "[Collapse](atelectasis present located_in=right) of the right lower lobe.",
    "Right middle lobe [collapse](atelectasis present located_in=right).",
    # sides
    "[Scarring](fibrosis present located_in=left) in the lingula.",
    "[Atelectasis](atelectasis present located_in=right) of the right middle and lower lobes.",
    "Bibasilar [atelectasis](atelectasis present located_in=bilateral).",
    "Bilateral [pleural effusions](pleural_effusion present located_in=bilateral).",
    "[Pleural effusions](pleural_effusion present located_in=bilateral), right greater than left.",
    "Left greater than right [effusions](pleural_effusion present located_in=bilateral).",
    "[Opacities](infiltration present located_in=bilateral) in both lower lungs.",
    "[Opacity](infiltration present located_in=right) in the right base compared to the left.",
    "No [pneumothorax](pneumothorax absent). Small right [effusion](pleural_effusion present located_in=right).",
]


@pytest.fixture(scope="module")
def chest_xray():
    """The default chest X-ray pipeline."""
    return radnlp.load("chest_xray")


@pytest.mark.parametrize("line", LINES)
def test_line(chest_xray, line):
    marked = parse_markup(line)
    assert differences(marked, chest_xray(marked.text)._.rad) == []
