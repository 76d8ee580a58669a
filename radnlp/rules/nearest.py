"""The rule mapper: the nearest licensed value inside the clause, with the list it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from radnlp.api import ClauseSplitter, Lexicon, MappingRequest, MappingResult, Relation, Schema
from radnlp.rules.pairing import counted_mentions, licensed, relate
from radnlp.rules.places import Places

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
        places: dict[str, Places] = {}
        for prediction in request.keys:
            for relation, allowed in licensed(self._schema, prediction.key):
                if relation.id not in places:
                    places[relation.id] = Places(request.view, allowed, self._clauses, self._list_glue)
                for key in counted_mentions(request, prediction):
                    values = places[relation.id].near(key)
                    rule = (
                        "nearest in the clause" if len({v.start for v in values}) == 1 else "nearest list in the clause"
                    )
                    relations += [relate(request, key, relation, value, source=NAME, rule=rule) for value in values]
        return MappingResult(relations=tuple(relations))


def _whole_words(phrase: str) -> str:
    """A pattern for a connective; a Korean particle stands directly behind its word ("우상엽과")."""
    pattern = re.escape(phrase).replace(r"\ ", r"\s+")
    return rf"\b{pattern}\b" if phrase.isascii() else pattern
