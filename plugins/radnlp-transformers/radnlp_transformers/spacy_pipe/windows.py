"""Which spans of a Doc the Transformer reads: the windows of its text, as everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.tokens import Doc, Span

from radnlp_transformers.keys.windows import Cutter


def span_getter(cutter: Cutter) -> Callable[[Iterable[Doc]], list[list[Span]]]:
    """A span getter for spacy-transformers.

    Returns:
        From Docs to the spans of each; a Doc without tokens has none, any other at least one.
    """

    def windows(docs: Iterable[Doc]) -> list[list[Span]]:
        rows = list(docs)
        tokens = cutter.tokens([doc.text for doc in rows])
        return [_spans(doc, cutter, found) for doc, found in zip(rows, tokens, strict=True)]

    return windows


def _spans(doc: Doc, cutter: Cutter, tokens: Any) -> list[Span]:
    if not len(doc):
        return []
    windows = list(cutter.windows(0, tokens.ids))
    if len(windows) == 1:
        return [doc[:]]
    spans = []
    for window in windows:
        start, end = tokens.places[window.at][0], tokens.places[window.at + window.tokens - 1][1]
        # Contracted, so that a span never has more tokens than a window; the next window holds what is cut off here.
        span = doc.char_span(start, end, alignment_mode="contract")
        if span is not None and len(span):
            spans.append(span)
    return spans or [doc[:]]
