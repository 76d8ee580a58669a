"""Marked reports: how a difference between the marks and an extraction is told."""

from radnlp.testing import differences, parse_markup


def test_agreement_and_every_kind_of_difference(chest_ct):
    def told(line):
        marked = parse_markup(line)
        return differences(marked, chest_ct(marked.text)._.rad)

    assert told("No [effusion](pleural_effusion absent). [Nodule](nodules present located_in=rul) in [RUL](rul).") == []
    assert told("No [effusion](pleural_effusion present).") == [
        "missing: pleural_effusion present [3-11] 'effusion'",
        "not marked: pleural_effusion absent [3-11] 'effusion'",
    ]
    assert told("[Nodule](nodules present located_in=lll) in RUL.") == [
        "nodules located_in: ['rul'] instead of ['lll']"
    ]
    assert told("[Nodule](nodules present located_in=) is seen.") == []
    assert told("[Nodule](nodules present located_in=) in RUL.") == ["nodules located_in: ['rul'] instead of []"]
    assert told("Nodule.") == ["not marked: nodules present [0-6] 'Nodule'"]
