"""Both status engines: which cues act on a target, and where exactly they stand."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.pipes import MedspacyContext
from radnlp.records import CueRule
from radnlp.text import NativeContext, fold


def rule(literal, category, direction, **more):
    return CueRule(literal=literal, category=category, direction=direction, owner="cues.toml", **more)


RULES = [
    rule("no", "negated", "forward"),
    rule("without", "negated", "forward"),
    rule("no significant change", "asserted", "pseudo"),
    rule("no longer", "historical", "forward"),
    rule("has resolved", "negated", "backward"),
    rule("없음", "negated", "backward"),
    rule("認めない", "negated", "backward"),
    rule("cannot be excluded", "uncertain", "backward"),
    rule("can't exclude", "uncertain", "forward"),
    rule("follow-up", "recommendation", "forward"),
    rule("(-)", "negated", "backward"),
    rule("near", "question", "bidirectional", max_scope=2),
    rule("single", "family", "forward", max_targets=1),
    rule("maybe", "uncertain", "forward", terminated_by=("negated",)),
    rule("but", "boundary", "terminate", max_scope=1),  # medspaCy takes a scope that holds another for apart from it
    rule(";", "boundary", "terminate", max_scope=1),
    rule("clear of", "negated", "forward", allowed_types=("mass",)),
    rule("tiny", "historical", "forward", excluded_types=("mass",)),
    rule("suspected", "question", "forward"),
    rule("suspected", "uncertain", "backward", followed_by=r" ?(?:$|[.,;])"),
    rule("grade", "family", "forward", pattern=r"grade \d"),
]


@pytest.fixture(scope="module", params=[NativeContext, MedspacyContext])
def engine(request):
    return request.param(RULES)


def ask(engine, text, target="nodule|결절|結節"):
    """Category and words of the cues of each target in a sentence."""
    targets = [(*found.span(), "nodules") for found in re.finditer(target, text, re.IGNORECASE)]
    answers = engine.cues(text, 0, len(text), targets)
    assert len(answers) == len(targets)
    return [[(cue.category, cue.text) for cue in cues] for cues in answers]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("No nodule.", [[("negated", "No")]]),
        ("NO NODULE", [[("negated", "NO")]]),
        ("Nodule no", [[]]),
        ("Nodule has resolved.", [[("negated", "has resolved")]]),
        ("결절 없음", [[("negated", "없음")]]),
        ("결절은없음", [[("negated", "없음")]]),
        ("結節は認めない。", [[("negated", "認めない")]]),
        ("Nodule (-)", [[("negated", "(-)")]]),
        ("Nodule", [[]]),
        # both sides, in text order
        ("No nodule cannot be excluded.", [[("negated", "No"), ("uncertain", "cannot be excluded")]]),
        # several targets
        ("No nodule or nodule", [[("negated", "No")], [("negated", "No")]]),
        ("No nodule but nodule", [[("negated", "No")], []]),
        ("No nodule; nodule", [[("negated", "No")], []]),
        # pseudo: the longer words keep the shorter ones inside them from matching
        ("No significant change of nodule", [[]]),
        ("No longer nodule", [[("historical", "No longer")]]),
        # how far, and how many
        ("nodule near nodule", [[("question", "near")], [("question", "near")]]),
        ("nodule a b c near d e f nodule", [[], []]),
        ("single nodule nodule", [[("family", "single")], []]),
        ("maybe nodule, no nodule", [[("uncertain", "maybe")], [("negated", "no")]]),
        # only some keys
        ("clear of nodule", [[]]),
        ("tiny nodule", [[("historical", "tiny")]]),
        # a rule with a pattern
        ("Grade 3 nodule", [[("family", "Grade 3")]]),
        ("Grade x nodule", [[]]),
        # only where the condition holds
        ("nodule suspected.", [[("uncertain", "suspected")]]),
        ("nodule suspected", [[("uncertain", "suspected")]]),
        ("nodule suspected nodule", [[], [("question", "suspected")]]),
        # spellings
        ("No   nodule", [[("negated", "No")]]),
        ("Nodule has\r\n  resolved", [[("negated", "has\r\n  resolved")]]),
        ("Nodule cannot  be\nexcluded", [[("uncertain", "cannot  be\nexcluded")]]),
        ("can’t exclude nodule", [[("uncertain", "can’t exclude")]]),
        ("Follow\u2011up nodule", [[("recommendation", "Follow\u2011up")]]),
        ("follow up nodule", [[("recommendation", "follow up")]]),
        ("ＮＯ　nodule", [[("negated", "ＮＯ")]]),
        ("\ud800 no nodule", [[("negated", "no")]]),
        ("İ  no nodule", [[("negated", "no")]]),
        # whole words
        ("Nowhere nodule", [[]]),
        ("piano nodule", [[]]),
    ],
)
def test_cues_of_a_target(engine, text, cues):
    assert ask(engine, text) == cues


def test_a_cue_says_what_it_is_and_how_far_it_reaches(engine):
    text = "x.  No  new\nnodule but mass"
    ((cue,),) = engine.cues(text, 4, len(text), [(12, 18, "nodules")])
    assert (text[cue.start : cue.end], cue.text, cue.literal) == ("No", "No", "no")
    assert (cue.category, cue.direction) == ("negated", "forward")
    assert text[slice(*cue.scope)] == "new\nnodule"


def test_the_sentence_alone_is_looked_at(engine):
    text = "No mass. Nodule. Has resolved."
    assert engine.cues(text, 9, 16, [(9, 15, "nodules")]) == [()]


def test_a_target_inside_a_token_stands_for_the_token(engine):
    text = "no xnodule"
    assert [len(cues) for cues in engine.cues(text, 0, len(text), [(4, 10, "nodules")])] == [1]


def test_a_sentence_without_targets_costs_nothing(engine):
    assert engine.cues("No nodule.", 0, 10, []) == []


pieces = st.lists(
    st.sampled_from(
        [
            *("nodule", "nodules", "no", "No", "without", "has resolved", "cannot  be\r\nexcluded", "but", ";", "(-)"),
            *("결절", "없음", "結節", "認めない", " ", "  ", "\n", "\u3000", ".", "follow\u2010up", "can’t exclude"),
            *("near", "single", "maybe", "\ud800", "İ", "\u0301", "\x00", "no significant change"),
        ]
    ),
    max_size=16,
)


def squeezed(words):
    """White space is no token: "인지 아닌" and "인지아닌" are one cue."""
    return fold(words).text.replace(" ", "")


@given(pieces, st.sampled_from(["", " "]))
def test_offsets_are_exact_whatever_stands_in_the_sentence(engine, words, glue):
    text = glue.join(words)
    targets = [(*found.span(), "nodules") for found in re.finditer("nodule|결절|結節", text)]
    literals = {fold(rule.literal).text for rule in RULES}
    for cues in engine.cues(text, 0, len(text), targets):
        assert list(cues) == sorted(cues, key=lambda cue: (cue.start, cue.end))
        for cue in cues:
            assert cue.text == text[cue.start : cue.end]
            assert cue.literal in literals
            assert squeezed(cue.text) == squeezed(cue.literal)
            assert 0 <= cue.scope[0] < cue.scope[1] <= len(text)


def test_it_goes_to_another_process_as_its_rules(engine):
    again = pickle.loads(pickle.dumps(engine))  # noqa: S301  our own bytes
    assert ask(again, "No nodule") == ask(engine, "No nodule")


def test_a_cue_may_be_for_some_keys_only(engine):
    text = "Clear of mass and nodule; tiny mass, tiny nodule."
    targets = [(9, 13, "mass"), (18, 24, "nodules"), (31, 35, "mass"), (42, 48, "nodules")]
    answers = engine.cues(text, 0, len(text), targets)
    assert [[cue.category for cue in cues] for cues in answers] == [["negated"], [], [], ["historical"]]


def test_words_that_name_two_keys_are_two_targets(engine):
    text = "clear of consolidating mass"
    answers = engine.cues(text, 0, len(text), [(9, 27, "consolidation"), (9, 27, "mass")])
    assert [len(cues) for cues in answers] == [0, 1]


def test_of_two_rules_with_the_same_words_the_later_one_counts():
    rules = [rule("old", "historical", "forward"), rule("Old", "asserted", "forward")]
    for engine in (NativeContext(rules), MedspacyContext(rules)):
        assert ask(engine, "old nodule") == [[("asserted", "old")]]


@given(pieces)
def test_both_engines_see_the_same(words):
    text = " x ".join(words)  # of two cues side by side medspaCy's do not see each other
    assert ask(NATIVE, text) == ask(MEDSPACY, text)


NATIVE, MEDSPACY = NativeContext(RULES), MedspacyContext(RULES)
