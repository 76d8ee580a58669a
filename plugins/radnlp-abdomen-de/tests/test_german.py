"""What a clinician takes from a German sentence, phenomenon by phenomenon: german.toml."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

from radnlp.testing import differences, parse_markup

PHENOMENA = tomllib.loads(Path(__file__).with_name("german.toml").read_text("utf-8"))["phenomenon"]
LINES = [
    pytest.param(line, id=f"{phenomenon['name']}: {number}")
    for phenomenon in PHENOMENA
    for number, line in enumerate(phenomenon["sentences"], 1)
]


@pytest.mark.parametrize("line", LINES)
def test_sentence(abdomen, line):
    marked = parse_markup(line)
    found = differences(marked, abdomen(marked.text)._.rad)
    assert found == []


def test_every_key_is_expected_somewhere(abdomen):
    named = {mark.entity for line in LINES for mark in parse_markup(line.values[0]).marks}
    (finding, *_) = abdomen("Leber: Zyste.")._.rad.findings
    assert finding.key in named
    assert len(named) == 19


def test_sizes_have_a_decimal_comma(abdomen):
    (finding,) = abdomen("In Segment VI eine 1,4 cm große Zyste.")._.rad.findings
    assert [measurement.mm for measurement in finding.measurements] == [(14.0,)]


def test_headings_open_sections(abdomen):
    text = "Klinische Angaben: Ikterus.\nBefund: Kein Aszites.\nBeurteilung: Kein Aszites.\n"
    assert [section.id for section in abdomen(text)._.rad.sections] == ["history", "findings", "impression"]


#: What the schema cannot say today, and why; each fails loudly once it can.
LIMITS = [
    pytest.param(
        "Die Gallenblase ist [steinfrei](stone absent).",
        id="a denial inside the word",
        marks=pytest.mark.xfail(strict=True, reason="a cue inside the words of a finding says nothing of it"),
    ),
    pytest.param(
        "Linke Niere normal groß. Am unteren Pol eine [Zyste](cyst present located_in=left_kidney_lower).",
        id="the side of the sentence before",
        marks=pytest.mark.xfail(strict=True, reason="only the English article ties a part to the organ named before"),
    ),
    pytest.param(
        "Leber und Milz nicht [vergrößert](hepatomegaly absent; splenomegaly absent).",
        id="one word for two organs",
        marks=pytest.mark.xfail(strict=True, reason="a term with a gap is read for the nearest organ alone"),
    ),
]


@pytest.mark.parametrize("line", LIMITS)
def test_limit(abdomen, line):
    marked = parse_markup(line)
    assert differences(marked, abdomen(marked.text)._.rad) == []


def test_umlauts_in_two_characters(abdomen):
    """A limit of the matching, written down: text is taken as given, and a letter and its dots are two characters."""
    text = unicodedata.normalize("NFD", "Hämangiom in Segment II.")
    assert abdomen(text)._.rad.findings == ()
