"""What a sentence speaks of."""

import pytest

from radnlp.api import Lexicon, Mention, Report, ReportView, Signpost
from radnlp.rules.episodes.subjects import SubjectFinder
from radnlp.text import SentenceSplitter

SIGNS = {
    "other_finding": ["ventricle"],
    "other_place": ["cavity"],
    "unnamed_finding": ["nodule"],
    "common_name": ["tumor"],
    "finding_part": ["edema"],
    "same_finding": ["it"],
    "nothing": ["clear"],
}


@pytest.fixture
def kinds():
    lexicon = Lexicon(
        languages=("en",),
        clause_breaks=("but",),
        signposts=tuple(Signpost(phrase=word, kind=kind, owner="") for kind, words in SIGNS.items() for word in words),
    )
    finder = SubjectFinder(lexicon, ["glioma"])

    def read(text, *mentions):
        view = ReportView(
            report=Report(id="r", text=text), sections=(), sentences=SentenceSplitter([]).split(text), mentions=mentions
        )
        row = finder.rows(view, {"glioma"})[0]
        return [(text[subject.start : subject.end], subject.kind) for subject in row.subjects]

    return read


def mention(text, words, entity, status="present", excluded=None):
    at = text.index(words)
    return Mention(entity=entity, type="d", status=status, start=at, end=at + len(words), sentence=0, excluded=excluded)


def test_mentions_and_signposts_in_text_order(kinds):
    text = "The GBM and its edema, a nodule, an infarct, the ventricle and it are clear."
    assert kinds(text, mention(text, "GBM", "glioma"), mention(text, "infarct", "stroke")) == [
        ("GBM", "key"),
        ("edema", "part"),
        ("nodule", "unnamed"),
        ("infarct", "other"),
        ("ventricle", "other"),
        ("it", "back"),
    ]


@pytest.mark.parametrize(("status", "excluded"), [("absent", None), ("uncertain", "question")])
def test_what_is_denied_or_does_not_count_owns_nothing_else(kinds, status, excluded):
    text = "GBM, tumor."
    assert kinds(text, mention(text, "GBM", "glioma", status, excluded)) == [("GBM", "denied"), ("tumor", "unnamed")]


def test_a_place_is_one_wherever_it_stands(kinds):
    assert kinds("Nodule at the cavity.") == [("Nodule", "unnamed"), ("cavity", "other")]
