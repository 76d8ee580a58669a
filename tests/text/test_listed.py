"""What begins an item of a list, and which lines are one list."""

import pytest

from radnlp.text import SentenceSplitter
from radnlp.text.listed import items_below, marker_of


def sentences_of(text):
    return SentenceSplitter([]).split(text)


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("1) abscess", "0)", 1),
        ("#2. abscess", "#0.", 2),
        ("(3) abscess", "(0)", 3),
        ("b) abscess", "a)", 2),
        ("\u2461 abscess", "ring", 2),
        ("- abscess", "-", None),
        ("-> abscess", "", None),
        ("1.5 cm mass", "", None),
        ("abscess", "", None),
    ],
)
def test_markers(line, kind, number):
    (sentence,) = sentences_of(line)
    marker = marker_of(line, sentence)
    assert (marker.kind, marker.number, marker.column) == (kind, number, 0)


def test_an_indented_marker_tells_its_column_and_one_inside_a_line_has_none():
    text = "DDx:\n  1) abscess 2) infarct"
    assert [marker_of(text, sentence).column for sentence in sentences_of(text)] == [0, 2, None]


def test_the_lines_of_one_list():
    text = "DDx:\n 1) abscess\n   with edema\n 2) infarct\n3. Sinusitis."
    below = items_below(text, sentences_of(text), 0)
    assert [text[item.start : item.end] for item in below] == ["1) abscess", "with edema", "2) infarct"]
