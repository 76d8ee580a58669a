"""What a sentence holds: findings, places, and the words that steer between them."""

import pytest

from radnlp.api import Lexicon
from radnlp.rules.reading.finder import ItemFinder
from radnlp.rules.reading.items import Head


def shown(text, items):
    """Each item as kind and words: a head in capitals."""
    return [
        f"{item.kind.upper() if isinstance(item, Head) else item.kind}:{text[item.start : item.end]}"
        for item in items.found
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[Nodule](nodules) in the [RUL](rul).", ["KEY:Nodule", "named:RUL"]),
        ("[RUL](rul) tumor and [mass](mass).", ["named:RUL", "OTHER:tumor", "KEY:mass"]),
        ("[Nodule](nodules) of the mediastinum.", ["KEY:Nodule", "elsewhere:mediastinum"]),
        ("[Nodule](nodules) in the same lobe.", ["KEY:Nodule", "same:same lobe"]),
        ("[Nodule](nodules) with adjacent [GGO](ggo).", ["KEY:Nodule", "beside:adjacent", "KEY:GGO"]),
        ("It is in the [RUL](rul), [GGO](ggo).", ["SAME:It", "named:RUL", "KEY:GGO"]),
        ("[우상엽](rul)의 종양, [결절](nodules).", ["named:우상엽", "OTHER:종양", "KEY:결절"]),
        # words for a finding before are mere adjectives at a finding's own name
        ("The largest [nodule](nodules) in [RUL](rul).", ["KEY:nodule", "named:RUL"]),
        ("The largest calcified [nodule](nodules).", ["KEY:nodule"]),
        ("The largest tumor, [nodule](nodules).", ["OTHER:tumor", "KEY:nodule"]),
        ("The largest, [nodule](nodules).", ["SAME:The largest", "KEY:nodule"]),
        ("[Nodules](nodules), the largest in [RUL](rul).", ["KEY:Nodules", "SAME:the largest", "named:RUL"]),
        # "located" speaks of the finding before, unless that stands in the sentence itself
        ("Located in the [RUL](rul). [Mass](mass).", ["SAME:Located", "named:RUL"]),
        ("[Nodule](nodules) located in [RUL](rul).", ["KEY:Nodule", "named:RUL"]),
        # what only looks like a signpost
        ("[Nodule](nodules) as it was; there is no place.", ["KEY:Nodule"]),
        ("[Nodule](nodules) in the item tumors.", ["KEY:Nodule"]),
        # the schema's own words say more than a signpost in them
        ("[Nodule of the mediastinum](mass).", ["KEY:Nodule of the mediastinum"]),
        ("[Nodule](nodules) in the [same lobe](rul).", ["KEY:Nodule", "named:same lobe"]),
    ],
)
def test_heads_and_places_in_text_order(items_of, line, found):
    assert shown(*items_of(line)) == found


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("[Nodule](nodules) in the [RUL](rul) and [LLL](lll).", "in and"),
        ("[RUL](rul) > [LLL](lll) [nodules](nodules) with cysts.", "more_than with"),
        ("[RUL](rul) shows [nodule](nodules), especially there.", "is emphasis"),
        ("[우상엽](rul)과 [좌하엽](lll)에 [결절](nodules)이 있음.", "and is closes"),
        ("[Nodule](nodules) and [mass](mass) in [RUL](rul) and [LLL](lll) respectively.", "and in and respectively"),
    ],
)
def test_the_other_signposts_are_marks(items_of, line, marks):
    _, items = items_of(line)
    assert " ".join(kind for _, _, kind in items.marks) == marks


def test_marks_between_two_offsets(items_of):
    text, items = items_of("[Nodule](nodules) in the [RUL](rul) and with [GGO](ggo) in [LLL](lll).")
    assert items.marked(0, len(text)) == ["in", "and", "with", "in"]
    assert items.marked(text.index("RUL"), text.index("GGO")) == ["and", "with"]
    assert items.marked(5, 5) == []
    assert items.mark("with") == text.index("with")
    assert items.mark("emphasis") is None


def test_clause_breaks_and_the_items_of_a_clause(items_of):
    text, items = items_of("[Nodule](nodules) but no [mass](mass); [RUL](rul) is clear, combut.")
    assert items.breaks == [text.index("but"), text.index(";")]
    assert [text[item.start : item.end] for item in items.between(*items.breaks)] == ["mass"]
    assert items.between(0, len(text)) == items.found


def test_a_place_carries_all_values_of_its_words_and_their_mentions(items_of):
    text, items = items_of("[Nodules](nodules) in [both lungs](right_lung;left_lung).")
    place = items.found[1]
    assert place.values == {"right_lung", "left_lung"}
    assert [(mention.entity, text[mention.start : mention.end]) for mention in place.mentions] == [
        ("right_lung", "both lungs"),
        ("left_lung", "both lungs"),
    ]


def test_words_that_name_two_findings_are_one_head(items_of):
    _, items = items_of("[Ground-glass nodule](nodules;ggo) in [RUL](rul).")
    assert [mention.entity for mention in items.found[0].mentions] == ["nodules", "ggo"]


def test_words_that_name_a_finding_and_its_place_are_a_head_with_a_place_inside(items_of):
    _, items = items_of("[Pleural nodule](nodules;pleural).")
    (head,) = items.found
    assert (head.kind, [place.values for place in head.inside]) == ("key", [{"pleural"}])


def test_a_place_may_begin_with_its_own_preposition(items_of):
    _, items = items_of("[Nodules](nodules) [throughout the lungs](right_lung;left_lung), in the [RUL](rul).")
    assert [item.led for item in items.found if not isinstance(item, Head)] == [True, False]


@pytest.mark.parametrize(
    ("line", "denied"),
    [
        ("No [nodule](nodules absent).", True),
        ("[Nodule](nodules).", False),
        ("No [ground-glass nodule](nodules absent;ggo absent).", True),
        ("[Scar like nodule](fibrosis absent;nodules).", False),
        ("A tumor.  [GGO](ggo)", False),
    ],
)
def test_a_finding_is_denied_when_all_that_its_words_name_is(items_of, line, denied):
    assert items_of(line)[1].found[0].denied is denied


def test_values_that_are_no_places_here_and_reports_without_findings_are_left_out(chest, lexicon, view_of):
    view = view_of("[Nodule](nodules) in [RUL](rul). A tumor. Nothing.", chest)
    items = ItemFinder(lexicon, ["lll"]).items(view)
    assert {number: len(found.found) for number, found in items.items()} == {0: 1, 1: 1}
    assert ItemFinder(lexicon, ["rul"]).items(view_of("The [RUL](rul) is clear.", chest)) == {}
    assert ItemFinder(lexicon, ["rul"]).items(view_of("", chest)) == {}


def test_a_lexicon_without_signposts_still_gives_findings_and_places(chest, places_of, view_of):
    finder = ItemFinder(Lexicon(languages=("en",)), places_of)
    (items,) = finder.items(view_of("[Nodule](nodules) in the [RUL](rul); it.", chest)).values()
    assert (len(items.found), items.marks, items.breaks) == (2, [], [])
