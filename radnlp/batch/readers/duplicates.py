"""Ids that come twice."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from radnlp.batch.readers.fields import warning
from radnlp.records import Report

#: Ids that are kept in a set, until they are many enough to be sorted in among the others.
_RECENT = 1 << 16


def mark_duplicates(reports: Iterable[Report]) -> Iterator[Report]:
    """The same reports; one whose id came before carries the warning ``duplicate_id``."""
    seen = SeenIds()
    for report in reports:
        if seen.add(report.id):
            doubt = warning("duplicate_id", "an earlier report of this run has the same id; both are kept")
            report = replace(report, issues=(*report.issues, doubt))
        yield report


class SeenIds:
    """A set of ids that holds 8 bytes for each: a million distinct ids in 8 MB, where a set of Python needs 100.

    Kept is a hash of 64 bits; among a million reports the chance of one false alarm is 1 in 37 million. New ones are
    gathered in a small set and sorted into an array when it is full, so that adding a million takes seconds.

    >>> seen = SeenIds()
    >>> [seen.add(report_id) for report_id in ("a", "b", "a")]
    [False, False, True]
    """

    def __init__(self, *, recent: int = _RECENT) -> None:
        self._most = recent
        self._recent: set[int] = set()
        self._sorted = array("Q")  # bisect finds a place in it ten times as fast as numpy does for a single number

    @property
    def nbytes(self) -> int:
        """What the sorted ones take."""
        return len(self._sorted) * self._sorted.itemsize

    def add(self, report_id: str) -> bool:
        """Add an id; whether it was there already."""
        digest = blake2b(report_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        mark = int.from_bytes(digest, "little")
        if mark in self._recent:
            return True
        place = bisect_left(self._sorted, mark)
        if place < len(self._sorted) and self._sorted[place] == mark:
            return True
        self._recent.add(mark)
        if len(self._recent) >= self._most:
            self._merge()
        return False

    def _merge(self) -> None:
        import numpy as np

        fresh = np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))
        known = np.frombuffer(self._sorted, dtype=np.uint64)
        self._sorted = array("Q", np.sort(np.concatenate([known, fresh]), kind="stable").tobytes())
        self._recent.clear()
