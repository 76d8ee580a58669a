"""What lies within what, and what half a point is given for."""

import pytest

from radnlp.records import Extraction, Finding


def nodules(*values):
    found = Finding(key="nodules", status="present", values={"located_in": values})
    return Extraction(report_id="r", schema="chest_ct", schema_version="1.0.0", findings=(found,))


@pytest.mark.parametrize(
    ("gold", "said", "precision", "recall"),
    [
        (["right_lung"], ["rul"], 1 / 2, 1 / 2),
        (["rul"], ["right_lung"], 1 / 2, 1 / 2),
        (["left_lung"], ["left_lingula"], 1 / 2, 1 / 2),  # in lul, in left_lung
        (["lul"], ["left_lingula"], 1 / 2, 1 / 2),
        (["rul"], ["rll"], 0, 0),  # two lobes of one lung
        (["rul"], ["left_lung"], 0, 0),
        (["rul", "rml", "rll"], ["right_lung"], 1 / 2, 1 / 2),  # one value may be the match of several
        (["right_lung"], ["rul", "pleural"], 1 / 4, 1 / 2),
        (["right_lung", "rul"], ["rul"], 1, 3 / 4),
        (["bll"], ["right_lung"], 1 / 2, 1 / 4),  # rll and lll
        (["bll"], ["lll", "rll"], 1, 1),
    ],
)
def test_a_place_inside_the_right_place_is_half_right(scores, gold, said, precision, recall):
    actual = scores("hierarchy", [(nodules(*gold), nodules(*said))])
    assert (actual["micro_precision"], actual["micro_recall"]) == pytest.approx((precision, recall))


def test_another_key_is_no_match(scores):
    mass = Extraction(
        report_id="r",
        schema="chest_ct",
        schema_version="1.0.0",
        findings=(Finding(key="mass", status="present", values={"located_in": ("rul",)}),),
    )
    assert scores("hierarchy", [(nodules("rul"), mass)])["micro_f1"] == 0
