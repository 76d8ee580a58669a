"""Cues that stand above a list and speak of each of its items: "DDx." with "1) lymphoma" and "2) glioma" below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from radnlp.records import Cue, CueRule, Sentence
from radnlp.text.folding import fold
from radnlp.text.listed import ARROW, MARK, SLIP, Marker, items_below, marker_of
from radnlp.text.recurring import Remembering
from radnlp.text.tokens import token_starts

#: No head has more characters, nor, before an item in its own line, more tokens; both bound the work.
_LONGEST_HEAD, _HEAD_TOKENS = 80, 8
_LEAD = re.compile(rf"(?:{MARK.pattern})?(?:{ARROW.pattern})?")
_CLOSING = " .:;,()[]-<>=\u2192\u21d2"


class ListHeads:
    """Finds cues with nothing behind them in their sentence, and the list items below that they speak of.

    A head is a sentence that ends with a cue of doubt that looks forward ("Enhancing mass, DDx.", "R/O"), or with a
    denial that does and a colon ("No evidence of:"); not one whose words look back behind a comma ("CHF, r/o"). The
    items are the lines below with one kind of marker at one indentation, the first of them numbered 1 where there are
    numbers; below a head of nothing but the cue also the line below it without a marker, and short ones after it. A
    line of another kind, an empty line or a new section ends the list.

    Args:
        rules: The cues of a lexicon.
    """

    def __init__(self, rules: Iterable[CueRule]) -> None:
        self._rules: dict[str, CueRule] = {}
        self._behind_comma: set[str] = set()
        for rule in rules:
            if rule.direction == "backward" and rule.literal.startswith(","):
                self._behind_comma.add(fold(rule.literal).text.lstrip(_CLOSING))
            if (
                rule.direction == "forward"
                and rule.category in ("uncertain", "negated")
                and rule.pattern is None
                and rule.followed_by is None
            ):
                words = fold(rule.literal).text.rstrip(_CLOSING)
                if words:
                    self._rules.setdefault(words, rule)
        self._last_words = frozenset(words.rpartition(" ")[2] for words in self._rules)
        self._may_close = Remembering(self._ends_with_cue)

    def carried(self, text: str, sentences: Sequence[Sentence], named: Sequence[int]) -> Mapping[int, Cue]:
        """For the index of each sentence that is an item below a head, the cue of the head.

        Args:
            text: The report text.
            sentences: Its sentences, in text order.
            named: Where mentions start, ascending.
        """
        found: dict[int, Cue] = {}
        for row in range(len(sentences) - 1):
            head = sentences[row]
            if head.index in found:
                continue
            for item in self._below(text, sentences, row, named):
                found[item[0].index] = item[1]
        return found

    def _below(
        self, text: str, sentences: Sequence[Sentence], row: int, named: Sequence[int]
    ) -> list[tuple[Sentence, Cue]]:
        head = sentences[row]
        opened = self._opening(text, head, sentences[row + 1])
        if opened is not None:
            cue, first = opened
            return [(item, cue) for item in items_below(text, sentences, row, first=first)]
        closing = self._closing(text, head)
        if closing is None or bisect_left(named, head.start) != bisect_left(named, closing.start):
            return []  # behind what it names, such a word says something of it: "metastasis, most likely"
        whole = _is_whole(text, head, closing)
        return [(item, closing) for item in items_below(text, sentences, row, whole=whole)]

    def _opening(self, text: str, head: Sentence, below: Sentence) -> tuple[Cue, Marker] | None:
        """The cue that begins a sentence, and the item behind it, under which the next line stands."""
        if "\n" not in text[head.end : below.start] or text[below.start - 1] not in " \t":
            return None
        place, own = marker_of(text, below), marker_of(text, head)
        if place.column is None or own.column is None or place.column <= own.column + 1 or place.number == 1:
            return None
        lead = _LEAD.match(text, head.start, head.end)
        start = lead.end() if lead else head.start
        folded = fold(text[start : min(head.end, start + _LONGEST_HEAD)])
        for end in token_starts(folded.text)[1][1:_HEAD_TOKENS]:
            if folded.text[end] in ".:;,)]":
                continue
            words = folded.text[:end].rstrip(_CLOSING)
            rule = self._rules.get(words)
            if rule is not None and rule.category == "uncertain":
                first = start + folded.original(end, end + 1)[0]
                item = marker_of(text, Sentence(index=0, start=first, end=head.end, section=None))
                column = own.column + len(text[head.start : first])
                if item.kind == place.kind and abs(column - place.column) <= SLIP:
                    begin, stop = (start + at for at in folded.original(0, len(words)))
                    return _record(text, rule, words, begin, stop), Marker(item.kind, item.number, place.column)
        return None

    def _ends_with_cue(self, sentence: str) -> bool:
        """Whether the last word of a sentence is that of a cue; cheap, and for most sentences the end of it."""
        words = sentence[-_LONGEST_HEAD:].rstrip(_CLOSING).rsplit(None, 1)
        return bool(words) and words[-1].lstrip(_CLOSING).lower() in self._last_words

    def _closing(self, text: str, head: Sentence) -> Cue | None:
        """The cue that ends a sentence."""
        if not self._may_close(text[head.start : head.end]):
            return None
        first = max(head.start, head.end - _LONGEST_HEAD)
        folded = fold(text[first : head.end])
        tail = folded.text.rstrip(_CLOSING)
        for start in token_starts(tail)[1]:
            rule = self._rules.get(tail[start:])
            if rule is None or (start and tail[start - 1].isalnum() and tail[start].isalnum()):
                continue
            if rule.category == "negated" and not text[head.start : head.end].endswith((":", "\uff1a")):
                return None
            if tail[start:] in self._behind_comma and tail[:start].rstrip().endswith(","):
                return None
            begin, end = (first + at for at in folded.original(start, len(tail)))
            return _record(text, rule, tail[start:], begin, end)
        return None


def _record(text: str, rule: CueRule, words: str, start: int, end: int) -> Cue:
    return Cue(
        start=start,
        end=end,
        text=text[start:end],
        category=rule.category,
        direction=rule.direction,
        literal=words,
        scope=(start, end),
    )


def _is_whole(text: str, head: Sentence, cue: Cue) -> bool:
    """Whether a head is nothing but its cue."""
    before = text[head.start : cue.start].strip()
    return not before or not any(char.isalnum() for char in MARK.sub("", before, count=1))
