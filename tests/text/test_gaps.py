"""Terms with a gap: the word counts where the other one is near, in the same statement."""

import pytest

from radnlp.errors import SchemaError
from radnlp.records import Sentence, Term
from radnlp.text import SentenceSplitter, TermMatcher


def term(phrase, *entities):
    return Term(phrase=phrase, entities=entities, owner="terms.toml")


MATCHER = TermMatcher(
    [
        term("{pleura} ... thickened", "pleural_thickening"),
        term("{bronchial walls} ... thickened", "bronchial_wall_thickening"),
        term("thickening ... {bronchi}", "bronchial_wall_thickening"),
        term("lower lobe", "bll"),
        term("septa are thickened", "interstitial_thickening"),
        term("bladder wall is thickened"),
    ]
)


def found(text, sentences=None):
    sentences = sentences or [Sentence(index=0, start=0, end=len(text))]
    return [(text[match.start : match.end], *match.entities) for match in MATCHER.find(text, sentences)]


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("The pleura around it is thickened.", [("thickened", "pleural_thickening")]),
        ("Pleura: thickened", [("thickened", "pleural_thickening")]),
        ("Thickening is seen in the bronchi.", [("Thickening", "bronchial_wall_thickening")]),
        # what stands between is read as well
        (
            "Bronchial  walls of the lower lobe are thickened.",
            [("lower lobe", "bll"), ("thickened", "bronchial_wall_thickening")],
        ),
        # the nearest of two
        ("Pleura normal, bronchial walls thickened", [("thickened", "bronchial_wall_thickening")]),
        ("Bronchial walls normal, pleura thickened", [("thickened", "pleural_thickening")]),
        # alone, the wrong way round, too far, in another statement
        ("thickened", []),
        ("Thickened fissure, pleura normal", []),
        ("The pleura is normal; the skin is thickened", []),
        ("The pleura is normal. The skin is thickened", []),
        ("The pleura was looked at again in all of the planes that we have: thickened", []),
        # the words are taken by another term
        ("Pleura normal, septa are thickened", [("septa are thickened", "interstitial_thickening")]),
        ("Pleura normal, bladder wall is thickened", []),
    ],
)
def test_gaps(text, matches):
    assert found(text) == matches


def test_both_parts_lie_in_one_sentence():
    text = "Pleura\n\nthickened"
    assert found(text, SentenceSplitter([]).split(text)) == []


@pytest.mark.parametrize("phrase", ["pleura ... thickened", "{pleura} ... {thickened}", "{pleura} ... wall ... thick"])
def test_a_term_that_cannot_be_read_says_so(phrase):
    with pytest.raises(SchemaError, match="one gap and one part in braces"):
        TermMatcher([term(phrase, "pleural_thickening")])
