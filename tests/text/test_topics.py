"""Whose lesion a word means: that of the organ named before it."""

import pytest

from radnlp.records import TermMatch, Topic
from radnlp.text import SentenceSplitter, TopicFinder

TOPICS = [
    *(Topic(phrase=phrase, keys=("nodules", "mass"), owner="topics.toml") for phrase in ("肝", "脾", "腎", "甲状腺")),
    *(Topic(phrase=phrase, keys=(), owner="topics.toml") for phrase in ("肺", "縦隔", "上葉")),
]
WORDS = {"結節": "nodules", "腫瘤": "mass", "胸水": "pleural_effusion"}


def elsewhere(text, topics=TOPICS):
    """The words that mean a lesion of another organ, in text order."""
    sentences = SentenceSplitter([]).split(text)
    matches = [
        TermMatch(start=at, end=at + 2, entities=(WORDS[text[at : at + 2]],), sentence=sentence.index)
        for sentence in sentences
        for at in range(sentence.start, sentence.end)
        if text[at : at + 2] in WORDS
    ]
    found = TopicFinder(topics).elsewhere(text, sentences, matches)
    return [text[match.start : match.end] for match in matches if (match.start, match.entities[0]) in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("肝S5に結節を認めます。", ["結節"]),
        ("肺に結節を認めます。", []),
        ("結節を認めます。", []),
        ("肝、脾、腎に腫瘤なし。", ["腫瘤"]),
        ("縦隔・肺に腫瘤なし。", []),
        ("肺および肝に腫瘤なし。", []),
        ("肝に胸水は及ばない。", []),
    ],
)
def test_the_organ_before_it_in_its_sentence(text, expected):
    assert elsewhere(text) == expected


def test_an_organ_in_another_statement_is_not_its_own():
    assert elsewhere("肝に嚢胞があり、結節は右上葉です。") == []


def test_what_follows_speaks_of_the_same_organ():
    assert elsewhere("甲状腺は腫大。内部に結節を認める。") == ["結節"]


def test_a_word_means_what_it_meant_last():
    assert elsewhere("肺に結節がある。肝に嚢胞がある。結節は不変。") == []
    assert elsewhere("肝に腫瘤がある。腫瘤は増大。肺に腫瘤がある。腫瘤は不変。") == ["腫瘤", "腫瘤"]


def test_without_topics_nothing_is_elsewhere():
    assert elsewhere("肝に結節がある。", topics=[]) == []
