"""A report sentence by sentence: what one sentence leaves behind for the next, and where it is forgotten."""

import pytest

from radnlp.rules.reading import Reader


def placed(readings):
    """Finding and places of each reading."""
    return [f"{finding} {places}" for finding, places, _, _ in readings]


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("[Nodule](nodules) in the [RUL](rul).", ("Nodule", "rul", "RUL", "the place behind it")),
        ("[RUL](rul) [nodule](nodules).", ("nodule", "rul", "RUL", "the place before it")),
        (
            "[Upper lobe](bul) [nodule](nodules) on the [right](right_lung).",
            ("nodule", "rul", "Upper lobe + right", "the place before it and the place behind it"),
        ),
        (
            "[Pleural nodule](nodules;pleural).",
            ("Pleural nodule", "pleural", "Pleural nodule", "the place in its own words"),
        ),
        (
            "[Pleural nodule](nodules;pleural) in [RUL](rul).",
            (
                "Pleural nodule",
                "rul,pleural",
                "RUL + Pleural nodule",
                "the place behind it and the place in its own words",
            ),
        ),
        ("[RUL](rul): [nodule](nodules).", ("nodule", "rul", "RUL", "the place that opens the clause")),
        ("[우상엽](rul)에 [결절](nodules)이 있음.", ("결절", "rul", "우상엽", "the place that opens the clause")),
        (
            "[Right lung](right_lung): [nodule](nodules) in [lower lobes](bll).",
            ("nodule", "rll", "Right lung + lower lobes", "the place behind it"),
        ),
        (
            "[Nodules](nodules) in [both lungs](right_lung;left_lung), more on the [left](left_lung).",
            ("Nodules", "right_lung,left_lung", "both lungs + both lungs", "the place behind it"),
        ),
        (
            "[Bilateral](right_lung;left_lung) [nodules](nodules), more on the [left](left_lung).",
            ("nodules", "right_lung,left_lung", "Bilateral + Bilateral", "the place before it"),
        ),
    ],
)
def test_one_finding_its_places_their_words_and_the_way(read, line, reading):
    assert read(line) == [reading]


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        (
            "[Nodules](nodules) and [GGO](ggo) in the [RUL](rul).",
            ["shared with the finding behind it", "the place behind it"],
        ),
        (
            "[Nodule](nodules) in the [RUL](rul) with [GGO](ggo).",
            ["the place behind it", "shared with the finding before it"],
        ),
        (
            "[RLL](rll) [mass](mass), adjacent [atelectasis](atelectasis).",
            ["the place before it", "next to what stands there"],
        ),
        (
            "[Nodule](nodules) and [mass](mass) in the [RUL](rul) and [LLL](lll), respectively.",
            ["respectively", "respectively"],
        ),
        (
            "[Mass](mass) in the [RUL](rul). [Nodule](nodules) in the same lobe.",
            ["the place behind it", "the place named before"],
        ),
        ("[Nodules](nodules); [RUL](rul), [LLL](lll).", ["goes on about the finding"]),
    ],
)
def test_the_other_ways(read, line, ways):
    assert [way for *_, way in read(line)] == ways


@pytest.mark.parametrize(
    ("line", "found"),
    [
        # respectively: first to first; not of sizes, and not when the numbers differ
        ("[Nodule](nodules) and [mass](mass) in [RUL](rul) and [LLL](lll), respectively.", ["Nodule rul", "mass lll"]),
        ("[우상엽](rul)과 [좌하엽](lll)에 각각 [결절](nodules)과 [종괴](mass).", ["결절 rul", "종괴 lll"]),
        ("[Nodules](nodules) in [RUL](rul) and [LLL](lll), 3 and 5 mm respectively.", ["Nodules rul,lll"]),
        ("[Nodule](nodules) in [RUL](rul) and [LLL](lll), respectively.", ["Nodule rul,lll"]),
        ("Respectively, [nodule](nodules) in [RUL](rul).", ["nodule rul"]),
        # a clause break parts a finding from the place behind
        ("[Nodule](nodules) but the [RUL](rul) is clear.", []),
        ("[Nodule](nodules) in [RUL](rul); [mass](mass) in [LLL](lll).", ["Nodule rul", "mass lll"]),
        # what is said to be well, or of another organ
        ("[Nodule](nodules). The thyroid is large on the [right](right_lung).", []),
        ("[Nodule](nodules) in [RUL](rul), tumor in [LLL](lll).", ["Nodule rul"]),
        # adjacent to what was named in the sentence before
        ("[Mass](mass) in [RLL](rll). Adjacent [GGO](ggo).", ["Mass rll", "GGO rll"]),
        # it, the largest, others
        ("[Nodule](nodules). It is in the [RUL](rul).", ["Nodule rul"]),
        ("[Nodules](nodules) in [RUL](rul), the largest in the [LLL](lll).", ["Nodules rul", "Nodules lll"]),
        ("[Nodules](nodules) and [GGO](ggo). They are in [RUL](rul).", ["Nodules rul", "GGO rul"]),
        ("Located in the [RUL](rul).  [Nodule](nodules).", []),
        ("[Nodule](nodules). Stable. It is in the [RUL](rul).", ["Nodule rul"]),
        ("[결절](nodules). 그 병변은 [우상엽](rul)에 있음.", ["결절 rul"]),
        ("Tumor. It is in the [RUL](rul). [Nodule](nodules).", []),
        # a sentence that ends in a colon is followed by its places
        ("[Nodules](nodules):\n[RUL](rul), [LLL](lll)", ["Nodules rul,lll"]),
        ("[Nodules](nodules).\n[RUL](rul), [LLL](lll)", []),
        ("No [nodules](nodules absent):\n[RUL](rul), [LLL](lll)", []),
    ],
)
def test_findings_and_their_places(read, line, found):
    assert placed(read(line)) == found


