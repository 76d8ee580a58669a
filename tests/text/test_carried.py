"""A cue that stands alone above a list speaks of the items of that list."""

import pytest

from radnlp.records import CueRule
from radnlp.text import ListHeads, SentenceSplitter

RULES = [
    CueRule(literal="ddx", category="uncertain", direction="forward", owner="test"),
    CueRule(literal="r/o", category="uncertain", direction="forward", owner="test"),
    CueRule(literal="differential diagnosis:", category="uncertain", direction="forward", owner="test"),
    CueRule(literal="most likely", category="uncertain", direction="forward", owner="test"),
    CueRule(literal="감별진단", category="uncertain", direction="forward", owner="test"),
    CueRule(literal="no evidence of", category="negated", direction="forward", owner="test"),
    CueRule(literal=", r/o", category="uncertain", direction="backward", owner="test"),
    CueRule(literal="is suspected", category="uncertain", direction="backward", owner="test"),
]
NAMES = ("abscess", "lymphoma", "glioma", "infarct", "전이", "농양")


def carried(text):
    """The names in items below a head, in text order."""
    sentences = SentenceSplitter(["ddx"]).split(text)
    named = sorted(text.find(name) for name in NAMES if name in text)
    cues = ListHeads(RULES).carried(text, sentences, named)
    assert all(text[cue.start : cue.end] == cue.text for cue in cues.values())
    below = [text[sentences[index].start : sentences[index].end] for index in sorted(cues)]
    return [name for line in below for name in NAMES if name in line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DDx.\n1) lymphoma\n2) glioma", ["lymphoma", "glioma"]),
        ("Mass in the left thalamus, DDx.\n 1) lymphoma\n 2) glioma", ["lymphoma", "glioma"]),
        ("D/Dx and R/O\n - lymphoma\n - glioma", ["lymphoma", "glioma"]),
        ("- DDx:\n- lymphoma\n- glioma", ["lymphoma", "glioma"]),
        ("Differential diagnosis:\n(1) lymphoma\n(2) glioma", ["lymphoma", "glioma"]),
        ("감별진단\n 1. 전이\n 2. 농양", ["전이", "농양"]),
        ("R/O #1. lymphoma #2. glioma", ["lymphoma", "glioma"]),
        ("DDx. 1. Primary lymphoma\n     2. glioma", ["lymphoma", "glioma"]),
        ("DDx.\n\u2460 lymphoma\n\u2461 glioma", ["lymphoma", "glioma"]),
        ("DDx.\na) lymphoma\nb) glioma", ["lymphoma", "glioma"]),
        ("No evidence of:\n - lymphoma\n - glioma", ["lymphoma", "glioma"]),
    ],
)
def test_the_items_of_a_list(text, expected):
    assert carried(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DDx.\nlymphoma\nglioma\nOld infarct, right thalamus", ["lymphoma", "glioma"]),
        ("R/O\nlymphoma of the left thalamus\nOld lacunar infarct in the pons", ["lymphoma"]),
        ("DDx: lymphoma\n     glioma\nOld infarct", ["glioma"]),
        ("- r/o lymphoma,\n      glioma", ["glioma"]),
    ],
)
def test_lines_without_a_marker(text, expected):
    assert carried(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "DDx.\n1) lymphoma\n2) meningioma\nOld infarct",  # another kind of line
        "1. DDx.\n  - lymphoma\n2. Old infarct",  # the next item of the list that holds the head
        "DDx.\n  1. lymphoma\n  2. meningioma\n2. Old infarct",  # indented less
        "DDx.\n1. lymphoma\n3. infarct",  # not the next number
        "DDx.\n- lymphoma\n\n- infarct",  # an empty line
    ],
)
def test_the_list_ends(text):
    assert carried(text) == ["lymphoma"]


@pytest.mark.parametrize(
    "text",
    [
        "lymphoma, most likely.\n- infarct",  # said of what stands before it
        "lymphoma, most likely\n1. infarct",
        "Tiny focus, most likely\n2. Old infarct",  # an item of the list that the head is in
        "- Tiny focus, most likely\n- Old infarct",
        "A tumour is suspected\n1) infarct",  # looks back
        "1. Heart failure, R/O\n - infarct",
        "Mass effect, no evidence of\n - infarct",  # a denial without a colon
        "DDx. glioma.\nOld infarct",
        "r/o glioma\n      Old infarct in the territory of the left middle cerebral artery",
    ],
)
def test_no_list_of_the_head(text):
    assert carried(text) == []


def test_a_long_list_is_read_in_linear_time():
    text = "\n".join(["DDx.", *["- DDx."] * 4000, "- lymphoma"])
    sentences = SentenceSplitter(["ddx"]).split(text)
    assert len(ListHeads(RULES).carried(text, sentences, [text.index("lymphoma")])) <= len(sentences)
