"""Headings: where they are taken for headings, and where they are words of a sentence."""

import pytest

from radnlp.records import HeadingRule
from radnlp.text import SectionFinder

HEADINGS = {
    "history": ["clinical history", "history", "indication", "임상정보"],
    "comparison": ["comparison", "비교"],
    "findings": ["findings", "finding", "chest", "소견"],
    "impression": ["impression", "conclusion", "결론", "판독 결론"],
    "recommendation": ["rec"],
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
    assert ids("임상정보: 기침. 소견: 결절. 결론: 결절.") == ["history", "findings", "impression"]
    assert ids("임상정보: 기침. 소견 결절.") == ["history"]


LIST = "1. Nodule in the RUL.\n2. Effusion."


@pytest.mark.parametrize("history", ["Clinical history: cough.", "임상정보: 기침", "History: cough\nfor two weeks"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r"])
def test_a_numbered_list_below_a_one_line_section_is_not_of_that_section(history, end):
    text = end.join([*history.split("\n"), *LIST.split("\n")])
    ((section, words),) = found(text)
    assert section == "history"
    assert "1." not in words and words.rstrip() == text[: len(words)].rstrip()


@pytest.mark.parametrize("item", ["1. nodule", "1) nodule", "#1. nodule", "(1) nodule", "  1. nodule"])
def test_a_list_is_told_by_its_first_number(item):
    assert found(f"History: cough\n{item}") == [("history", "History: cough\n")]


@pytest.mark.parametrize("line", ["1.5 cm nodule", "2. nodule", "10. nodule", "for weeks", "in 2019. 1. nodule"])
def test_other_lines_below_a_section_belong_to_it(line):
    text = f"History: cough\n{line}"
    assert found(text) == [("history", text)]


@pytest.mark.parametrize(
    "heading", ["History:", "History :", "HISTORY", "[History]", "<임상정보>", "# History", "임상정보："]
)
def test_a_list_below_a_heading_alone_on_its_line_is_of_its_section(heading):
    text = f"{heading}\n1. breast cancer\n2. old nodule"
    assert found(text) == [("history", text)]


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("Clinical history: cough.\nMultiple nodules in both lungs.", "Clinical history: cough.\n"),
        ("Indication: cough for\nthree weeks.\nNodule in the RUL.", "Indication: cough for\nthree weeks.\n"),
        ("Comparison: 2019.\n\nthe nodule is stable.", "Comparison: 2019.\n"),
        ("Comparison: 2019.\n- nodule RUL", "Comparison: 2019.\n"),
        ("임상정보: 위암\nRUL에 결절 있음.", "임상정보: 위암\n"),
        ("HISTORY\nColon cancer.\nOld nodule.\n\nNodule in the RUL.", "HISTORY\nColon cancer.\nOld nodule.\n"),
    ],
)
def test_without_a_title_of_the_findings_the_clinical_information_ends_with_its_lines(text, history):
    ((_, words),) = found(text)
    assert words == history


def test_where_the_findings_have_a_title_a_list_stays_where_it_stands():
    text = "History: cough\n1. breast cancer\nFindings:\n1. nodule\nImpression: nodule\n1. stable"
    assert found(text) == [
        ("history", "History: cough\n1. breast cancer\n"),
        ("findings", "Findings:\n1. nodule\n"),
        ("impression", "Impression: nodule\n1. stable"),
    ]


def test_a_section_behind_the_list_is_found():
    text = "History: cough\n1. nodule\nConclusion: nodule"
    assert found(text) == [("history", "History: cough\n"), ("impression", "Conclusion: nodule")]


@pytest.mark.parametrize("text", ["", "\n", "Nodule.", "\x00", "\ud800:"])
def test_a_report_without_headings_has_no_sections(text):
    assert ids(text) == []


def test_a_lexicon_without_headings_finds_none():
    assert SectionFinder([]).find("Findings: nodule") == ()


def test_a_repeated_heading_opens_a_section_each_time():
    assert ids("Findings:\nnodule\nImpression:\nnodule\nFindings:\nmass") == ["findings", "impression", "findings"]


@pytest.mark.parametrize(
    "heading", ["［所見］", "＜所見＞", "【所見】", "〈所見〉", "《所見》", "■所見：", "◆ 所見\n", "　【所見】"]
)
def test_brackets_and_bullets_of_japanese_headings(heading):
    finder = SectionFinder([HeadingRule(phrase="所見", section="findings", owner="headings.toml")])
    text = f"{heading}右上葉に結節。"
    assert [section.id for section in finder.find(text)] == ["findings"]


@pytest.mark.parametrize("before", ["", "Findings: nodule.\nConclusion:\n"])
def test_advice_inside_a_list_ends_with_its_item(before):
    text = f"{before}1. Nodule.\n  Rec) CT\n  in May.\n2. Effusion."
    assert found(text)[-1] == ("recommendation", "Rec) CT\n  in May.\n")
    assert found(f"{before}Rec:\n1. CT.\n2. Biopsy.")[-1] == ("recommendation", "Rec:\n1. CT.\n2. Biopsy.")
    assert found(f"{before}Rec) 1. CT.\n2. Biopsy.")[-1] == ("recommendation", "Rec) 1. CT.\n2. Biopsy.")
