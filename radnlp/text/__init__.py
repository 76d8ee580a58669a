"""Pure text functions: folding, sections, sentences, clauses, terms, cues and what they mean. No spaCy here."""

from radnlp.text.context import NativeContext, Target
from radnlp.text.cues import distinct_rules
from radnlp.text.folding import FoldedText, fold
from radnlp.text.measurements import MeasurementFinder
from radnlp.text.phrases import PhraseMatcher, all_spelled
from radnlp.text.sections import SectionFinder
from radnlp.text.sentences import SentenceSplitter, with_sections
from radnlp.text.status import decide_status, strongest
from radnlp.text.terms import TermMatcher
from radnlp.text.tokens import LETTER, split_tokens

__all__ = [
    "LETTER",
    "FoldedText",
    "MeasurementFinder",
    "NativeContext",
    "PhraseMatcher",
    "SectionFinder",
    "SentenceSplitter",
    "Target",
    "TermMatcher",
    "all_spelled",
    "decide_status",
    "distinct_rules",
    "fold",
    "split_tokens",
    "strongest",
    "with_sections",
]
