"""What NOTE_NLP says of a finding: a row for each place where the report names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from radnlp.batch.formats.omop.columns import LENGTH
from radnlp.batch.formats.shown import size_in_mm
from radnlp.records import EvidenceSpan, Extraction, Finding, Report, Schema, Status

#: A row by its columns; without ``note_nlp_id``, which is given where the rows go.
NlpRow = dict[str, Any]

#: OMOP's concept for what has no concept.
_NO_CONCEPT: Final = 0
_UNSTORED: Final = re.compile("[\0\ud800-\udfff]")
#: Whether the patient has or had it, and when. The model has it that only a negation, another person, a condition, a
#: rule-out or a very low certainty make ``term_exists`` N; what radnlp calls uncertain is neither of these.
_EXISTS: Final[Mapping[Status, str]] = {"present": "Y", "uncertain": "Y", "historical": "Y", "absent": "N"}
_TEMPORAL: Final[Mapping[Status, str]] = {
    "present": "present",
    "uncertain": "present",
    "historical": "past",
    "absent": "present",
}


def nlp_rows(report: Report, extraction: Extraction, schema: Schema, *, day: date) -> Iterator[NlpRow]:
    """The rows of a report, its findings in schema order and each one's evidence in text order.

    A finding that no words of the report stand for has one row, with the key's label as lexical variant, and neither
    offset nor snippet.

    Args:
        report: The report of the extraction.
        extraction: What was found in it.
        schema: Gives labels, and the concept of a key: its code ``omop``, 0 without one.
        day: Stands as ``nlp_date``; ``nlp_datetime`` stays empty, so that a run repeated on one day gives the same.
    """
    keys = {key.id: key for key in schema.keys}
    system = nlp_system(extraction)[: LENGTH["nlp_system"]]
    for finding in extraction.findings:
        key = keys[finding.key]
        for span in finding.evidence or (None,):
            yield {
                "section_concept_id": _NO_CONCEPT,
                "snippet": _stored(_snippet(report.text, span)) if span else None,
                "offset": str(span.start) if span else None,
                "lexical_variant": _stored((span.text if span else key.label)[: LENGTH["lexical_variant"]]),
                "note_nlp_concept_id": int(key.codes.get("omop", _NO_CONCEPT)),
                "note_nlp_source_concept_id": _NO_CONCEPT,
                "nlp_system": system,
                "nlp_date": day.isoformat(),
                "nlp_datetime": None,
                "term_exists": _EXISTS[finding.status],
                "term_temporal": _TEMPORAL[finding.status],
                "term_modifiers": _joined(_modifiers(finding, span, extraction)),
            }


def nlp_system(extraction: Extraction) -> str:
    """``radnlp SCHEMA VERSION; program VERSION; keys PROVIDER; ...``: who wrote the rows.

    It begins with :func:`system_prefix`, by which the rows of an earlier run over the same notes are known.
    """
    parts = [f"{system_prefix(extraction.schema)}{extraction.schema_version}"]
    if extraction.provenance is not None:
        parts.append(f"program {extraction.provenance.radnlp}")
        parts += [
            f"{stage} {' '.join(filter(None, (provider.get('name'), provider.get('version'))))}"
            for stage, provider in extraction.provenance.providers.items()
        ]
    return "; ".join(parts)


def system_prefix(schema_id: str) -> str:
    """How ``nlp_system`` begins, whatever the versions."""
    return f"radnlp {schema_id} "


def _snippet(text: str, span: EvidenceSpan) -> str:
    """The words with what stands around them, as much on either side as the column holds."""
    room = LENGTH["snippet"]
    if span.end - span.start >= room:
        return text[span.start : span.start + room]
    start = max(0, span.start - (room - (span.end - span.start)) // 2)
    end = min(len(text), start + room)
    return text[max(0, end - room) : end]


def _modifiers(finding: Finding, span: EvidenceSpan | None, extraction: Extraction) -> Iterator[str]:
    """The status, then what the report says of this mention: a value that is told of another one is not listed here."""
    yield f"status={finding.status}"
    if finding.score is not None:
        yield f"score={finding.score:.3f}"
    yield f"entity={finding.key}"
    yield f"source={'+'.join(finding.sources)}"
    for relation, values in finding.values.items():
        for value in values:
            told = [
                anchor
                for found in extraction.relations
                if (found.key, found.type, found.value) == (finding.key, relation, value)
                for anchor in found.key_evidence
            ]
            if span is None or not told or span in told or not set(told) & set(finding.evidence):
                yield f"{relation}={value}"
    for measurement in finding.measurements:
        if span is None or measurement.mention in (None, span) or measurement.mention not in finding.evidence:
            yield f"size={size_in_mm(measurement)}" + (f" ({measurement.qualifier})" if measurement.qualifier else "")


def _joined(modifiers: Iterable[str]) -> str:
    """Whole modifiers, as many as the column holds."""
    text = ""
    for modifier in modifiers:
        longer = f"{text}, {modifier}" if text else modifier
        if len(longer) > LENGTH["term_modifiers"]:
            break
        text = longer
    return text


def _stored(text: str) -> str:
    r"""As a database can hold it: PostgreSQL refuses ``\0``, UTF-8 lone surrogates; no length changes."""
    return _UNSTORED.sub("\N{REPLACEMENT CHARACTER}", text)
