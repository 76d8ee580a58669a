"""Sentences of radiology writing."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.records import Section
from radnlp.text import SentenceSplitter, with_sections

SPLITTER = SentenceSplitter(["rt", "lt", "dr", "e.g", "approx"])


def split(text):
    return [text[s.start : s.end] for s in SPLITTER.split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        # narrative
        ["Nodule in the RUL.", "No effusion."],
        ["Is this a nodule?", "Yes!", "(Stable.)", "Nodule"],
        ["Nodule (?) in the RUL.", "No effusion."],
        # list numbers and dashes stay with their item
        ["1. Nodule in the RUL.", "2. Effusion."],
        ["1. nodule in the RUL", "2. effusion", "3. no mass"],
        ["Grade 1.", "Effusion."],
        ["Nodule in segment 2.", "Effusion."],
        ["1) Nodule in the RUL", "2) effusion"],
        ["#1. Nodule.", "#2. Effusion."],
        # a list behind what announces it
        ["R/O", "1. nodule", "2. effusion"],
        ["Approx.", "1. nodule", "2. effusion"],
        ["R/O", "#1. nodule", "#2. effusion"],
        # measures and image numbers
        ["Nodule of 1.2 cm in the RUL.", "Effusion 3.5 x 2.1 cm."],
        ["Nodule (#2-28).", "See #2-28.", "No effusion."],
        ["A nodule (series 2, image 10) is seen."],
        ["Lung-RADS 2.", "No effusion."],
        # abbreviations
        ["Rt. lung: nodule.", "Lt. lung clear."],
        ["s/p lobectomy.", "Nodule, e.g. granuloma."],
        ["Read by Dr. Kim.", "Nodule (approx. 5 mm)."],
        ["J. Smith saw it.", "Nodule."],
        # no final full stop
        ["No effusion.", "Nodule in the RUL"],
        # Korean and Japanese
        ["우상엽에 결절이 있음.", "흉수 없음."],
    ],
)
def test_a_line_of_sentences(sentences):
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["右上葉に結節を認めます。", "胸水なし。", "「変化なし。」"],
        ["径３．５ｍｍの結節。", "１．結節あり。"],
        ["Nodule in the apex.", "There is no effusion."],
    ],
)
def test_stops_that_need_no_space_after_them(sentences):
    assert split("".join(sentences)) == sentences


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", " \n  "])
@pytest.mark.parametrize(
    "items",
    [
        ["Nodule in RUL", "Effusion", "s/p lobectomy"],
        ["- Nodule in RUL", "- Effusion, left"],
        ["* nodule", "• effusion"],
        ["1. Nodule", "2. Effusion"],
        ["1) nodule", "2) effusion"],
        ["RUL: nodule", "LLL: clear"],
        ["nodule", "effusion left"],
        ["결절", "흉수 없음"],
    ],
)
def test_items_on_lines_of_their_own(items, end):
    assert split(end.join(items)) == items


WRAPPED = (
    "There is a nodule of 8 mm in the posterior segment of the right\n"
    "upper lobe without change since the study before. There is no\n"
    "pleural effusion."
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_margin_breaks_no_sentence(end):
    text = WRAPPED.replace("\n", end)
    first, second = split(text)
    assert first.endswith("study before.")
    assert second == f"There is no{end}pleural effusion."


@pytest.mark.parametrize("item", ["- small effusion", "1) small effusion", "Effusion", "#3 effusion"])
def test_an_item_after_a_long_line_is_a_sentence_of_its_own(item):
    line = "There is a nodule of 8 mm in the posterior segment of the right lung"
    assert split(f"{line}\n{item}") == [line, item]


def test_a_short_line_was_not_broken_by_a_margin():
    line = "There is a nodule of 8 mm in the posterior segment of the right lung"
    assert split(f"{line}\nno effusion\nno mass") == [f"{line}\nno effusion", "no mass"]


def test_a_section_starts_a_sentence_and_each_sentence_is_told_its_section():
    text = "cough Findings: nodule. Effusion"
    sections = [Section(id="findings", start=6, end=len(text))]
    sentences = SPLITTER.split(text, sections)
    assert [(text[s.start : s.end], s.section, s.index) for s in sentences] == [
        ("cough", None, 0),
        ("Findings: nodule.", "findings", 1),
        ("Effusion", "findings", 2),
    ]


def test_given_sentences_are_kept_exactly_an_empty_one_too():
    sections = (Section(id="history", start=0, end=5), Section(id="findings", start=5, end=20))
    spans = [(0, 4), (5, 5), (6, 20)]
    sentences = with_sections(spans, sections)
    assert [(s.start, s.end) for s in sentences] == spans
    assert [s.section for s in sentences] == ["history", "findings", "findings"]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u3000"])
def test_nothing_but_space_has_no_sentence(text):
    assert split(text) == []


radiology = st.lists(
    st.sampled_from(
        [
            *(
                "Nodule",
                "nodule in the",
                "RUL",
                "1.2 cm",
                "1.",
                "1)",
                "- ",
                "#2-28",
                "Rt.",
                "Dr.",
                "s/p",
                "결절",
                "結節。",
            ),
            *(
                "No ",
                "effusion.",
                ".",
                "...",
                "?",
                '."',
                " ",
                "  ",
                "\n",
                "\r\n",
                "\r",
                "\t",
                "\u3000",
                "\x00",
                "\ud800",
            ),
            *("apex.There", "(", ")", ":", "．", "upper lobe without change since the study before"),
        ]
    ),
    max_size=30,
).map("".join)


@given(st.text(max_size=60) | radiology, st.data())
def test_sentences_are_ordered_trimmed_and_cover_every_word(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=3)))
    sections = [Section(id="findings", start=a, end=b) for a, b in pairwise([*cuts, len(text)])]
    sentences = SPLITTER.split(text, sections)
    at = 0
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        assert at <= sentence.start < sentence.end
        assert not text[at : sentence.start].strip()
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        assert not any(sentence.start < section.start < sentence.end for section in sections)
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize("piece", ["Rt. ", ".", "1) a ", "a\n", "( ", "a. ", "1. ", "?!", "\r\n "])
def test_a_long_text_of_one_piece_takes_no_long_time(piece):
    started = perf_counter()
    SPLITTER.split(piece * 50_000 + "x")
    assert perf_counter() - started < 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("結節を認めます。[#1]胸水なし。", ["結節を認めます。[#1]", "胸水なし。"]),
        ("結節を認めます[#1-2]。胸水なし。", ["結節を認めます[#1-2]。", "胸水なし。"]),
        ("結節あり。 [#1, 3]\n胸水なし。", ["結節あり。 [#1, 3]", "胸水なし。"]),
        ("径1．2cm大。結節｡胸水", ["径1．2cm大。", "結節｡", "胸水"]),
    ],
)
def test_an_image_reference_stays_with_its_japanese_sentence(text, expected):
    assert [text[s.start : s.end] for s in SentenceSplitter([]).split(text)] == expected
