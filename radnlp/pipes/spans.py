"""Spans of somebody else's components as mentions: ``doc.ents``, or a group of ``doc.spans``.

What is read is left as it is. Offsets are those of the spans, in characters of the text, without white space at
either end. Of spans of one entity that overlap the longest is kept, and of equally long ones the first; spans of
different entities may lie in each other ("nodule in the RUL" and "RUL").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from radnlp.pipes.draft import BorrowedSpan, Draft
from radnlp.records import Cue
from radnlp.schema import Labels

_STAGE = "mentions"
#: How many labels a message names.
_SHOWN = 5

#: Attribute of a span -> what it says, as the category of a cue. edsnlp's names (eds.negation, eds.hypothesis,
#: eds.history, eds.family), those of medspaCy's ConText, and negspacy's.
QUALIFIERS: Mapping[str, str] = {
    "negation": "negated",
    "hypothesis": "uncertain",
    "history": "historical",
    "family": "family",
    "is_negated": "negated",
    "is_uncertain": "uncertain",
    "is_possible": "uncertain",
    "is_historical": "historical",
    "is_hypothetical": "question",
    "is_family": "family",
    "negex": "negated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanReader:
    """Puts the spans of a Doc on its draft.

    Attributes:
        labels: What the labels of spans name.
        group: Name of the group in ``doc.spans``; None for ``doc.ents``.
        qualifiers: Whether attributes of the spans (``QUALIFIERS``) decide their status, where they are set.
    """

    labels: Labels
    group: str | None = None
    qualifiers: bool = False

    def __call__(self, doc: Doc, draft: Draft) -> None:
        """Fill ``borrowed``; what cannot be taken is an issue, one of a kind for the report."""
        found: dict[str, list[BorrowedSpan]] = {}
        unknown: Counter[str] = Counter()
        text = draft.report.text
        for span in self._spans(doc, draft):
            entities = self.labels.entities(span.label_, span.id_)
            start, end = _trimmed(text, span.start_char, span.end_char)
            if entities is None:
                unknown[span.label_] += 1
            elif start < end:
                said = _said(span, text, start, end) if self.qualifiers else None
                for entity in entities:
                    found.setdefault(entity, []).append(BorrowedSpan(start=start, end=end, entity=entity, said=said))
        spans = [span for same in found.values() for span in _longest(same, len(text))]
        draft.borrowed = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
        draft.providers[_STAGE] = {"name": "doc.ents" if self.group is None else f"doc.spans[{self.group!r}]"}
        if unknown:
            self._note_unknown(draft, unknown)
        if self.qualifiers and spans and all(span.said is None for span in spans):
            draft.note(
                "warning",
                _STAGE,
                "no_qualifiers",
                "mentions.qualifiers is set, and no span has any; cues decided its status. Put the component that sets "
                f"them before radnlp; read are {', '.join(QUALIFIERS)}",
            )

    def _spans(self, doc: Doc, draft: Draft) -> Sequence[Span]:
        if self.group is None:
            return doc.ents
        if self.group in doc.spans:
            return tuple(doc.spans[self.group])
        known = ", ".join(sorted(doc.spans)) or "none"
        draft.note(
            "warning",
            _STAGE,
            "no_span_group",
            f"the Doc has no span group {self.group!r} (mentions.span_key); it has: {known}",
        )
        return ()

    def _note_unknown(self, draft: Draft, unknown: Counter[str]) -> None:
        number = sum(unknown.values())
        shown = [f"{label!r} ({times})" for label, times in unknown.most_common(_SHOWN)]
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        spans = "1 span was" if number == 1 else f"{number} spans were"
        draft.note(
            "warning",
            _STAGE,
            "unknown_label",
            f"{spans} left out for want of a meaning of the label: {', '.join(shown)}{more}; say in mentions.labels "
            'what it names ("" for nothing)',
        )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space at either end; start and end are equal when there is nothing else."""
    words = text[start:end]
    if not words.strip():
        return start, start
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _longest(spans: Iterable[BorrowedSpan], length: int) -> list[BorrowedSpan]:
    """Of overlapping spans the longest, of equally long ones the one that came first; in no order."""
    kept: list[BorrowedSpan] = []
    taken = bytearray(length)
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if not any(taken[span.start : span.end]):
            kept.append(span)
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    return kept


def _said(span: Span, text: str, start: int, end: int) -> tuple[Cue, ...] | None:
    """What the attributes of a span say, each as a cue that is the span itself; None when none of them is set."""
    values = {name: getattr(span._, name) for name in QUALIFIERS if Span.has_extension(name)}
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        return None
    return tuple(
        Cue(
            start=start,
            end=end,
            text=text[start:end],
            category=QUALIFIERS[name],
            direction="bidirectional",
            literal=f"span._.{name}",
            scope=(start, end),
        )
        for name, value in given.items()
        if value
    )
