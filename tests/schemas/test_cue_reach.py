"""No cue looks through the whole rest of a sentence: there may be thousands of it in one that never ends."""

import re

import pytest

from radnlp.hooks import default_catalogue

#: Repetitions of single words are short; any number of any characters, or of words, is not.
ENDLESS = re.compile(r"(?<!\\)(?:\[\^(?![^\]]*\\s)[^\]]*\]|\.|\))[*+]")


@pytest.mark.parametrize("schema", ["chest_ct", "chest_xray", "brain_mri", "ja_ct"])
def test_what_a_cue_looks_at_ends_somewhere(schema):
    _, lexicon = default_catalogue().schema(schema)
    patterns = {pattern for cue in lexicon.cues for pattern in (cue.pattern, cue.followed_by) if pattern}
    assert patterns
    assert [pattern for pattern in sorted(patterns) if ENDLESS.search(pattern)] == []


def test_what_is_meant_by_endless():
    assert all(ENDLESS.search(pattern) for pattern in (r"a(?![^;]*b)", r"(?: x)+", r"a.*b"))
    assert not any(ENDLESS.search(pattern) for pattern in (r"\.*", r"\w+ [a-z]+", r"[^\s,]+ ", r"[^;]{0,200}"))
