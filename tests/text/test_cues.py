"""Which cues stand in a sentence; where they act is the affair of test_context.py."""

import pytest

from radnlp.records import CueRule
from radnlp.text import distinct_rules
from radnlp.text.cues import CueMatcher
from radnlp.text.spelling import spell


def rule(literal, category="negated", direction="forward", **more):
    return CueRule(literal=literal, category=category, direction=direction, owner="cues.toml", **more)


def found(rules, sentence):
    """Words and category of each cue of a sentence."""
    return cues_of(CueMatcher(rules), sentence)


def cues_of(matcher, sentence):
    text = spell(sentence)
    words = text.folded.text
    return [
        (words[cue.start : cue.end], matcher.behaviours[matcher.behaviour[cue.rule]].category)
        for cue in matcher.find(text)
    ]


WORDS = [
    rule("no"),
    rule("without"),
    rule("no change", "asserted", "pseudo"),
    rule("change in", "historical"),
    rule("없", direction="backward"),
    rule("(-)", direction="backward"),
]


@pytest.mark.parametrize(
    ("sentence", "cues"),
    [
        ("No nodule without mass", [("no", "negated"), ("without", "negated")]),
        ("nodule", []),
        ("", []),
        # whole tokens, and a Korean stem before its ending
        ("piano, nodule, not", []),
        ("결절없음", [("없", "negated")]),
        ("결절 (-)", [("(-)", "negated")]),
        # of overlapping cues the longer one, of equal ones the first
        ("no change of", [("no change", "asserted")]),
        ("no change in", [("no change", "asserted")]),
        ("a change in, no", [("change in", "historical"), ("no", "negated")]),
    ],
)
def test_cues_of_a_sentence(sentence, cues):
    assert found(WORDS, sentence) == cues


def test_rules_that_differ_in_their_words_only_do_the_same():
    matcher = CueMatcher([rule("no"), rule("without"), rule("maybe", "uncertain"), rule("x", pattern="no .")])
    assert (matcher.behaviour, len(matcher.behaviours)) == ([0, 0, 1, 0], 2)
    assert matcher.literals == ["no", "without", "maybe", "x"]


# Of the same words, what stands behind them may decide: "suspected" ends a statement or opens one.
SUSPECTED = [
    rule("suspected", "uncertain", "backward", followed_by=r" ?(?:$|[.,])"),
    rule("suspected", "question", "forward"),
]


@pytest.mark.parametrize("rules", [SUSPECTED, SUSPECTED[::-1]])
@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("nodule suspected", "uncertain"),
        ("nodule suspected .", "uncertain"),
        ("nodule Suspected, RUL", "uncertain"),
        ("suspected nodule", "question"),
    ],
)
def test_the_rule_with_a_condition_is_asked_first(rules, sentence, category):
    assert [cue[1] for cue in found(rules, sentence)] == [category]


def test_a_cue_whose_condition_fails_is_none():
    assert found(SUSPECTED[:1], "suspected nodule") == []


def test_a_condition_knows_no_letter_case():
    assert found([rule("no", followed_by=" RUL")], "No RUL nodule") == [("no", "negated")]


def test_a_longer_cue_whose_condition_fails_leaves_its_place_to_the_shorter():
    rules = [rule("no"), rule("no change", "asserted", followed_by=r" of\b")]
    assert found(rules, "no change of nodule") == [("no change", "asserted")]
    assert found(rules, "no change nodule") == [("no", "negated")]


@pytest.mark.parametrize(
    ("pattern", "sentence", "words"),
    [
        (r"no \w+ of", "No  Sign of nodule", ["no sign of"]),
        (r"NO \w+ OF", "no sign of", ["no sign of"]),
        (r"grade \d", "grade 2, grade 3", ["grade 2", "grade 3"]),
        (r"(?=no)", "no nodule", []),  # what has no characters is no cue
        (r"no", "nodule", ["no"]),  # where its word ends, a pattern says itself
    ],
)
def test_a_pattern_is_matched_with_the_folded_sentence(pattern, sentence, words):
    assert [word for word, _ in found([rule("named so", pattern=pattern)], sentence)] == words


def test_a_pattern_and_words_are_weighed_by_their_tokens():
    rules = [rule("no evidence"), rule("p", "asserted", pattern=r"no evidence of change"), rule("no", "historical")]
    assert found(rules, "No evidence of change, no evidence of nodule") == [
        ("no evidence of change", "asserted"),
        ("no evidence", "negated"),
    ]


def test_of_two_rules_with_the_same_words_the_later_one_counts():
    first, same, other = rule("ground-glass"), rule("Ground  Glass", "uncertain"), rule("no")
    assert distinct_rules([first, other, same]) == (same, other)
    assert distinct_rules([]) == ()


def test_the_same_words_under_another_condition_or_as_a_pattern_are_another_rule():
    rules = (rule("no"), rule("no", followed_by=" x"), rule("no", pattern="no"))
    assert distinct_rules(rules) == rules


def test_without_rules_nothing_is_found():
    assert found([], "no nodule") == []


def test_it_can_be_built_again_from_its_rules():
    rules = (*SUSPECTED, rule("no", allowed_types=("mass",)), rule("p", pattern=r"grade \d", max_scope=3))
    assert CueMatcher(rules).rules == rules
    assert CueMatcher([*rules, SUSPECTED[0]]).rules == rules


@pytest.mark.parametrize("unit", ["no ", "no change ", "change in", "없", "grade 1 ", "x "])
def test_a_sentence_of_nothing_else_is_read_in_linear_time(growth, unit):
    matcher = CueMatcher([*WORDS, rule("grade", pattern=r"grade \d")])
    assert growth(lambda count: cues_of(matcher, unit * count), 4_000) < 10
