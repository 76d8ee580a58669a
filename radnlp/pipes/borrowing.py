"""Spans of other components put into sentences, and the lexicon's terms where these are silent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from radnlp.pipes.draft import BorrowedSpan, Draft
from radnlp.records import Schema, TermMatch

#: Which terms of the lexicon are mentions beside the spans: those of values, none, all.
ADDED = ("values", "none", "all")

_Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowing:
    """Makes matches of spans.

    A span lies in the sentence in which it starts; what reaches beyond it is cut off, and said in an issue. A term of
    the lexicon that names a key gives way to every span of a key that it touches, and one of a value to spans of
    values, so that the place inside "nodule in the RUL" is still found.

    Attributes:
        schema: Its keys and values.
        add: One of ``ADDED``.
    """

    schema: Schema
    add: str = ADDED[0]

    @property
    def wants_terms(self) -> bool:
        """Whether terms of the lexicon are asked for at all."""
        return self.add != "none"

    def matches(
        self, draft: Draft, borrowed: Sequence[BorrowedSpan], terms: Iterable[TermMatch]
    ) -> tuple[TermMatch, ...]:
        """The matches of a report in text order; what other components say of them goes to ``said``.

        Args:
            draft: The report, with its sentences.
            borrowed: In text order.
            terms: What the lexicon finds.
        """
        values = {value.id for value in self.schema.values}
        named: dict[_Place, list[str]] = {}
        taken = {is_value: bytearray(len(draft.report.text)) for is_value in (True, False)}
        for place, span in self._placed(draft, borrowed):
            named.setdefault(place, []).append(span.entity)
            taken[span.entity in values][place[0] : place[1]] = b"\x01" * (place[1] - place[0])
            if span.said is not None and span.entity not in values:
                draft.said[place[0], place[1], span.entity] = span.said
        for term in terms:
            for entity in term.entities:
                is_value = entity in values
                free = not any(taken[is_value][term.start : term.end])
                if free and (is_value or self.add == "all"):
                    named.setdefault((term.start, term.end, term.sentence), []).append(entity)
        order = [*(key.id for key in self.schema.keys), *(value.id for value in self.schema.values)]
        return tuple(
            TermMatch(
                start=place[0],
                end=place[1],
                entities=tuple(sorted(set(entities), key=order.index)),
                sentence=place[2],
            )
            for place, entities in sorted(named.items())
        )

    def _placed(self, draft: Draft, borrowed: Sequence[BorrowedSpan]) -> Iterator[tuple[_Place, BorrowedSpan]]:
        sentences, text = draft.sentences or (), draft.report.text
        starts = [sentence.start for sentence in sentences]
        cut = 0
        for span in borrowed:
            row = bisect_right(starts, span.start) - 1
            if row < 0 or span.start >= sentences[row].end:
                cut += 1
                continue
            end = min(span.end, sentences[row].end)
            if end < span.end:
                cut += 1
                end = span.start + len(text[span.start : end].rstrip())
            yield (span.start, end, sentences[row].index), span
        if cut:
            draft.note(
                "warning",
                "mentions",
                "span_cut",
                f"{cut} spans reach over the end of a sentence and were cut there, or start in none and were left out",
            )
