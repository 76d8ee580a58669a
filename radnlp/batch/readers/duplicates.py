"""Ids that come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from radnlp.batch.readers.fields import warning
from radnlp.records import Report


def mark_duplicates(reports: Iterable[Report]) -> Iterator[Report]:
    """The same reports; one whose id came before carries the warning ``duplicate_id``.

    Keeps 8 bytes of hash an id instead of the ids: among a million reports the chance of one false alarm is 1 in 37
    million.
    """
    seen: set[bytes] = set()
    for report in reports:
        mark = blake2b(report.id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if mark in seen:
            doubt = warning("duplicate_id", "an earlier report of this run has the same id; both are kept")
            report = replace(report, issues=(*report.issues, doubt))
        seen.add(mark)
        yield report
