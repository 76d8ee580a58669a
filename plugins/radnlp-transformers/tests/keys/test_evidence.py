"""Which words are shown for a key that no term names."""

import numpy as np
import pytest

pytest.importorskip("torch")

from radnlp_transformers.keys.evidence import Words


def shown(marked, *, within=None):
    """Tokens with what they add, as ``word:0.5``; spaces belong to the token behind them."""
    text, places, shares = "", [], []
    for piece in marked.split("|"):
        word, _, share = piece.rpartition(":")
        places.append((len(text), len(text) + len(word)))
        text += word
        shares.append(float(share))
    spans = Words(text, places).evidence(np.array(shares), within=within or [(0, len(text))])
    return [span.text for span in spans if text[span.start : span.end] == span.text]


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("There:0| is:0| a:0.1| nod:0.4|ule:0.5|.:0.9", ["nodule"]),  # pieces of a word count together, signs not
        ("ground:0.5|-:0|glass:0.4| opacity:0.6| in:0.1", ["ground-glass opacity"]),
        (" small:0.2| mass:1.0| here:0.1", ["mass"]),
        ("no:-0.1| lesion:-0.5", []),
        ("結:0.5|節:0.6|を:0.1", ["結節"]),
        ("lesion:0.6|은:0.1", ["lesion"]),
        (".:0.5| ,:0.7", []),
        ("", []),
    ],
)
def test_the_strongest_words(tokens, expected):
    assert (shown(tokens) if tokens else list(Words("", []).evidence(np.zeros(0), within=[]))) == expected


def test_evidence_stays_in_its_sentence():
    assert shown("mass:0.6|.:0| Nodule:0.9| here:0", within=[(0, 5), (6, 17)]) == ["Nodule"]
