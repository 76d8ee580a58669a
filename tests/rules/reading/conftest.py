"""Sentences with their mentions written into them, as the parts of the reader see them."""

import pytest

from radnlp.hooks import default_catalogue
from radnlp.rules.reading import Reader
from radnlp.rules.reading.finder import ItemFinder


@pytest.fixture(scope="session")
def chest():
    """The schema chest_ct, with all its places."""
    return default_catalogue().schema("chest_ct")[0]


@pytest.fixture(scope="session")
def places_of(chest):
    """Ids of all places."""
    return [value.id for value in chest.values if value.type == "location"]


@pytest.fixture(scope="session")
def items_of(chest, places_of, lexicon, view_of):
    """Text and items of the first sentence of a marked report."""
    finder = ItemFinder(lexicon, places_of)

    def find(line):
        view = view_of(line, chest)
        return view.report.text, finder.items(view)[0]

    return find


@pytest.fixture(scope="session")
def read(chest, places_of, lexicon, view_of):
    """Every reading of a marked report: words of the finding, places, words of the places, way."""
    reader = Reader(chest, lexicon, places_of)

    def answer(line):
        view = view_of(line, chest)
        text = view.report.text
        return [
            (
                text[reading.key.start : reading.key.end],
                ",".join(value.id for value in chest.values if value.id in reading.values),
                " + ".join(text[place.start : place.end] for place in reading.places),
                reading.way,
            )
            for reading in reader.read(view)
        ]

    return answer
