"""The tokenizer of a radnlp pipeline: words, numbers, signs, and each Han, kana and Hangul character for itself.

spaCy's plain ``xx`` makes a whole Japanese sentence one token and ``en`` makes one of "lesion은", so no cue would ever
match there; ``ja`` would need SudachiPy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from radnlp.pipes.draft import TEXT
from radnlp.text import split_tokens

#: spaCy refuses longer texts, for the sake of parsers, which a radnlp pipeline has none of.
MAX_LENGTH = 1_000_000_000

_SURROGATE = re.compile("[\ud800-\udfff]")


@registry.tokenizers("radnlp.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], RadiologyTokenizer]:
    """The tokenizer for a pipeline's config."""

    def create(nlp: Language) -> RadiologyTokenizer:
        nlp.max_length = MAX_LENGTH
        return RadiologyTokenizer(nlp.vocab)

    return create


def blank_pipeline(vocab: Vocab | bool = True) -> Language:
    """An empty pipeline with our tokenizer; ``vocab`` as spaCy takes it."""
    return spacy.blank("xx", vocab=vocab, config={"nlp": {"tokenizer": {"@tokenizers": "radnlp.Tokenizer.v1"}}})


class RadiologyTokenizer:
    """Makes a Doc from a text; nothing in it depends on a language or can be configured.

    A lone surrogate, which spaCy's string store cannot hold, stands as U+FFFD in the Doc; offsets stay the same.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        doc_text = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
        words, spaces = split_tokens(doc_text)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[TEXT] = doc_text
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep; spaCy asks for it."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> RadiologyTokenizer:
        """Nothing was kept; spaCy asks for it."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to keep; spaCy asks for it."""

    def from_disk(self, _path: str | Path, **_: Any) -> RadiologyTokenizer:
        """Nothing was kept; spaCy asks for it."""
        return self
