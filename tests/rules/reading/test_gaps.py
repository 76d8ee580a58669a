"""What the words between a finding and a place say of the two."""

import pytest

from radnlp.rules.reading.gaps import read_gap

SIGNS = ("bare", "listed", "ranked", "leads", "tells", "claims", "closes", "joins", "parts")


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        # "RUL nodule": nothing but adjectives
        ("[RUL](rul) [nodule](nodules)", "bare"),
        ("[RUL](rul) small calcified [nodule](nodules)", "bare"),
        ("[우상엽](rul) [결절](nodules)", "bare"),
        ("[RUL](rul) " + "very " * 12 + "small [nodule](nodules)", ""),  # that is no adjective any more
        # a preposition ties the place to the finding before it
        ("[Nodule](nodules) in the [RUL](rul)", "leads"),
        ("[Nodule](nodules) is seen in the [RUL](rul)", "leads tells"),
        # a verb, a colon or a Korean particle ties the finding to the place before it
        ("[RUL](rul) shows [nodule](nodules)", "tells claims"),
        ("[RUL](rul): [nodule](nodules)", "tells claims"),
        ("[RUL](rul)： [nodule](nodules)", "tells claims"),
        ("[우상엽](rul)에 [결절](nodules)", "tells claims"),
        ("[RUL](rul) is, in [nodule](nodules)", "leads tells parts"),
        ("[RUL](rul) of the lung are [atelectatic](atelectasis)", "leads tells claims"),
        # the verb that ends what is said
        ("[결절](nodules)이 있으며 [우상엽](rul)", "bare closes"),
        # lists
        ("[RUL](rul) and [LLL](lll) [nodule](nodules)", "listed"),
        ("[Nodule](nodules) or [mass](mass)", "listed"),
        ("[RUL](rul)/[LLL](lll). [nodule](nodules)", "listed"),
        ("[우상엽](rul)과 [좌하엽](lll), [결절](nodules)", "listed"),
        ("[Nodule](nodules) 3 mm [RUL](rul)", "bare listed"),
        ("[RUL](rul) and LUL shows [nodules](nodules)", "tells claims"),
        # ranks, joins, parts
        ("[RUL](rul) > [LLL](lll). [nodule](nodules)", "ranked"),
        ("[Nodule](nodules) with [GGO](ggo)", "joins"),
        ("[Nodule](nodules), [RUL](rul)", "parts"),
        ("[Nodule](nodules) ([RUL](rul))", "parts"),
        ("[結節](nodules)、[右肺](right_lung)", "parts"),
    ],
)
def test_signs_of_a_gap(items_of, line, signs):
    text, items = items_of(line)
    one, other = items.found[:2]
    gap = read_gap(text, items, one.end, other.start)
    assert " ".join(sign for sign in SIGNS if getattr(gap, sign)) == signs


def test_a_gap_of_no_words(items_of):
    text, items = items_of("[Nodule](nodules) in [RUL](rul).")
    assert read_gap(text, items, 3, 3).bare
    assert not read_gap(text, items, 3, 3).leads
