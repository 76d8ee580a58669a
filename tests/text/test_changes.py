"""Words of change, and what a denial makes of them."""

import pytest

from radnlp.records import ChangeWord, EntityValue, Mention, Schema
from radnlp.text import ChangeFinder, SentenceSplitter, is_denied

WORDS = {
    "new": ["new", "newly appeared", "새로운"],
    "recurrent": ["recurrence", "재발"],
    "more": ["increased", "increase", "progression", "증가"],
    "same": ["stable", "no change", "변화 없"],
    "less": ["decreased", "감소"],
    "change": ["change"],
    "not": ["no", "not", "without"],
    "not_behind": ["is not seen", "없", "보이지 않"],
    "void": ["to evaluate"],
    "nothing": ["new line"],
}


@pytest.fixture(scope="module")
def schema():
    values = {"progression": ("more", "new", "recurrent"), "stable": ("same",), "improvement": ("less",)}
    return Schema(
        id="s",
        version="1.0.0",
        title="",
        languages=("en", "ko"),
        source="",
        keys=(),
        values=tuple(EntityValue(id=name, type="e", label="", changes=kinds) for name, kinds in values.items()),
    )


@pytest.fixture(scope="module")
def finder(schema):
    return ChangeFinder(
        schema,
        [ChangeWord(phrase=phrase, meaning=kind, owner="") for kind, phrases in WORDS.items() for phrase in phrases],
    )


@pytest.fixture(scope="module")
def meanings(finder):
    """The meanings of all changes of a text, in order."""

    def read(text, mentions=()):
        found = finder.find(text, SentenceSplitter([]).split(text), mentions)
        return [change.meaning for index in sorted(found) for change in found[index]]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mass, increased.", ["more"]),
        ("No interval increase of the mass.", ["same"]),
        ("Mass without demonstrable change.", ["same"]),
        ("Mass with a change.", []),
        ("No new lesion.", []),
        ("No new or increased lesion.", []),
        ("No recurrence, increased edema.", ["more"]),
        ("An increase is not seen.", ["same"]),
        ("MR to evaluate progression.", []),
        ("A new line of treatment.", []),
        ("Decreased nodule, increased edema.", ["less", "more"]),
        ("No hemorrhage with increased edema.", ["more"]),
        ("크기 증가 없음.", ["same"]),
        ("새로운 병변은 보이지 않음.", []),
        ("증가하였고 출혈은 없음.", ["more"]),
        ("변화 없음.", ["same"]),
    ],
)
def test_what_a_sentence_tells(meanings, text, expected):
    assert meanings(text) == expected


def test_the_offsets_are_those_of_the_words(finder):
    text = "RUL clear. The  mass is   Newly  appeared."
    ((change,),) = finder.find(text, SentenceSplitter([]).split(text)).values()
    assert text[change.start : change.end] == "Newly  appeared"


def test_a_value_that_only_the_terms_know_counts_with_its_first_kind(meanings):
    mention = Mention(entity="progression", type="e", status=None, start=5, end=14, sentence=0)
    assert meanings("Mass incresaed.", [mention]) == ["more"]


def test_denials_speak_of_other_words_too(finder):
    text = "No residual tumor, but a nodule."
    (denials,) = finder.denials(text, SentenceSplitter([]).split(text)).values()
    assert is_denied(text, denials, text.index("tumor"), text.index("tumor") + 5)
    assert not is_denied(text, denials, text.index("nodule"), text.index("nodule") + 6)
