"""One-line reports and what a radiologist takes from them. The marks say entity, status and, where meant, the
values."""

import pytest

from radnlp.testing import differences, parse_markup

LINES = [
    # change statements assert
    "No significant change of multiple [nodules](nodules present located_in=right_lung,left_lung) in both lungs",
    "No interval change in the [nodule](nodules present located_in=rul) in the RUL.",
    # resolution denies
    "[effusion](pleural_effusion absent) has resolved",
    "[Consolidation](consolidation absent) is no longer seen.",
    # doubt
    "cannot exclude a [nodule](nodules uncertain)",
    "A [nodule](nodules uncertain) cannot be excluded.",
    "[Nodule](nodules uncertain located_in=rml) (?) in RML",
    # a cue looks only one way
    "Pleura: No [effusion](pleural_effusion absent).",
    "[Effusion](pleural_effusion present): no [nodule](nodules absent).",
    # lists share their denial
    "No [effusion](pleural_effusion absent), [consolidation](consolidation absent) or [mass](mass absent).",
    "No [effusion](pleural_effusion absent) but [nodule](nodules present located_in=rul) in the RUL.",
    # one wording, two keys
    "[Ground-glass nodule](nodules present located_in=rll; ggo present located_in=rll) in the RLL.",
    # words of another organ
    "Thyroid nodule. Pericardial effusion. Adrenal mass.",
    # lists of places
    "[Nodules](nodules present located_in=rul,rml,lll) in RUL, RML and LLL.",
    "[Nodules](nodules present located_in=rul) in RUL; [GGO](ggo present located_in=lll) in LLL.",
    # sections
    "History: [effusion](pleural_effusion historical)",
    "Indication: r/o [mass](mass excluded)",
    "Recommendation: follow-up of the [nodule](nodules excluded)",
    # Korean and mixed
    "RUL에 [결절](nodules present located_in=rul) 있음. [흉수](pleural_effusion absent) 없음.",
    "[nodule](nodules present located_in=lll)은 LLL에 변화 없음",
]


@pytest.mark.parametrize("line", LINES)
def test_line(chest_ct, line):
    marked = parse_markup(line)
    assert differences(marked, chest_ct(marked.text)._.rad) == []
