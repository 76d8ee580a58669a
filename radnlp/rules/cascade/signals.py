"""What the mapper `rules` knows about how it found the places of a key: a small row of numbers for each key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from radnlp.api import KeyPrediction, MappingRequest, MappingResult, Mention, Relation, Schema
from radnlp.rules.pairing import counted_mentions, licensed

#: Signal -> what it says, as ``radnlp explain`` writes it where it speaks against an answer.
SIGNALS: Mapping[str, str] = {
    "no_place": "no place found",
    "unread_place": "a place in the report that no finding has",
    "free_place": "a place beside it that no finding has",
    "partly_placed": "named several times, not always with a place",
    "lent": "shares the place of a finding beside it",
    "carried": "place taken from a sentence or item before",
    "nested": "a side and a part of it",
    "crowded": "several findings and places in one sentence",
    "places": "several places in its sentences",
    "disagreement": "other places stand in its sentences",
    "doubted": "its status is uncertain",
    "denied_too": "denied elsewhere in the report",
}
#: Ways of :mod:`radnlp.rules.reading` by which a place is not said of the finding itself.
LENT = ("shared with the finding behind it", "shared with the finding before it", "around what lies there")
CARRIED = (
    "the place named before",
    "the item it stands under",
    "what the finding before is taken for",
    "what lies there",
    "next to what stands there",
    "where it was said to be",
    "goes on about the finding",
)
#: Ways by which it is.
DIRECT = (
    "the place before it",
    "the place behind it",
    "the place in its own words",
    "the place that opens the clause",
    "respectively",
)


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one key of one report.

    Attributes:
        values: Signal -> number, at least 0; 0 where there is nothing of the kind. The names are those of
            :data:`SIGNALS`, in that order.
    """

    values: Mapping[str, float]


class SignalReader:
    """Reads the signals off a request, the rules' answer and the same-sentence baseline's answer to it.

    Args:
        schema: Which values are places, and which of them lie in others.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._places = frozenset(
            value for key in schema.keys for _, allowed in licensed(schema, key.id) for value in allowed
        )
        self._within = {value.id: value.within for value in schema.values}

    def read(self, request: MappingRequest, first: MappingResult, baseline: MappingResult) -> dict[str, Signals]:
        """Key -> its signals, for the keys of the request that may have a place.

        Args:
            request: A report and its keys.
            first: What ``rules`` answered.
            baseline: What ``cooccurrence`` answered.
        """
        near: dict[int, list[Mention]] = {}
        for mention in request.view.mentions:
            if mention.excluded is None:
                near.setdefault(mention.sentence, []).append(mention)
        taken = {(span.start, span.end) for row in first.relations for span in row.value_evidence}
        unread = any(
            mention.entity in self._places and (mention.start, mention.end) not in taken
            for mention in request.view.mentions
        )
        found = {}
        for prediction in request.keys:
            if self._schema.relation_types_of(prediction.key):
                said, other = (
                    [row for row in result.relations if row.key == prediction.key] for result in (first, baseline)
                )
                row = self._of_key(request, prediction, said, other, near, taken)
                row["unread_place"] = float(unread and not said)
                found[prediction.key] = Signals({name: row[name] for name in SIGNALS})
        return found

    def _of_key(
        self,
        request: MappingRequest,
        prediction: KeyPrediction,
        said: Sequence[Relation],
        other: Sequence[Relation],
        near: Mapping[int, Sequence[Mention]],
        taken: Collection[tuple[int, int]],
    ) -> dict[str, float]:
        counted = counted_mentions(request, prediction)
        sentences = sorted({mention.sentence for mention in counted})
        beside = [mention for number in sentences for mention in near.get(number, ())]
        places = {(m.start, m.end) for m in beside if m.entity in self._places}
        most = max((self._crowd(near.get(number, ())) for number in sentences), default=0)
        with_place = {(span.start, span.end) for row in said for span in row.key_evidence}
        ways = Counter(way for row in said for way in (row.rule or "").split(" and "))
        values, others = ({(row.type, row.value) for row in rows} for rows in (said, other))
        expanded, baseline = self._expanded(values), self._expanded(others)
        return {
            "no_place": float(not said),
            "unread_place": 0.0,
            "free_place": float(bool(places - set(taken))),
            "partly_placed": float(bool(said) and any((m.start, m.end) not in with_place for m in counted)),
            "lent": float(any(ways[way] for way in LENT)),
            "carried": float(any(ways[way] for way in CARRIED)),
            "nested": float(any(self._within.get(value) in {v for _, v in values} for _, value in values)),
            "crowded": float(most > 1),
            "places": log1p(max(0, len(places) - 1)),
            "disagreement": 1 - len(expanded & baseline) / len(expanded | baseline) if expanded | baseline else 0.0,
            "doubted": float(prediction.status == "uncertain"),
            "denied_too": float(
                any(m.entity == prediction.key and m.status == "absent" for m in request.view.mentions)
            ),
        }

    def _crowd(self, mentions: Sequence[Mention]) -> int:
        """The smaller of the number of findings and the number of places of a sentence."""
        heads = {(m.start, m.end) for m in mentions if m.status is not None}
        places = {(m.start, m.end) for m in mentions if m.entity in self._places}
        return min(len(heads), len(places))

    def _expanded(self, values: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        return frozenset((kind, part) for kind, value in values for part in self._schema.expand([value]))
