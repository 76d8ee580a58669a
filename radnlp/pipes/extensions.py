"""What a spaCy user sees: few extensions, all prefixed ``rad``, computed from the one JSON on the Doc."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from radnlp.pipes.draft import DRAFT, EXTRACTION, Draft, finished
from radnlp.records import Extraction, Mention, Status
from radnlp.records.wire import from_json, to_json

#: Name of the span group with one span a mention: the tokens that cover it, labelled with the entity.
SPAN_GROUP = "radnlp"


def finish_doc(doc: Doc, draft: Draft) -> None:
    """Leave the extraction on the Doc as JSON, show the mentions as spans, and take the draft away."""
    extraction = finished(draft)
    doc.user_data[EXTRACTION] = to_json(extraction)
    del doc.user_data[DRAFT]
    doc.spans[SPAN_GROUP] = SpanGroup(doc, name=SPAN_GROUP, spans=_spans(doc, extraction.mentions))


def _spans(doc: Doc, mentions: Sequence[Mention]) -> list[Span]:
    """The covering tokens of each mention. All at once: ``doc.char_span`` takes several times as long."""
    if not mentions:
        return []
    starts = doc.to_array("IDX").astype(np.int64)
    first = np.searchsorted(starts, [mention.start for mention in mentions], side="right") - 1
    last = np.searchsorted(starts, [mention.end for mention in mentions], side="left")
    return [
        Span(doc, int(start), int(end), label=mention.entity, span_id=str(number))
        for number, (mention, start, end) in enumerate(zip(mentions, first, last, strict=True))
    ]


def register_extensions() -> None:
    """Set ``doc._.rad`` and, of spans, ``rad_key``, ``rad_status`` and ``rad_sentence_class``; again changes nothing.

    The getters are plain functions, since spaCy pickles them for processes that are spawned.
    """
    if not Doc.has_extension("rad"):
        Doc.set_extension("rad", getter=_extraction)
        Span.set_extension("rad_key", getter=_key)
        Span.set_extension("rad_status", getter=_status)
        Span.set_extension("rad_sentence_class", getter=_sentence_class)


def _key(span: Span) -> str | None:
    mention = _mention(span)
    return mention.entity if mention else None


def _status(span: Span) -> Status | None:
    mention = _mention(span)
    return mention.status if mention else None


def _sentence_class(span: Span) -> str | None:
    """The class of the sentence in which a span begins; None for schemas without classes."""
    extraction = _extraction(span.doc)
    if extraction is None:
        return None
    holding = (s for s in extraction.sentences if s.start <= span.start_char < s.end)
    return next((sentence.label for sentence in holding), None)


def _extraction(doc: Doc) -> Extraction | None:
    """The Doc's extraction; None before a radnlp pipeline has finished with it."""
    line = doc.user_data.get(EXTRACTION)
    return None if line is None else _parsed(line)


def _mention(span: Span) -> Mention | None:
    """The mention that a span of the group ``radnlp`` stands for."""
    extraction = _extraction(span.doc)
    if extraction is None or not span.id_.isdigit():
        return None
    number = int(span.id_)
    mention = extraction.mentions[number] if number < len(extraction.mentions) else None
    return mention if mention is not None and mention.entity == span.label_ else None


_parsed = lru_cache(maxsize=64)(from_json)
