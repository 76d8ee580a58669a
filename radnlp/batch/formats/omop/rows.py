"""What NOTE_NLP says of a finding: a row for each place where the report names its key, with what is said there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from radnlp.batch.formats.omop.columns import LENGTH
from radnlp.batch.formats.shown import size_in_mm
from radnlp.records import Cue, EvidenceSpan, Extraction, Finding, Report, Schema, Status

#: A row by its columns; without ``note_nlp_id``, which is given where the rows go.
NlpRow = dict[str, Any]

#: OMOP's concept for what has no concept.
_NO_CONCEPT: Final = 0
_UNSTORED: Final = re.compile("[\0\ud800-\udfff]")
#: Whether the patient has or had it, and when. By the model a rule-out and a very low certainty make ``term_exists`` N,
#: other doubt does not. radnlp does not grade doubt ("r/o" is a rule-out to some and a suspicion to others), so what is
#: uncertain is Y, and ``term_modifiers`` holds the words that say so.
_EXISTS: Final[Mapping[Status, str]] = {"present": "Y", "uncertain": "Y", "historical": "Y", "absent": "N"}
_TEMPORAL: Final[Mapping[Status, str]] = {
    "present": "present",
    "uncertain": "present",
    "historical": "past",
    "absent": "present",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a report names a key.

    Attributes:
        span: None for a finding that no words stand for.
        decides: Whether the finding has its status from here; elsewhere the report may say another thing.
    """

    span: EvidenceSpan | None
    status: Status
    cues: tuple[Cue, ...] = ()
    decides: bool = True


def nlp_rows(report: Report, extraction: Extraction, schema: Schema, *, day: date) -> Iterator[NlpRow]:
    """The rows of a report: findings in schema order, for each the places where its key is named in text order.

    A place has the status of what is said there: "No nodule in the RUL. 5 mm nodule in the LLL." is one finding, and
    two rows, N and Y. What does not count (the family's, a question, a recommendation) has no row. A finding that no
    words of the report stand for has one row, with the key's label as lexical variant, and neither offset nor snippet.

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
        places = _places(finding, report, extraction)
        for place in places or [_Place(span=None, status=finding.status)]:
            span = place.span
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
                "term_exists": _EXISTS[place.status],
                "term_temporal": _TEMPORAL[place.status],
                "term_modifiers": _joined(_modifiers(finding, place, places, extraction)),
            }


def _places(finding: Finding, report: Report, extraction: Extraction) -> list[_Place]:
    """The finding's evidence, and the other mentions of its key that count."""
    evidence = {(span.start, span.end): span for span in finding.evidence}
    named = {(m.start, m.end): m for m in extraction.mentions if m.entity == finding.key and m.excluded is None}
    places = [
        _Place(span=span, status=finding.status, cues=named[place].cues if place in named else ())
        for place, span in evidence.items()
    ]
    for place, mention in named.items():
        if place not in evidence and mention.status is not None:
            span = EvidenceSpan(start=mention.start, end=mention.end, text=report.text[mention.start : mention.end])
            places.append(_Place(span=span, status=mention.status, cues=mention.cues, decides=False))
    return sorted(places, key=lambda place: _interval(place.span))


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


def _modifiers(finding: Finding, place: _Place, places: Iterable[_Place], extraction: Extraction) -> Iterator[str]:
    """The status, what the report says of this place, and the words that give it its status.

    A value that is told of another mention is not listed here; one that is told of none stands where the finding's
    status comes from.
    """
    named = {_interval(other.span) for other in places}

    def here(told: Iterable[EvidenceSpan | None]) -> bool:
        anchors = {_interval(anchor) for anchor in told if anchor} & named
        return _interval(place.span) in anchors if anchors else place.decides

    yield f"status={place.status}"
    if finding.score is not None:
        yield f"score={finding.score:.3f}"
    yield f"entity={finding.key}"
    yield f"source={'+'.join(finding.sources)}"
    for relation, values in finding.values.items():
        for value in values:
            wanted = (finding.key, relation, value)
            if here(a for r in extraction.relations if (r.key, r.type, r.value) == wanted for a in r.key_evidence):
                yield f"{relation}={value}"
    for measurement in finding.measurements:
        if here([measurement.mention]):
            yield f"size={size_in_mm(measurement)}" + (f" ({measurement.qualifier})" if measurement.qualifier else "")
    for cue in place.cues:
        yield f"{cue.category}={cue.text.replace(',', ' ').strip()}"


def _interval(span: EvidenceSpan | None) -> tuple[int, int]:
    return (span.start, span.end) if span else (-1, -1)


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
