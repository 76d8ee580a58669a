"""What the words around a finding say of it: one line for each error that the cues once made. The marks say entity and
status, and the values where the line names a place.
"""

import pytest

from radnlp.testing import differences, parse_markup

LINES = [
    # seen, in the words of translated reports
    "[Pleural effusion](pleural_effusion absent) was not monitored.",
    "In both lungs, [nodule](nodules absent) or [mass](mass absent) could not be selected.",
    "A few [nodules](nodules present) were observed, [pleural effusion](pleural_effusion absent) was not observed.",
    "[GGO](ggo present) is observed, which was not observed in the previous examination.",
    "[Nodule](nodules present), not seen previously.",
    "Linear density evaluated as [atelectasis](atelectasis present).",
    "A density consistent with [consolidation](consolidation present).",
    "A density that may be compatible with [consolidation](consolidation uncertain).",
    # a bare "not"
    "The opacity does not represent a [mass](mass absent).",
    "Not only [nodules](nodules present) but [consolidation](consolidation present).",
    "The [nodule](nodules present) is not calcified.",
    "The patient denied an earlier [effusion](pleural_effusion absent).",
    # headings and answers
    "Absent are [effusion](pleural_effusion absent) and [consolidation](consolidation absent).",
    "The lungs are negative for [air-space disease](consolidation absent).",
    "[Mass](mass absent): no",
    "[Honeycombing](fibrosis absent) and [bronchiectasis](bronchiectasis absent) are lacking.",
    "Small [effusion](pleural_effusion present) on the right, none on the left.",
    # gone, or nearly
    "An [effusion](pleural_effusion absent) was present but has resolved.",
    "The [effusion](pleural_effusion absent) has decreased and is no longer seen.",
    "The [effusion](pleural_effusion present) has decreased but not completely resolved.",
    "Resolved [consolidation](consolidation absent).",
    "[Nodule](nodules present) stable, [effusion](pleural_effusion absent) resolved.",
    "One of the [nodules](nodules present): one of them has disappeared.",
    "Near resolution of [GGO](ggo present).",
    # where a denial ends
    "No cavitation in the [mass](mass present).",
    "No central lesion to explain the [collapse](atelectasis present).",
    "No pneumothorax, small [effusion](pleural_effusion present).",
    "No fracture, only a [nodule](nodules present).",
    "[Fibrosis](fibrosis present) but no [mass](mass absent).",
    "Nothing but a [nodule](nodules present).",
    # doubt, and where it ends
    "[Nodule](nodules present) in the left lung, [effusion](pleural_effusion uncertain) cannot be excluded.",
    "[GGO](ggo uncertain), [mass](mass uncertain), or [effusion](pleural_effusion uncertain) cannot be excluded.",
    "It cannot be excluded that a [mass](mass uncertain) is hidden.",
    "[Effusion](pleural_effusion present) in the fissure is most likely reactive.",
    "[Consolidation](consolidation uncertain) is less likely.",
    "The opacity is likely [atelectasis](atelectasis uncertain).",
    "Beginning [fibrosis](fibrosis uncertain) possible there.",
    "[Bronchiectasis](bronchiectasis uncertain) there is suspected.",
    "[Consolidation](consolidation present), probable pneumonia.",
    "[Atelectasis](atelectasis uncertain) may contribute.",
    "Whether it is a [scar](fibrosis uncertain) remains open.",
    "[Effusion](pleural_effusion uncertain) on the left possible, hardly separable from the diaphragm.",
    # the past
    "An [effusion](pleural_effusion historical) had been drained.",
    "Status post resection of a benign [mass](mass historical).",
    "s/p lobectomy, [atelectasis](atelectasis present).",
    "h/o breast cancer, [nodules](nodules present).",
    # an organ's heading ends the history
    "History: cough.\nLungs: [nodule](nodules present).",
    # Korean
    "RUL [nodule](nodules present located_in=rul), 전이 의심.",
    "[nodule](nodules present), [scar](fibrosis uncertain) 의심.",
    "[GGO](ggo absent)도 더 이상 보이지 않음",
    "[GGO](ggo uncertain) 의심되며 [흉수](pleural_effusion absent) 없음.",
    "[Mass](mass present) 내부에 calcification 없음.",
    "[결절](nodules present)뿐만 아니라 [흉수](pleural_effusion present)도 있음.",
    "[Mass](mass absent)가 아니라 [atelectasis](atelectasis present)임.",
    "[흉수](pleural_effusion uncertain)를 완전히 배제할 수 없음.",
    "[Atelectasis](atelectasis absent)의 증거 없음",
    "[mass](mass absent)를 의심할 소견은 없음.",
    "[흉수](pleural_effusion absent) X",
    "음성 소견: [결절](nodules absent)",
    # what did not come, or is gone
    "[Effusion](pleural_effusion absent) has not developed. [Atelectasis](atelectasis absent) has not recurred.",
    "[Consolidation](consolidation absent) is not among the findings.",
    "The [atelectasis](atelectasis absent) described in 2019 has re-expanded.",
    "[Nodule](nodules absent) no longer demonstrable.",
    "[Interstitial thickening](interstitial_thickening absent) not convincingly present.",
    "[Effusion](pleural_effusion absent): -. [Nodule](nodules present): +, RUL.",
    "[Consolidation](consolidation absent)-free lungs.",
    "Nipple shadow mimics a [nodule](nodules absent).",
    "Resected [mass](mass historical) in the LUL, no recurrence.",
    # questions and conditions
    "Is there a [mass](mass excluded)? No [mass](mass absent).",
    "Request: exclude pulmonary [mass](mass excluded).",
    "Should an [effusion](pleural_effusion excluded) develop, drainage.",
    "CT in 6 months to follow the [ground-glass nodule](nodules excluded; ggo excluded).",
    # lesions of other organs
    "Cystic [mass](mass excluded) of the left ovary. Splenic granulomas.",
    "Lymph nodes containing [granulomas](nodules excluded) in the mediastinum.",
    "Consolidated fracture of the 5th rib. [Scar](fibrosis excluded) of the abdominal wall.",
    "Rt. adrenal 2.4 cm [mass](mass excluded), r/o metastasis",
    "Hypodense [nodules](nodules excluded) are observed in both thyroid lobes.",
]


@pytest.mark.parametrize("line", LINES)
def test_line(chest_ct, line):
    marked = parse_markup(line)
    assert differences(marked, chest_ct(marked.text)._.rad) == []
