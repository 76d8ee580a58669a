"""How far a cue acts, and on what. What both engines do alike is in tests/pipes/test_context_engines.py."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.records import CueRule
from radnlp.text import NativeContext


def rule(literal, category="negated", direction="forward", **more):
    return CueRule(literal=literal, category=category, direction=direction, owner="cues.toml", **more)


def ask(rules, sentence):
    """For each nodule, mass or 결절 of a sentence the words of the cues that act on it."""
    targets = [
        (*found.span(), "mass" if found[0] == "mass" else "nodules")
        for found in re.finditer("nodule|mass|결절", sentence)
    ]
    answers = NativeContext(rules).cues(sentence, 0, len(sentence), targets)
    return [" ".join(cue.text for cue in cues) for cues in answers]


def scopes(rules, sentence):
    """The stretch that each cue acts on, in text order; seen from targets that fill the sentence."""
    targets = [(*found.span(), "nodules") for found in re.finditer(r"\w+", sentence)]
    found = {
        cue.start: cue.scope for cues in NativeContext(rules).cues(sentence, 0, len(sentence), targets) for cue in cues
    }
    return [sentence[slice(*found[start])] for start in sorted(found)]


NO, MAYBE = rule("no"), rule("maybe", "uncertain")
GONE = rule("gone", direction="backward")
BUT = rule("but", "boundary", "terminate")


@pytest.mark.parametrize(
    ("rules", "sentence", "reach"),
    [
        # the rest of the sentence, or what stands before in it
        ([NO], "a no b c.", ["b c."]),
        ([GONE], "a b gone c", ["a b"]),
        ([rule("near", direction="bidirectional")], "a near b", ["a near b"]),
        # up to the next cue of the same kind
        ([NO], "no a no b", ["a", "b"]),
        ([NO, GONE], "no a, b gone", ["a, b", "a, b"]),
        ([GONE], "a gone b gone", ["a", "b"]),
        # up to words that end every scope, on either side
        ([NO, BUT], "no a but b", ["a"]),
        ([GONE, BUT], "a but b gone", ["b"]),
        ([rule("near", direction="bidirectional"), BUT], "a but b near c but d", ["b near c"]),
        # a cue of another category ends only what it is told to
        ([MAYBE, NO], "maybe a no b", ["a no b", "b"]),
        ([rule("maybe", "uncertain", terminated_by=("negated",)), NO], "maybe a no b", ["a", "b"]),
        ([rule("maybe", "uncertain", "backward", terminated_by=("negated",)), NO], "a no b maybe", ["b maybe", "b"]),
        # of one category, but for other keys: neither ends the other
        ([NO, rule("free of", allowed_types=("nodules",))], "no a free of b", ["a free of b", "b"]),
        # so many tokens and no further; commas count, and so does each Korean syllable
        ([rule("no", max_scope=3)], "no a, b c d", ["a, b"]),
        ([rule("gone", direction="backward", max_scope=3)], "a b c, d gone", ["c, d"]),
        ([rule("없음", direction="backward", max_scope=2)], "결절은 없음", ["절은"]),
        ([rule("near", direction="bidirectional", max_scope=1)], "a b near c d", ["b near c"]),
        ([rule("no", max_scope=1), BUT], "no a b but c", ["a"]),
        ([rule("no", max_scope=5), BUT], "no a but c", ["a"]),
        ([rule("no", max_scope=50)], "no a", ["a"]),
    ],
)
def test_where_a_cue_acts(rules, sentence, reach):
    assert scopes(rules, sentence) == reach


@pytest.mark.parametrize(
    ("count", "cued"),
    [(1, [2]), (2, [2, 3]), (3, [1, 2, 3]), (9, [0, 1, 2, 3, 4])],
)
def test_it_may_act_on_the_nearest_targets_only(count, cued):
    sentence = "nodule x nodule x nodule near x nodule x x x x x x nodule"
    answers = ask([rule("near", direction="bidirectional", max_targets=count)], sentence)
    assert [number for number, words in enumerate(answers) if words] == cued


def test_of_two_targets_equally_near_the_first_is_taken():
    assert ask([rule("near", direction="bidirectional", max_targets=1)], "nodule near nodule") == ["near", ""]


def test_targets_it_may_not_act_on_do_not_use_up_the_nearest():
    assert ask([rule("no", max_targets=1, excluded_types=("mass",))], "no mass, nodule, nodule") == ["", "no", ""]


@pytest.mark.parametrize(
    ("types", "answers"),
    [
        ({}, ["no", "no"]),
        ({"allowed_types": ("mass",)}, ["", "no"]),
        ({"allowed_types": ("mass", "nodules")}, ["no", "no"]),
        ({"excluded_types": ("mass",)}, ["no", ""]),
    ],
)
def test_a_cue_may_be_for_some_keys_only(types, answers):
    assert ask([rule("no", **types)], "no nodule, mass") == answers


def test_pseudo_cues_and_terminating_cues_act_on_nothing():
    rules = [NO, BUT, rule("no change", "asserted", "pseudo")]
    assert ask(rules, "no change, nodule but mass") == ["", ""]


def test_a_pseudo_cue_ends_no_scope_of_another_category():
    assert ask([NO, rule("no change", "asserted", "pseudo")], "no nodule, no change, mass") == ["no", "no"]


def test_a_cue_in_the_words_of_a_target_says_nothing_of_it_but_of_others():
    targets = [(0, 13, "fibrosis"), (15, 21, "nodules")]
    answers = NativeContext([rule("old")]).cues("old scar tissue, nodule", 0, 23, targets)
    assert [len(cues) for cues in answers] == [0, 1]


def test_a_target_that_only_reaches_into_the_scope_counts():
    ((cue,),) = NativeContext([rule("no", max_scope=1)]).cues("no small nodule", 0, 15, [(3, 15, "nodules")])
    assert cue.scope == (3, 8)


def test_a_long_target_before_short_ones_hides_none_of_them():
    # Overlapping names of one place in the text: the long one ends behind the short one.
    text = "ground glass nodule gone"
    targets = [(0, 19, "ggo"), (0, 12, "ggo"), (13, 19, "nodules")]
    assert [len(cues) for cues in NativeContext([GONE]).cues(text, 0, len(text), targets)] == [1, 1, 1]


def test_offsets_are_those_of_the_report():
    report = "GGO.  No\n NEW  nodule."
    ((cue,),) = NativeContext([rule("no new")]).cues(report, 6, len(report), [(15, 21, "nodules")])
    assert (cue.start, cue.end, cue.text, cue.literal) == (6, 13, "No\n NEW", "no new")
    assert report[slice(*cue.scope)] == "nodule."


def test_without_rules_no_cue_acts():
    assert NativeContext([]).cues("no nodule", 0, 9, [(3, 9, "nodules")]) == [()]


def test_it_goes_to_another_process_as_its_rules():
    engine = NativeContext([NO, rule("no", "family", followed_by=" x"), rule("p", pattern=r"grade \d")])
    again = pickle.loads(pickle.dumps(engine))  # noqa: S301  our own bytes
    for text in ("no nodule", "no x nodule", "grade 3 nodule"):
        targets = [(text.index("nodule"), len(text), "nodules")]
        assert again.cues(text, 0, len(text), targets) == engine.cues(text, 0, len(text), targets) != [()]


EVERYTHING = [
    *(NO, GONE, BUT, MAYBE),
    rule("near", "question", "bidirectional", max_scope=5),
    rule("single", "family", max_targets=1),
    rule("about", "historical", "bidirectional", max_targets=2),
    rule("clear of", allowed_types=("mass",)),
    rule("grade", "uncertain", pattern=r"grade \d"),
]


@given(
    st.lists(st.sampled_from(["nodule", "mass", *(cue.literal for cue in EVERYTHING), "grade 2", "a", ",", "\n", "없"]))
)
def test_every_cue_that_acts_has_its_target_in_its_scope(words):
    text = " ".join(words)
    targets = [(*found.span(), found[0]) for found in re.finditer("nodule|mass", text)]
    for (start, end, _), cues in zip(targets, NativeContext(EVERYTHING).cues(text, 0, len(text), targets), strict=True):
        for cue in cues:
            assert cue.scope[0] < end and start < cue.scope[1]
            assert cue.end <= start or end <= cue.start


@pytest.mark.parametrize(
    "unit",
    [
        *("no nodule, ", "nodule gone ", "nodule near ", "single nodule ", "about nodule nodule ", "nodule clear of "),
        *("no nodule but ", "maybe no nodule gone ", "grade 1 nodule ", "no ", "nodule "),
    ],
)
def test_one_endless_sentence_takes_linear_time(growth, unit):
    engine = NativeContext(EVERYTHING)

    def read(count):
        text = unit * count
        targets = [(*found.span(), "nodules") for found in re.finditer("nodule", text)]
        engine.cues(text, 0, len(text), targets)

    assert growth(read, 1_000) < 10


@pytest.mark.parametrize("frame", ["no {}", "{} gone", "{} near", "single {}", "maybe {} gone, no x", "about {}"])
def test_one_cue_over_an_endless_list_takes_linear_time(growth, frame):
    engine = NativeContext(EVERYTHING)

    def read(count):
        text = frame.format("nodule, " * count)
        targets = [(*found.span(), "nodules") for found in re.finditer("nodule", text)]
        engine.cues(text, 0, len(text), targets)

    assert growth(read, 1_000) < 10
