"""Formats by name and suffix."""

import pytest

from radnlp.batch import FORMAT_NAMES, create_format, format_for_path
from radnlp.errors import ConfigError, UnknownNameError


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_every_format_is_called_by_its_name_and_chosen_by_its_suffixes(name, schema):
    made = create_format(name, schema)
    assert made.name == name
    assert [format_for_path(f"out{suffix}") for suffix in made.suffixes] == [name] * len(made.suffixes)


def test_an_unknown_name_brings_the_near_one(schema):
    with pytest.raises(UnknownNameError, match="unknown format 'jsonlines'; did you mean 'jsonl'"):
        create_format("jsonlines", schema)


@pytest.mark.parametrize("path", ["out.json", "out", "out.xlsx"])
def test_a_suffix_that_chooses_nothing(path):
    with pytest.raises(ConfigError, match=r"chooses no format.*--format"):
        format_for_path(path)
