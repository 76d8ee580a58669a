"""Extractions as JSON and back: format 1 of the output.

The JSON object is the only form in which an extraction crosses a border: a finished Doc, a file, another process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from radnlp.records.extraction import Extraction, Provenance
from radnlp.records.findings import Finding, Measurement, Relation, Route, Step
from radnlp.records.mentions import Cue, EvidenceSpan, Mention
from radnlp.records.protocols import ExtractionLine
from radnlp.records.report import Issue, Section, Sentence

FORMAT = 1
_LONG_NUMBER = re.compile("[0-9]{19}")


def to_json(extraction: Extraction, *, with_text: bool = True) -> str:
    """One line of JSON, without the line end.

    Args:
        extraction: What to write.
        with_text: False leaves out every word of the report; offsets stay.

    Lone surrogates, which UTF-8 cannot hold, make the whole line use ASCII escapes.

    >>> to_json(Extraction(report_id="r1", schema="chest_ct", schema_version="1.0.0"))[:34]
    '{"format":1,"report_id":"r1","pati'
    """
    data = to_dict(extraction, with_text=with_text)
    try:
        return orjson.dumps(data).decode()
    except TypeError:  # a lone surrogate, or a number in ``meta`` that is longer than 64 bits
        return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def to_line(extraction: Extraction) -> ExtractionLine:
    """:func:`to_json` with the counts that who passes it on wants to know."""
    levels = [issue.level for issue in extraction.issues]
    return ExtractionLine(
        report_id=extraction.report_id,
        line=to_json(extraction),
        findings=len(extraction.findings),
        errors=levels.count("error"),
        warnings=levels.count("warning"),
    )


def to_dict(extraction: Extraction, *, with_text: bool = True) -> dict[str, Any]:
    """The JSON object of an extraction; see :func:`to_json`."""

    def spans(evidence: Sequence[EvidenceSpan]) -> list[dict[str, Any]]:
        if with_text:
            return [{"start": e.start, "end": e.end, "text": e.text} for e in evidence]
        return [{"start": e.start, "end": e.end} for e in evidence]

    def measurement(m: Measurement) -> dict[str, Any]:
        size = {"mm": list(m.mm), "range": m.range, "qualifier": m.qualifier}
        mention = spans([m.mention])[0] if m.mention else None
        return {**size, "evidence": spans([m.evidence])[0], "mention": mention, "rule": m.rule}

    def cue(c: Cue) -> dict[str, Any]:
        words = {"text": c.text, "literal": c.literal} if with_text else {}
        place = {"start": c.start, "end": c.end}
        return {**place, **words, "category": c.category, "direction": c.direction, "scope": list(c.scope)}

    return {
        "format": FORMAT,
        "report_id": extraction.report_id,
        "patient_id": extraction.patient_id,
        "study_date": extraction.study_date,
        "meta": dict(extraction.meta),
        "schema": extraction.schema,
        "schema_version": extraction.schema_version,
        "findings": [
            {
                "key": f.key,
                "status": f.status,
                "score": f.score,
                "values": {relation: list(values) for relation, values in f.values.items()},
                "measurements": [measurement(m) for m in f.measurements],
                "evidence": spans(f.evidence),
                "sources": list(f.sources),
            }
            for f in extraction.findings
        ],
        "mentions": [
            {
                "entity": m.entity,
                "type": m.type,
                "status": m.status,
                "start": m.start,
                "end": m.end,
                "sentence": m.sentence,
                "section": m.section,
                "cues": [cue(c) for c in m.cues],
                "excluded": m.excluded,
            }
            for m in extraction.mentions
        ],
        "relations": [
            {
                "key": r.key,
                "type": r.type,
                "value": r.value,
                "score": r.score,
                "key_evidence": spans(r.key_evidence),
                "value_evidence": spans(r.value_evidence),
                "source": r.source,
                "rule": r.rule,
            }
            for r in extraction.relations
        ],
        **({"routes": [_route_dict(r) for r in extraction.routes]} if extraction.routes else {}),
        "steps": [{"step": s.step, "decided": list(s.decided), "source": s.source} for s in extraction.steps],
        "sentences": [
            {
                "index": s.index,
                "start": s.start,
                "end": s.end,
                "section": s.section,
                "label": s.label,
                "score": s.score,
            }
            for s in extraction.sentences
        ],
        "sections": [{"id": s.id, "start": s.start, "end": s.end} for s in extraction.sections],
        "issues": [
            {"level": i.level, "stage": i.stage, "code": i.code, "message": i.message} for i in extraction.issues
        ],
        "provenance": _provenance_dict(extraction.provenance),
    }


def _route_dict(r: Route) -> dict[str, Any]:
    """Written only where a mapper asked, or could have asked, another one."""
    said = {"key": r.key, "score": r.score, "why": list(r.why)}
    return {**said, "first": r.first, "asked": r.asked, "end": r.end}


def _provenance_dict(provenance: Provenance | None) -> dict[str, Any] | None:
    if provenance is None:
        return None
    return {
        "radnlp": provenance.radnlp,
        "schema": dict(provenance.schema),
        "providers": {stage: dict(provider) for stage, provider in provenance.providers.items()},
        "counts": dict(provenance.counts),
        "seconds": dict(provenance.seconds),
    }


def from_json(line: str) -> Extraction:
    """The extraction that :func:`to_json` wrote.

    Without its words (``with_text=False``) the evidence texts come back empty.

    Raises:
        ValueError: Not JSON, no object, or another format number.
        KeyError: A field is missing.
    """
    try:
        # orjson reads whole numbers beyond 64 bits, which ``meta`` may hold, as floats.
        data = json.loads(line) if _LONG_NUMBER.search(line) else orjson.loads(line)
    except ValueError:  # orjson knows no lone surrogates and no NaN
        data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError(f"a JSON {type(data).__name__} where the object of an extraction should be")
    return from_dict(data)


def from_dict(data: Mapping[str, Any]) -> Extraction:
    """The extraction of a JSON object. Only ``report_id``, ``schema`` and ``findings`` must be there (gold has no
    more).

    Raises:
        ValueError: Another format number.
        KeyError: A field is missing.
    """
    if data.get("format", FORMAT) != FORMAT:
        raise ValueError(f"this is format {data['format']!r}; this version of radnlp reads format {FORMAT}")
    return Extraction(
        report_id=data["report_id"],
        patient_id=data.get("patient_id"),
        study_date=data.get("study_date"),
        meta=dict(data.get("meta") or {}),
        schema=data["schema"],
        schema_version=data.get("schema_version", ""),
        findings=tuple(_finding(f) for f in data["findings"]),
        mentions=tuple(_mention(m) for m in data.get("mentions", ())),
        relations=tuple(_relation(r) for r in data.get("relations", ())),
        routes=tuple(Route(**{**r, "why": tuple(r["why"])}) for r in data.get("routes", ())),
        steps=tuple(
            Step(step=s["step"], decided=tuple(s["decided"]), source=s["source"]) for s in data.get("steps", ())
        ),
        sentences=tuple(Sentence(**s) for s in data.get("sentences", ())),
        sections=tuple(Section(**s) for s in data.get("sections", ())),
        issues=tuple(Issue(**i) for i in data.get("issues", ())),
        provenance=Provenance(**data["provenance"]) if data.get("provenance") else None,
    )


def _spans(rows: Sequence[Mapping[str, Any]]) -> tuple[EvidenceSpan, ...]:
    return tuple(EvidenceSpan(start=r["start"], end=r["end"], text=r.get("text", "")) for r in rows)


def _finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        key=data["key"],
        status=data["status"],
        score=data.get("score"),
        values={relation: tuple(values) for relation, values in data.get("values", {}).items()},
        measurements=tuple(_measurement(m) for m in data.get("measurements", ())),
        evidence=_spans(data.get("evidence", ())),
        sources=tuple(data.get("sources", ())),
    )


def _measurement(data: Mapping[str, Any]) -> Measurement:
    (evidence,), mention = _spans([data["evidence"]]), data.get("mention")
    return Measurement(
        mm=tuple(data["mm"]),
        range=data.get("range", False),
        qualifier=data.get("qualifier"),
        evidence=evidence,
        mention=_spans([mention])[0] if mention else None,
        rule=data.get("rule"),
    )


def _mention(data: Mapping[str, Any]) -> Mention:
    cues = tuple(Cue(**{"text": "", "literal": "", **c, "scope": tuple(c["scope"])}) for c in data["cues"])
    return Mention(**{**data, "cues": cues})


def _relation(data: Mapping[str, Any]) -> Relation:
    evidence = {name: _spans(data[name]) for name in ("key_evidence", "value_evidence")}
    return Relation(**{**data, **evidence})
