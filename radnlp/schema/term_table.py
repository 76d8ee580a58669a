"""Terms of a rule file while it is read: the same words in several rules name all their entities."""

from __future__ import annotations

from collections.abc import Iterable

from radnlp.records.lexicon import Term
from radnlp.records.schema import Schema
from radnlp.schema.entities import entity_ids

#: The label of rules for words that take their place and name nothing.
IGNORED = "IGNORED"


class TermTable:
    """Collects the terms of one file.

    Args:
        schema: Has the entities.
        owner: The file.
    """

    def __init__(self, schema: Schema, *, owner: str) -> None:
        self._order = entity_ids(schema)
        self._owner = owner
        self._terms: dict[str, Term] = {}

    @property
    def terms(self) -> tuple[Term, ...]:
        """In the order in which they were added first."""
        return tuple(self._terms.values())

    def add(self, phrases: Iterable[str], entities: Iterable[str]) -> None:
        """Phrases of one rule, with the entities that it names; none for words that name nothing.

        Raises:
            ValueError: A phrase is one that names nothing in one rule, and something in another.
        """
        named = set(entities)
        for phrase in phrases:
            before = self._terms.get(phrase)
            if before is not None and bool(before.entities) != bool(named):
                raise ValueError(
                    f"the literal {phrase!r} is {IGNORED} and the name of an entity in this file; drop one"
                )
            together = named.union(before.entities if before else ())
            self._terms[phrase] = Term(
                phrase=phrase, entities=tuple(sorted(together, key=self._order.index)), owner=self._owner
            )
