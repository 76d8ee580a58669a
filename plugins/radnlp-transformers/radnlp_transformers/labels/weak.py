"""Weak labels: what a schema's own terms and statuses say of unlabelled reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from radnlp.api import Extraction, Schema


def by_keyword(extraction: Extraction, schema: Schema) -> frozenset[str]:
    """Keys that a report names, denied or not: the labels of Shin et al., Sci Rep 2025;15:31550."""
    return frozenset(mention.entity for mention in extraction.mentions if mention.status is not None)


def by_status(extraction: Extraction, schema: Schema) -> frozenset[str]:
    """Keys that a report asserts: present or uncertain and, where the key is lasting, historical."""
    lasting = {key.id for key in schema.keys if key.lasting}
    return frozenset(
        finding.key
        for finding in extraction.findings
        if finding.status in ("present", "uncertain") or (finding.status == "historical" and finding.key in lasting)
    )


#: Name -> which keys of an extraction are positive.
LABELLERS: Mapping[str, Callable[[Extraction, Schema], frozenset[str]]] = {"keyword": by_keyword, "status": by_status}
