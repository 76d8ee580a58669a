"""Finished Docs in spaCy's own file of many Docs."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import DocBin

from radnlp.errors import ConfigError
from radnlp.pipeline import factories  # noqa: F401  sets the extensions, as a pipeline does
from radnlp.pipes import attach, blank_pipeline, finish_doc
from radnlp.pipes.draft import open_draft
from radnlp.records import Extraction, Report


def doc_bin(read: Iterable[tuple[Report, Extraction]]) -> bytes:
    """What a radnlp pipeline leaves of each report, as the content of a ``.spacy`` file.

    Of a token only its word and the space behind it are stored, since a radnlp pipeline sets nothing else: 9 bytes
    instead of 105. All is held in memory until the last report.

    Args:
        read: Reports with what was found in them.

    Raises:
        ConfigError: It is more than one such file can hold (about 500 million tokens).
    """
    nlp = blank_pipeline()
    packed = DocBin(attrs=["ORTH"], store_user_data=True)
    for report, extraction in read:
        doc = attach(nlp.make_doc(report.text), report)
        draft = open_draft(doc)
        draft.extraction = extraction
        finish_doc(doc, draft)
        packed.add(doc)
    try:
        return packed.to_bytes()
    except ValueError:  # msgpack's limit for one array of bytes
        raise ConfigError(
            f"docbin: {len(packed)} reports are more than one DocBin can hold; give fewer reports at a time"
        ) from None
