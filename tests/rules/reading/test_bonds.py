"""Inside one clause: which places are whose."""

import pytest

from radnlp.rules.reading.bonds import bind


@pytest.fixture(scope="module")
def clause_of(items_of):
    """The clause that a marked sentence is, and its words."""

    def make(line):
        text, items = items_of(line)
        return text, bind(text, items, items.found, len(text))

    return make


@pytest.fixture(scope="module")
def bonds(clause_of):
    """Each finding with the places before | behind it."""

    def show(line):
        text, clause = clause_of(line)

        def words(places):
            return " ".join(text[place.start : place.end] for place in places)

        return [
            f"{text[bond.head.start : bond.head.end]}: {words(bond.before)}|{words(bond.after)}"
            for bond in clause.bonds
        ]

    return show


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # English: before as an adjective, or behind with a preposition
        ("[RUL](rul) [nodule](nodules).", ["nodule: RUL|"]),
        ("[Nodule](nodules) in the [RUL](rul).", ["Nodule: |RUL"]),
        ("[Upper lobe](bul) [nodule](nodules) on the [right](right_lung).", ["nodule: Upper lobe|right"]),
        ("[Nodules](nodules) in [RUL](rul), [RML](rml).", ["Nodules: |RUL RML"]),
        # Korean: before
        ("[우상엽](rul) [결절](nodules), [좌하엽](lll) [종괴](mass).", ["결절: 우상엽|", "종괴: 좌하엽|"]),
        # a place between two findings: tied to the one before by its preposition
        ("[Nodule](nodules) in the [RUL](rul), [GGO](ggo).", ["Nodule: |RUL", "GGO: |"]),
        ("[Nodule](nodules) in the [RUL](rul) is a [mass](mass).", ["Nodule: |RUL", "mass: |"]),
        (
            "[Nodules](nodules) [throughout the lungs](right_lung;left_lung) [GGO](ggo).",
            ["Nodules: |throughout the lungs", "GGO: |"],
        ),
        # or to the one behind as its adjective
        ("[Nodule](nodules), [RUL](rul) [GGO](ggo).", ["Nodule: |", "GGO: RUL|"]),
        ("[결절](nodules) 있고 [우상엽](rul) [종괴](mass).", ["결절: |", "종괴: 우상엽|"]),
        ("It is small, [RUL](rul) [GGO](ggo).", ["It: |", "GGO: RUL|"]),
        # both want it: the last place goes to the finding behind
        ("[Nodule](nodules) in [RUL](rul) and [LLL](lll) [GGO](ggo).", ["Nodule: |RUL", "GGO: LLL|"]),
        (
            "[Nodule](nodules) in [RUL](rul), [RML](rml) and [LLL](lll) is clear.",
            ["Nodule: |RUL", "is clear: RML LLL|"],
        ),
        # neither wants it: it stays with the one before
        ("[Nodule](nodules) [RUL](rul), and a [mass](mass).", ["Nodule: |RUL", "mass: |"]),
        # "with" parts two places
        (
            "[Nodules](nodules) in [both lungs](right_lung;left_lung) with [RLL](rll) [GGO](ggo).",
            ["Nodules: |both lungs", "GGO: RLL|"],
        ),
        # a finding without a key owns the places beside it
        ("[Nodule](nodules), tumor in the [RUL](rul).", ["Nodule: |", "tumor: |RUL"]),
        # unless the sentence comes back to what it began with
        ("A [mass](mass), narrowing the tumor, is in the [RUL](rul).", ["mass: |RUL", "tumor: |"]),
        ("[Nodule](nodules) in mediastinum, [RUL](rul).", ["Nodule: |mediastinum RUL"]),
    ],
)
def test_whose_the_places_are(bonds, line, expected):
    assert bonds(line) == expected


@pytest.mark.parametrize(
    ("line", "frame", "titled"),
    [
        ("[RUL](rul): [nodule](nodules).", "RUL", True),
        ("[RUL](rul)： [nodule](nodules).", "RUL", True),
        ("[Right lung](right_lung), [upper lobe](bul): [nodule](nodules).", "Right lung upper lobe", True),
        ("[Left lung](left_lung): [upper lobe](bul) [nodule](nodules).", "Left lung", True),
        ("In the [RUL](rul) there is a [nodule](nodules).", "RUL", False),
        ("In the [RUL](rul), [nodule](nodules) and [GGO](ggo).", "RUL", False),
        ("[RUL](rul) [nodule](nodules): small.", "", False),
        ("[우상엽](rul)에 [결절](nodules).", "우상엽", False),
    ],
)
def test_places_that_open_a_clause_hold_for_all_of_it(clause_of, line, frame, titled):
    text, clause = clause_of(line)
    assert " ".join(text[place.start : place.end] for place in clause.frame) == frame
    assert clause.titled is titled


@pytest.mark.parametrize(("line", "titled"), [("[RUL](rul), [LLL](lll).", False), ("[RUL](rul), [LLL](lll):", True)])
def test_places_of_a_clause_without_a_finding(items_of, line, titled):
    text, items = items_of(f"{line} [nodule](nodules)")
    places, end = items.found[:2], text.index(" nodule")
    clause = bind(text, items, places, end)
    assert (clause.bonds, clause.frame, clause.stray, clause.titled) == ([], [], places, titled)


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("[Nodule](nodules) with [GGO](ggo).", [False, True]),
        ("[Nodule](nodules) in [RUL](rul) with small [GGO](ggo).", [False, True]),
        ("[Nodule](nodules) and [GGO](ggo).", [False, False]),
        ("With [nodule](nodules), [GGO](ggo).", [False, False]),
    ],
)
def test_with_joins_a_finding_to_the_one_before(clause_of, line, joined):
    assert [bond.joined for bond in clause_of(line)[1].bonds] == joined


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("[Effusion](pleural_effusion) in [RLL](rll) with adjacent [atelectasis](atelectasis).", [False, True]),
        ("Adjacent [GGO](ggo) and [nodule](nodules).", [True, False]),
        ("[Mass](mass) and [GGO](ggo) adjacent.", [False, True]),
        ("[종괴](mass)와 인접한 [간유리음영](ggo).", [False, True]),
    ],
)
def test_adjacent_puts_a_finding_next_to_what_was_named_before(clause_of, line, beside):
    assert [bond.beside for bond in clause_of(line)[1].bonds] == beside


def test_a_clause_of_nothing_is_empty(items_of):
    text, items = items_of("[Nodule](nodules).")
    clause = bind(text, items, [], len(text))
    assert (clause.bonds, clause.frame, clause.stray, clause.titled) == ([], [], [], False)
