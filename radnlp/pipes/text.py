"""radnlp_text: sections and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from radnlp.pipes.draft import Draft
from radnlp.records import Lexicon, Report
from radnlp.text import SectionFinder, SentenceSplitter, with_sections

_SURROGATE = re.compile("[\ud800-\udfff]")


class TextStage:
    """Finds sections and sentences, and says what is odd about the text itself.

    Sentences that the input fixes are kept exactly. An empty text is the warning ``empty_text``. A report that
    could not be read gets no sentences, so that no later stage finds anything in it.
    """

    name, needs = "text", None

    def __init__(self, lexicon: Lexicon) -> None:
        self._sections = SectionFinder(lexicon.headings)
        self._sentences = SentenceSplitter(lexicon.abbreviations)

    def work(self, drafts: Sequence[Draft]) -> None:
        """Fill ``sections`` and ``sentences``."""
        for draft in drafts:
            report = draft.report
            if not report.readable:
                draft.sections, draft.sentences = (), ()
                continue
            _note_oddities(draft, report)
            sections = self._sections.find(report.text)
            draft.sections = sections
            if report.sentences is not None:
                draft.sentences = with_sections(report.sentences, sections)
            else:
                draft.sentences = self._sentences.split(report.text, sections)


def _note_oddities(draft: Draft, report: Report) -> None:
    if not report.text.strip():
        draft.note("warning", "text", "empty_text", "the report has no text; it gives no findings")
    if "\x00" in report.text:
        draft.note("warning", "text", "nul_character", "the text holds NUL characters; they were kept")
    if not report.text.isascii() and _SURROGATE.search(report.text):
        draft.note(
            "warning",
            "text",
            "lone_surrogate",
            "the text holds lone surrogates, which no encoding can write; the output line uses ASCII escapes for them",
        )
