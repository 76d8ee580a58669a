"""The rule mapper: the nearest licensed value inside the clause, with the list it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from radnlp.api import ClauseSplitter, Lexicon, MappingRequest, MappingResult, Mention, Relation, RelationType, Schema
from radnlp.rules.pairing import counted_mentions, licensed, relate

NAME = "rules"

_PUNCTUATION = r"[\s,/&+~\-\u3001\u00b7]"


class RuleMapper:
    """Gives each mention of a key the values nearest to it in its clause.

    The nearest value counts with every other value of the list it stands in ("nodules in RUL, RML and LLL"), and with
    all that its own words name ("both lungs"). Between two values at the same distance the one after the key wins:
    English reports put the place behind the lesion. Relations do not cross the lexicon's clause breaks.
    """

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        self._schema = schema
        self._clauses = ClauseSplitter(lexicon.clause_breaks)
        words = "".join(f"|{_whole_words(phrase)}" for phrase in lexicon.connectives)
        self._list_glue = re.compile(rf"(?:{_PUNCTUATION}{words})*", re.IGNORECASE)

    def map(self, requests: Sequence[MappingRequest]) -> list[MappingResult]:
        """One result a request, in order."""
        return [self._map(request) for request in requests]

    def _map(self, request: MappingRequest) -> MappingResult:
        relations: list[Relation] = []
        for prediction in request.keys:
            for relation, allowed in licensed(self._schema, prediction.key):
                values = [mention for mention in request.view.mentions if mention.entity in allowed]
                for key in counted_mentions(request, prediction):
                    relations += self._relations_of(request, key, relation, values)
        return MappingResult(relations=tuple(relations))

    def _relations_of(
        self, request: MappingRequest, key: Mention, relation: RelationType, values: list[Mention]
    ) -> list[Relation]:
        start, end = self._clause_of(request, key)
        inside = [value for value in values if start <= value.start and value.end <= end]
        if not inside:
            return []
        text = request.view.report.text
        nearest = min(inside, key=lambda value: (_gap(key, value), value.start < key.start))
        return [
            relate(
                request,
                key,
                relation,
                value,
                source=NAME,
                rule="nearest in the clause" if _same_words(value, nearest) else "in one list with the nearest",
            )
            for value in inside
            if _same_words(value, nearest) or self._in_one_list(text, nearest, value, inside)
        ]

    def _clause_of(self, request: MappingRequest, key: Mention) -> tuple[int, int]:
        sentence = request.view.sentences[key.sentence]
        clauses = self._clauses.split(request.view.report.text, sentence.start, sentence.end)
        return next(
            ((start, end) for start, end in clauses if start <= key.start < end), (sentence.start, sentence.end)
        )

    def _in_one_list(self, text: str, nearest: Mention, value: Mention, values: list[Mention]) -> bool:
        """Whether only list glue and other values stand between the two."""
        left, right = sorted((nearest, value), key=lambda mention: mention.start)
        at = left.end
        for between in values:
            if at <= between.start and between.start <= right.start:
                if not self._list_glue.fullmatch(text, at, between.start):
                    return False
                at = between.end
        return at >= right.end


def _whole_words(phrase: str) -> str:
    """A pattern for a connective; a Korean particle stands directly behind its word ("우상엽과")."""
    pattern = re.escape(phrase).replace(r"\ ", r"\s+")
    return rf"\b{pattern}\b" if phrase.isascii() else pattern


def _gap(key: Mention, value: Mention) -> int:
    return max(value.start - key.end, key.start - value.end, 0)


def _same_words(one: Mention, other: Mention) -> bool:
    return (one.start, one.end) == (other.start, other.end)
