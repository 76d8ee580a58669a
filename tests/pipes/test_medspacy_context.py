"""What is particular to the status engine "medspacy"; what it has in common with the other: test_context_engines.py."""

import re
import subprocess
import sys
from time import perf_counter

import pytest

from radnlp.pipes import MedspacyContext
from radnlp.records import CueRule


def rule(literal, category, direction):
    return CueRule(literal=literal, category=category, direction=direction, owner="cues.toml")


RULES = [
    rule("no", "negated", "forward"),
    rule("認めない", "negated", "backward"),
]


@pytest.fixture(scope="module")
def engine():
    return MedspacyContext(RULES)


def ask(engine, text, target="nodule|결절|結節"):
    """Category and words of the cues of each target in a sentence."""
    targets = [(*found.span(), "nodules") for found in re.finditer(target, text, re.IGNORECASE)]
    answers = engine.cues(text, 0, len(text), targets)
    assert len(answers) == len(targets)
    return [[(cue.category, cue.text) for cue in cues] for cues in answers]


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


ALONE = """
import warnings
from radnlp.pipes import MedspacyContext
from radnlp.records import CueRule
before = list(warnings.filters)  # with those of spaCy
engine = MedspacyContext([CueRule(literal="no", category="negated", direction="forward", owner="")])
assert engine.cues("No nodule.", 0, 10, [(3, 9, "x")])[0][0].category == "negated"
assert engine.cues("Nodule.", 0, 7, [(0, 6, "x")]) == [()]
added = [row for row in warnings.filters if row not in before]
named = [row for row in added if row[1] and row[3]]
ours = [row for row in named if (row[1].pattern, row[3].pattern) == (r"\\[W036\\]", r"medspacy\\.")]
assert len(ours) == 1, added
# torch, where it is installed, adds filters of its own, each for one module or one kind of warning
assert all(row in ours or row[3] or row[2].__module__ != "builtins" for row in added), added
assert all(row in warnings.filters for row in before)
with warnings.catch_warnings(record=True) as seen:
    warnings.warn("mine")
assert seen, "medspaCy has silenced the warnings of the process"
"""


def test_medspacy_neither_talks_nor_silences_the_warnings_of_others():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
