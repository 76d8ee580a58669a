"""Pure text functions: folding, sections, sentences, clauses, terms, cues and what they mean. No spaCy here."""

from radnlp.text.carried import ListHeads
from radnlp.text.changes import Change, ChangeFinder, is_denied
from radnlp.text.context import NativeContext, Target
from radnlp.text.cues import distinct_rules
from radnlp.text.folding import FoldedText, fold
from radnlp.text.measured import MeasuredSize, SizeReader
from radnlp.text.measurements import MeasurementFinder
from radnlp.text.phrases import PhraseMatcher, all_spelled
from radnlp.text.recurring import Remembering
from radnlp.text.sections import SectionFinder
from radnlp.text.sentences import SentenceSplitter, with_sections
from radnlp.text.status import EXCLUDING, decide_status, strongest
from radnlp.text.terms import TermMatcher
from radnlp.text.tokens import LETTER, split_tokens
from radnlp.text.topics import TopicFinder

__all__ = [
    "EXCLUDING",
    "LETTER",
    "Change",
    "ChangeFinder",
    "FoldedText",
    "ListHeads",
    "MeasuredSize",
    "MeasurementFinder",
    "NativeContext",
    "PhraseMatcher",
    "Remembering",
    "SectionFinder",
    "SentenceSplitter",
    "SizeReader",
    "Target",
    "TermMatcher",
    "TopicFinder",
    "all_spelled",
    "decide_status",
    "distinct_rules",
    "fold",
    "is_denied",
    "split_tokens",
    "strongest",
    "with_sections",
]