def test_what_a_finding_is_taken_for_lies_where_that_lies(read):
    line = "[Opacity](consolidation) in the [RUL](rul). It is a [granuloma](nodules)."
    assert placed(read(line)) == ["Opacity rul", "granuloma rul"]


@pytest.mark.parametrize(
    ("report", "found"),
    [
        # the head of a list item holds for the sentences of its line
        ("[RUL](rul): [nodule](nodules). [GGO](ggo).", ["nodule rul", "GGO rul"]),
        ("[RUL](rul):\n[nodule](nodules)\n[GGO](ggo)", ["nodule rul", "GGO rul"]),
        ("[RUL](rul):\n- [nodule](nodules)\n- [GGO](ggo)", ["nodule rul", "GGO rul"]),
        ("[RUL](rul): [nodule](nodules)\n- [GGO](ggo)", ["nodule rul", "GGO rul"]),
        (
            "[Right lung](right_lung): [nodule](nodules) in [upper lobes](bul). [GGO](ggo).",
            ["nodule rul", "GGO right_lung"],
        ),
        # and ends with it: the next item, another title, an empty line
        ("[RUL](rul): [nodule](nodules)\n[GGO](ggo)", ["nodule rul"]),
        ("[RUL](rul): [nodule](nodules)\r[GGO](ggo)", ["nodule rul"]),
        ("1. [RUL](rul): [nodule](nodules)\n2. [GGO](ggo)", ["nodule rul"]),
        ("[RUL](rul): [nodule](nodules)\n[LLL](lll): [GGO](ggo)", ["nodule rul", "GGO lll"]),
        ("[RUL](rul):\n[nodule](nodules)\nPleura: [GGO](ggo)", ["nodule rul"]),
        ("[RUL](rul):\n[nodule](nodules)\n\n[GGO](ggo)", ["nodule rul"]),
        ("[RUL](rul): [nodule](nodules). Other: [GGO](ggo).", ["nodule rul"]),
        # a place that opens a sentence without a title holds for that sentence
        ("In the [RUL](rul) there is a [nodule](nodules) and [GGO](ggo). [Mass](mass).", ["nodule rul", "GGO rul"]),
    ],
)
def test_the_head_of_a_list_item(read, report, found):
    assert placed(read(report)) == found


def test_a_new_section_forgets_what_was_named(read):
    same, next_section = "{}It is in the [RUL](rul), [GGO](ggo) in the same lobe.", "IMPRESSION:\n"
    line = "FINDINGS:\n[Nodule](nodules) in the [LLL](lll).\n"
    assert placed(read(line + same.format(""))) == ["Nodule lll", "Nodule rul", "GGO rul"]
    assert placed(read(line + same.format(next_section))) == ["Nodule lll", "GGO rul"]
    assert placed(read(line + "[GGO](ggo) in the same lobe.")) == ["Nodule lll", "GGO lll"]
    assert placed(read(line + next_section + "[GGO](ggo) in the same lobe.")) == ["Nodule lll"]
    framed = "FINDINGS:\n[LLL](lll):\n- [nodule](nodules)\n{}- [GGO](ggo)"
    assert placed(read(framed.format(""))) == ["nodule lll", "GGO lll"]
    assert placed(read(framed.format(next_section))) == ["nodule lll"]


def test_what_is_denied_shares_no_place_with_what_is_there(read):
    assert placed(read("[Nodule](nodules) in the [RUL](rul), no [GGO](ggo absent).")) == ["Nodule rul"]
    assert placed(read("No [GGO](ggo absent) or [mass](mass absent) in the [RUL](rul).")) == ["GGO rul", "mass rul"]


def test_words_that_name_two_findings_are_two_readings(read):
    assert placed(read("[Ground-glass nodule](nodules;ggo) in the [RUL](rul).")) == [
        "Ground-glass nodule rul",
        "Ground-glass nodule rul",
    ]


def test_a_report_without_findings_places_or_words(read):
    for line in ("", "Clear lungs.", "The [RUL](rul) is clear.", "[Nodule](nodules)."):
        assert read(line) == []


def test_findings_that_refer_back_do_not_multiply(read):
    line = "[Nodule](nodules) in the [RUL](rul). " + "It is small and it is in the same lobe. " * 40
    assert len(read(line)) <= 1 + 2 * 40


@pytest.mark.parametrize(
    ("values", "allowed", "projected"),
    [
        ({"rll"}, ["right_lung", "left_lung"], ["right_lung"]),
        ({"bll"}, ["right_lung", "left_lung"], ["left_lung", "right_lung"]),
        ({"left_lung", "lul"}, ["right_lung", "left_lung"], ["left_lung"]),
        ({"pleural"}, ["right_lung", "left_lung"], []),
        ({"rll", "pleural"}, ["rll", "pleural", "right_lung"], ["pleural", "rll"]),
        (set(), ["right_lung"], []),
    ],
)
def test_places_in_the_words_of_a_relation_that_knows_only_some(chest, places_of, lexicon, values, allowed, projected):
    assert Reader(chest, lexicon, places_of).projected(frozenset(values), frozenset(allowed)) == tuple(projected)
