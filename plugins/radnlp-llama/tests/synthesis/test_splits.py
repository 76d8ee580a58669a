"""Reports are shared out by their ids and the seed, and by nothing else."""

from collections import Counter

import pytest
from radnlp_llama.synthesis.splits import assign

SOURCE = {"train": 2670, "validation": 334, "test": 100}
IDS = [f"r{number}" for number in range(3104)]


def test_the_sizes_of_the_source():
    assert Counter(assign(IDS, SOURCE, seed=1).values()) == SOURCE


@pytest.mark.parametrize("count", [0, 1, 2, 7, 10, 33])
def test_sizes_add_up_whatever_there_is_to_share(count):
    split_of = assign(IDS[:count], SOURCE, seed=1)
    assert sorted(split_of) == sorted(IDS[:count])
    for name, weight in SOURCE.items():
        assert abs(Counter(split_of.values())[name] - count * weight / 3104) < 1


def test_the_order_of_the_ids_does_not_matter_and_the_seed_does():
    assert assign(IDS, SOURCE, seed=1) == assign(IDS[::-1], SOURCE, seed=1)
    assert assign(IDS, SOURCE, seed=1) != assign(IDS, SOURCE, seed=2)
