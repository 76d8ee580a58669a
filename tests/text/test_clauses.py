"""How far a relation reaches: clauses end at the lexicon's clause breaks, not at commas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.text import ClauseSplitter

SPLITTER = ClauseSplitter(["but", "as well as", "as well as a", ";", "지만"])


@pytest.mark.parametrize(
    "clauses",
    [
        ["Nodules in RUL, RML and LLL, ", "but no effusion"],
        ["nodule in RUL", "; effusion"],
        ["nodule ", "as well as a  mass"],
        ["nodule ", "As\nWell  as effusion"],
        ["combut no nodule, butter"],
        ["결절은 있", "지만 흉수는 없음"],
        ["no nodule"],
        ["but nodule"],
    ],
)
def test_clauses_of_a_sentence(clauses):
    text = "".join(clauses)
    assert [text[start:end] for start, end in SPLITTER.split(text, 0, len(text))] == clauses


def test_a_sentence_is_split_inside_its_report():
    text = "No mass but cyst. Nodule but effusion. But calm."
    assert [text[a:b] for a, b in SPLITTER.split(text, 18, 38)] == ["Nodule ", "but effusion."]


def test_without_clause_breaks_a_sentence_is_one_clause():
    assert ClauseSplitter([]).split("nodule but effusion", 0, 19) == ((0, 19),)


@given(st.lists(st.sampled_from(["nodule", "but", " ", "; ", "as well as", ",", "결절지만"]), max_size=12).map("".join))
def test_clauses_cover_the_sentence(text):
    clauses = SPLITTER.split(text, 0, len(text))
    assert "".join(text[start:end] for start, end in clauses) == text
    assert all(start < end for start, end in clauses)
