"""Which findings are positive when every key is read as yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from radnlp.records import Extraction, Status

#: Statuses that read as yes, for every schema and key.
POSITIVE: frozenset[Status] = frozenset({"present", "uncertain"})

#: Schema id -> keys of which ``historical`` reads as yes too: a malignant tumour known from before and not seen now
#: remains the patient's diagnosis. A schema of another id that extends one of these is not meant.
HISTORICAL_IS_POSITIVE: Mapping[str, frozenset[str]] = MappingProxyType(
    {"brain_mri": frozenset({"glioma", "lymphoma", "metastasis"})}
)


def is_positive(schema_id: str, key: str, status: Status) -> bool:
    """Whether a finding reads as yes.

    >>> is_positive("chest_ct", "nodules", "uncertain"), is_positive("chest_ct", "nodules", "historical")
    (True, False)
    >>> is_positive("brain_mri", "glioma", "historical"), is_positive("brain_mri", "stroke", "historical")
    (True, False)
    """
    return status in POSITIVE or (status == "historical" and key in HISTORICAL_IS_POSITIVE.get(schema_id, ()))


def positive_keys(schema_id: str, extraction: Extraction) -> frozenset[str]:
    """The keys that the extraction says yes to."""
    return frozenset(
        finding.key for finding in extraction.findings if is_positive(schema_id, finding.key, finding.status)
    )
