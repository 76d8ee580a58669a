"""The status engine "medspacy": which cues act on a target, and where exactly they stand."""

import pickle
import re
import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.pipes import MedspacyContext
from radnlp.records import CueRule
from radnlp.text import fold


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
    rule("but", "boundary", "terminate"),
    rule(";", "boundary", "terminate"),
]


@pytest.fixture(scope="module")
def engine():
    return MedspacyContext(RULES)


def ask(engine, text, target="nodule|결절|結節"):
    """Category and words of the cues of each target in a sentence."""
    targets = [found.span() for found in re.finditer(target, text, re.IGNORECASE)]
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
    ((cue,),) = engine.cues(text, 4, len(text), [(12, 18)])
    assert (text[cue.start : cue.end], cue.text, cue.literal) == ("No", "No", "no")
    assert (cue.category, cue.direction) == ("negated", "forward")
    assert text[slice(*cue.scope)] == "new\nnodule"


def test_the_sentence_alone_is_looked_at(engine):
    text = "No mass. Nodule. Has resolved."
    assert engine.cues(text, 9, 16, [(9, 15)]) == [()]


def test_a_target_inside_a_token_stands_for_the_token(engine):
    text = "no xnodule"
    assert [len(cues) for cues in engine.cues(text, 0, len(text), [(4, 10)])] == [1]


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


@given(pieces, st.sampled_from(["", " "]))
def test_offsets_are_exact_whatever_stands_in_the_sentence(engine, words, glue):
    text = glue.join(words)
    targets = [found.span() for found in re.finditer("nodule|결절|結節", text)]
    literals = {fold(rule.literal).text for rule in RULES}
    for cues in engine.cues(text, 0, len(text), targets):
        assert list(cues) == sorted(cues, key=lambda cue: (cue.start, cue.end))
        for cue in cues:
            assert cue.text == text[cue.start : cue.end]
            assert fold(cue.text).text == cue.literal
            assert cue.literal in literals
            assert 0 <= cue.scope[0] < cue.scope[1] <= len(text)


def test_a_sentence_without_an_end_is_read_in_pieces(engine):
    far = "no " + "word " * 400 + "nodule, no nodule"
    assert ask(engine, far) == [[], [("negated", "no")]]
    solid = "結" * 1499 + "結節認めない" + "あ" * 3000 + "結節認めない"
    assert ask(engine, solid) == [[("negated", "認めない")]] * 2


def test_no_piece_parts_a_target_or_a_cue_from_its_target(engine):
    for before in range(985, 1005):
        text = "x " * (before // 2) + "y" * (before % 2) + "結節 認めない, no nodule" + " z" * 500
        assert ask(engine, text) == [[("negated", "認めない")], [("negated", "no")]]


def test_a_piece_begins_and_ends_with_whole_words(engine):
    # However long the words before: the end of "casino" is not the cue "no".
    for before in range(780, 820):
        text = "x" * before + " casino " + "y" * (990 - before) + " nodule"
        assert ask(engine, text) == [[]]


def test_a_sentence_of_many_pages_takes_seconds(engine):
    started = perf_counter()
    answers = ask(engine, "no nodule and " * 5_000)
    assert len(answers) == 5_000 and all(answers)
    assert perf_counter() - started < 15


def test_it_goes_to_another_process_as_its_rules(engine):
    again = pickle.loads(pickle.dumps(engine))  # noqa: S301  our own bytes
    assert ask(again, "No nodule") == ask(engine, "No nodule")


ALONE = """
import warnings
from radnlp.pipes import MedspacyContext
from radnlp.records import CueRule
before = list(warnings.filters)  # with those of spaCy
engine = MedspacyContext([CueRule(literal="no", category="negated", direction="forward", owner="")])
assert engine.cues("No nodule.", 0, 10, [(3, 9)])[0][0].category == "negated"
assert engine.cues("Nodule.", 0, 7, [(0, 6)]) == [()]
added = [row for row in warnings.filters if row not in before]
assert [(row[1].pattern, row[3].pattern) for row in added] == [(r"\\[W036\\]", r"medspacy\\.")], added
assert all(row in warnings.filters for row in before)
with warnings.catch_warnings(record=True) as seen:
    warnings.warn("mine")
assert seen, "medspaCy has silenced the warnings of the process"
"""


def test_medspacy_neither_talks_nor_silences_the_warnings_of_others():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
