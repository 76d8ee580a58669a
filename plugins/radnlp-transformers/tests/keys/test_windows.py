"""No token of a report is lost, however long it is."""

from itertools import pairwise

import pytest

pytest.importorskip("torch")

from radnlp_transformers.encoders.local import load_tokenizer
from radnlp_transformers.keys.batches import by_length, collate
from radnlp_transformers.keys.windows import Cutter


@pytest.fixture(scope="module")
def cutter(road):
    return Cutter(load_tokenizer(road.tokenizer), max_length=32)


@pytest.mark.parametrize("count", [0, 1, 29, 30, 31, 60, 61, 500])
def test_every_token_is_in_a_window(cutter, count):
    ids = tuple(range(10, 10 + count))
    windows = list(cutter.windows(0, ids))
    seen = {}
    for window in windows:
        assert len(window.ids) <= 32
        assert len(window.ids) == 32 or len(windows) == 1
        own = window.ids[window.lead : window.lead + window.tokens]
        assert own == ids[window.at : window.at + window.tokens]
        seen.update(enumerate(own, start=window.at))
    assert tuple(seen[number] for number in range(count)) == ids


def test_what_one_window_cuts_is_whole_in_another(cutter):
    windows = list(cutter.windows(0, tuple(range(10, 310))))
    for before, after in pairwise(windows):
        assert before.at + before.tokens - after.at >= 7


def test_places_are_code_points_of_the_text(cutter):
    text = "Nodule 결절 結節 \U0001f600 8 mm."
    (tokens,) = cutter.tokens([text])
    assert len(tokens.ids) == len(tokens.places)
    assert {char for start, end in tokens.places for char in text[start:end]} == set(text)


def test_batches_have_little_padding(cutter):
    windows = [w for number in range(40) for w in cutter.windows(number, tuple(range(10, 10 + number * 7 % 29)))]
    batches = list(by_length(windows, size=8))
    assert sorted(w.owner for batch in batches for w in batch) == sorted(w.owner for w in windows)
    assert max(map(len, batches)) <= 8
    batch = collate(batches[-1], padding=0)
    assert batch.mask.sum().item() == sum(len(w.ids) for w in batches[-1])
