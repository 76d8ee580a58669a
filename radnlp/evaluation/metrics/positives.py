"""Which findings are positive when every key is read as yes or no."""

from __future__ import annotations

from radnlp.records import Extraction, Schema, Status

#: Statuses that read as yes, for every schema and key.
POSITIVE: frozenset[Status] = frozenset({"present", "uncertain"})


def is_positive(schema: Schema, key: str, status: Status) -> bool:
    """Whether a finding reads as yes: it is there or suspected, or is of the past and lasting.

    A lasting key (a malignant tumour known from before and not seen now) remains the patient's diagnosis; the schema
    says which keys are (:class:`radnlp.records.schema.EntityKey`).

    >>> from radnlp.hooks import default_catalogue
    >>> schema, _ = default_catalogue().schema("brain_mri")
    >>> is_positive(schema, "glioma", "historical"), is_positive(schema, "stroke", "historical")
    (True, False)
    """
    return status in POSITIVE or (status == "historical" and any(row.lasting for row in schema.keys if row.id == key))


def positive_keys(schema: Schema, extraction: Extraction) -> frozenset[str]:
    """The keys that the extraction says yes to."""
    return frozenset(finding.key for finding in extraction.findings if is_positive(schema, finding.key, finding.status))
