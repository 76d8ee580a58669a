"""Headings: where they are taken for headings, and where they are words of a sentence."""

import pytest

from radnlp.records import HeadingRule
from radnlp.text import SectionFinder

HEADINGS = {
    "history": ["clinical history", "history", "indication", "임상정보"],
    "comparison": ["comparison", "비교"],
    "findings": ["findings", "finding", "chest", "소견"],
    "impression": ["impression", "conclusion", "결론", "판독 결론"],
}
FINDER = SectionFinder(
    HeadingRule(phrase=phrase, section=section, owner="headings.toml")
    for section, phrases in HEADINGS.items()
    for phrase in phrases
)


def found(text):
    """Section and words of each section that was found."""
    return [(section.id, text[section.start : section.end]) for section in FINDER.find(text)]


def ids(text):
    return [section.id for section in FINDER.find(text)]


def test_a_section_runs_from_its_heading_to_the_next():
    text = "Report 1\nFindings: Nodule in the RUL.\n\nImpression:\nNodule."
    assert found(text) == [
        ("findings", "Findings: Nodule in the RUL.\n\n"),
        ("impression", "Impression:\nNodule."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        *("FINDINGS:", "findings :", "Findings", "  Findings:", "\tFINDINGS", "Finding:"),
        *("[Findings]", "<FINDINGS>", "** Findings **", "== FINDINGS ==", "# Findings", "【Findings】", "■ Findings:"),
        *("Findings：", "소견:", "[소견]", "<소견>", "소견"),
    ],
)
def test_decoration_case_and_language_make_no_difference(heading):
    assert ids(f"{heading}\nNodule in the RUL.") == ["findings"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_every_kind_of_line_end_gives_the_same_sections(end):
    text = end.join(["History", "cough", "FINDINGS: nodule", "판독 결론", "nodule"])
    assert ids(text) == ["history", "findings", "impression"]
    assert [text[s.start :][:4] for s in FINDER.find(text)] == ["Hist", "FIND", "판독 결"]


def test_the_longest_heading_is_taken():
    assert ids("Clinical  history: cough") == ["history"]


@pytest.mark.parametrize(
    "prose",
    [
        "Findings are unchanged.",
        "Comparison with the prior study shows a nodule.",
        "Chest CT: nodule",
        "The impression: nodule.",
        "history of breast cancer",
        "No significant findings.",
        "소견은 변화 없음",
        "impressions",
    ],
)
def test_heading_words_inside_prose_are_no_heading(prose):
    assert ids(prose) == []


def test_where_the_line_breaks_were_lost_a_capital_after_a_stop_and_a_colon_make_a_heading():
    text = "Indication: cough. Findings: nodule. Impression: nodule."
    assert found(text) == [
        ("history", "Indication: cough. "),
        ("findings", "Findings: nodule. "),
        ("impression", "Impression: nodule."),
    ]
    assert ids("Indication: cough. findings: nodule.") == ["history"]
    assert ids("Cough. Findings nodule.") == []


@pytest.mark.parametrize("text", ["", "\n", "Nodule.", "\x00", "\ud800:"])
def test_a_report_without_headings_has_no_sections(text):
    assert ids(text) == []


def test_a_lexicon_without_headings_finds_none():
    assert SectionFinder([]).find("Findings: nodule") == ()


def test_a_repeated_heading_opens_a_section_each_time():
    assert ids("Findings:\nnodule\nImpression:\nnodule\nFindings:\nmass") == ["findings", "impression", "findings"]
