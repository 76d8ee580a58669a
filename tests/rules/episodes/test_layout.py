"""Which sentences of a report belong to one list item."""

from radnlp.api import Report, ReportView
from radnlp.records import HeadingRule
from radnlp.rules.episodes.layout import places
from radnlp.text import SectionFinder, SentenceSplitter


def items(text, past=("history",)):
    headings = [HeadingRule(phrase=name, section=name, owner="") for name in ("history", "findings")]
    sections = SectionFinder(headings).find(text)
    sentences = SentenceSplitter([]).split(text, sections)
    view = ReportView(report=Report(id="r", text=text), sections=sections, sentences=sentences, mentions=())
    found = places(view, past)
    return [found[sentence.index] for sentence in sentences]


def test_a_number_begins_an_item_and_bullets_below_belong_to_it():
    found = items("1. Mass. It is large.\n - no change\n2. Sinusitis.")
    assert [place.item for place in found] == [1, 1, 1, 2]


def test_indented_lines_belong_to_the_item():
    assert [place.item for place in items("1. Mass\n   12 mm\n2. Sinusitis")] == [1, 1, 2]


def test_without_numbers_each_line_is_an_item():
    assert [place.item for place in items("Mass.\nNo change.\n\nSinusitis.")] == [1, 2, 3]


def test_past_sections_do_not_count():
    assert [place.counts for place in items("History: GBM\nFindings: Mass.")] == [False, True]


def test_otherwise_speaks_of_the_rest():
    assert [place.rest for place in items("1. Mass.\n2. Otherwise no change.\n3. 그 외 변화 없음.")] == [
        False,
        True,
        True,
    ]
