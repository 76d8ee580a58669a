"""Pure text functions: folding, sections, sentences, clauses, terms and the meaning of cues. No spaCy here."""

from radnlp.text.clauses import ClauseSplitter
from radnlp.text.folding import FoldedText, fold
from radnlp.text.sections import SectionFinder
from radnlp.text.sentences import SentenceSplitter, with_sections
from radnlp.text.status import decide_status, strongest
from radnlp.text.terms import TermMatcher

__all__ = [
    "ClauseSplitter",
    "FoldedText",
    "SectionFinder",
    "SentenceSplitter",
    "TermMatcher",
    "decide_status",
    "fold",
    "strongest",
    "with_sections",
]
