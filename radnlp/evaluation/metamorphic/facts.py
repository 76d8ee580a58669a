"""What is compared: the findings of a report, without offsets and scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from radnlp.records import Extraction

#: Key -> its status and its (relation, value) pairs.
Facts: TypeAlias = Mapping[str, tuple[str, frozenset[tuple[str, str]]]]


def facts_of(extraction: Extraction) -> Facts:
    """The findings of a report as facts."""
    return {
        finding.key: (
            finding.status,
            frozenset((relation, value) for relation, values in finding.values.items() for value in values),
        )
        for finding in extraction.findings
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A changed report.

    Attributes:
        text: The report as changed.
        expect: What the findings of the report become.
        loose: Keys of which the status alone is compared, because the change leaves open where they are.
        ignored: Keys that are not compared, because the change takes away some of what is said of them.
        what: What was changed, in words that hold none of the report's.
    """

    text: str
    expect: Callable[[Facts], Facts]
    loose: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    what: str

    def differences(self, before: Facts, after: Facts) -> tuple[str, ...]:
        """The keys whose findings did not change as they must; empty when all did."""
        wanted = self.expect(before)
        keys = sorted({*wanted, *after} - self.ignored)
        return tuple(key for key in keys if self._seen(wanted, key) != self._seen(after, key))

    def _seen(self, facts: Facts, key: str) -> object:
        found = facts.get(key)
        return found[0] if found is not None and key in self.loose else found


def same(facts: Facts) -> Facts:
    """Nothing may change."""
    return facts
