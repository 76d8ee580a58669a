"""A finding as a FHIR Observation."""

from __future__ import annotations

from collections.abc import Iterator

from radnlp.batch.formats.fhir.elements import Element, evidence, extension
from radnlp.batch.formats.fhir.vocabulary import (
    COMPARATORS,
    OBSERVATION_CATEGORY,
    Vocabulary,
    size_code,
    status_concept,
    temporal_component,
)
from radnlp.records import Extraction, Finding, Measurement


def observation(finding: Finding, extraction: Extraction, vocabulary: Vocabulary, *, with_text: bool) -> Element:
    """What it is and its status, a component for each value and size, where it was read, and who says so.

    Args:
        finding: One of the extraction's.
        extraction: Its relations say where a value was read.
        vocabulary: Of its schema.
        with_text: False leaves the words of the report out; offsets stay.
    """
    return {
        "extension": [*evidence(finding.evidence, with_text=with_text), extension("score", valueDecimal=finding.score)],
        "status": "preliminary",
        "category": OBSERVATION_CATEGORY,
        "code": vocabulary.keys[finding.key],
        "valueCodeableConcept": status_concept(finding.status),
        "method": {"text": _method(finding, extraction)},
        "component": [
            temporal_component(finding.status),
            *_values(finding, extraction, vocabulary, with_text=with_text),
            *(part for size in finding.measurements for part in _sizes(size, with_text=with_text)),
        ],
    }


def _method(finding: Finding, extraction: Extraction) -> str:
    version = extraction.provenance.radnlp if extraction.provenance else ""
    program = f"radnlp {version}".rstrip()
    return f"{program}, schema {extraction.schema} {extraction.schema_version}, read by {', '.join(finding.sources)}"


def _values(finding: Finding, extraction: Extraction, vocabulary: Vocabulary, *, with_text: bool) -> Iterator[Element]:
    for relation, values in finding.values.items():
        for value in values:
            read = [
                span
                for found in extraction.relations
                if (found.key, found.type, found.value) == (finding.key, relation, value)
                for span in found.value_evidence
            ]
            yield {
                "extension": evidence(read, with_text=with_text),
                "code": vocabulary.relations[relation],
                "valueCodeableConcept": vocabulary.values[value],
            }


def _sizes(size: Measurement, *, with_text: bool) -> Iterator[Element]:
    """A component for each axis, all with the same evidence; one for a range."""
    common = {
        "extension": [
            *evidence([size.evidence], with_text=with_text),
            extension("qualifier", valueCode=size.qualifier),
        ],
        "code": size_code(previous=size.qualifier == "previous"),
    }
    if size.range:
        low, high = size.mm
        yield {**common, "valueRange": {"low": _quantity(low), "high": _quantity(high)}}
        return
    for axis in size.mm:
        comparator = COMPARATORS.get(size.qualifier or "")
        yield {**common, "valueQuantity": {**_quantity(axis), "comparator": comparator}}


def _quantity(mm: float) -> Element:
    number = int(mm) if mm.is_integer() else mm
    return {"value": number, "unit": "mm", "system": "http://unitsofmeasure.org", "code": "mm"}
