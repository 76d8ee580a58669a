"""Two sizes of one finding compared."""

import pytest

from radnlp.pipeline import Assembly
from radnlp.rules.episodes.sizes import SizeComparer
from radnlp.text import SentenceSplitter


@pytest.fixture(scope="module")
def compare():
    comparer = SizeComparer(Assembly.of("brain_mri").lexicon)

    def read(text):
        found = comparer.changes(text, SentenceSplitter(["prev"]).split(text))
        return [change.meaning for index in sorted(found) for change in found[index]]

    return read


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("12 -> 15 mm", ["more"]),
        ("12mm → 8mm", ["less"]),
        ("1.2 x 1.0 cm => 1.8 x 1.5 cm", ["more"]),
        ("8 mm (previously 12 mm)", ["less"]),
        ("was 9 mm, now 6 mm", ["less"]),
        ("increased from 2.1 cm to 2.9 cm", ["more"]),
        ("3.1 cm에서 4.0 cm로 커짐", ["more"]),
        ("8 mm (이전 12 mm)", ["less"]),
        ("6 mm (12/04: 11 mm)", ["less"]),
        ("7 mm (2021.03.04: 7 mm)", ["same"]),
        ("30 mm -> 31 mm", ["same"]),  # within a tenth
        ("5 mm -> 6 mm", ["more"]),
        ("12 x 15 mm", []),
        ("nodules of 5 and 9 mm", []),
    ],
)
def test_compared(compare, text, meanings):
    assert compare(f"Mass, {text}.") == meanings


def test_an_earlier_size_in_the_next_sentence(compare):
    assert compare("Mass of 2.7 cm. It was 2.1 cm six months ago.") == ["more"]
