"""One line of gold in the output format, held against the schema and the text before it is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from radnlp.errors import ReportError, did_you_mean
from radnlp.records import STATUS_ORDER, EvidenceSpan, Extraction, Finding, Report, Schema
from radnlp.records.wire import from_dict

_FIELDS = ("key", "status", "score", "values", "measurements", "evidence", "sources")


def checked_extraction(row: Mapping[str, Any], *, place: str, schema: Schema) -> Extraction:
    """The extraction of a JSON object, its findings and their values put into schema order.

    Raises:
        ReportError: A name the schema does not have, values of an absent key, two findings of one key, another schema
            or no extraction in format 1.
    """
    if row.get("schema") != schema.id:
        raise ReportError(
            f"{place}: labelled by the schema {row.get('schema')!r}; this gold is read with {schema.id!r}"
        )
    if not isinstance(row.get("report_id"), str) or not row["report_id"]:
        raise ReportError(f"{place}: report_id must be a string that is not empty")
    findings = row.get("findings")
    if not isinstance(findings, list) or not all(isinstance(finding, Mapping) for finding in findings):
        raise ReportError(f"{place}: findings must be a list of objects; [] when there is nothing")
    for finding in findings:
        _check_finding(finding, place, schema)
    keys = [finding["key"] for finding in findings]
    for key in keys:
        if keys.count(key) > 1:
            raise ReportError(f"{place}: two findings of {key!r}; a report has one finding a key")
    try:
        extraction = from_dict(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"{place}: not an extraction in format 1 ({type(error).__name__}: {error})") from None
    order = [key.id for key in schema.keys]
    ordered = sorted(extraction.findings, key=lambda finding: order.index(finding.key))
    return replace(extraction, findings=tuple(_in_order(finding, schema) for finding in ordered))


def anchored(gold: Extraction, report: Report, *, place: str) -> Extraction:
    """The same gold, each evidence with its words.

    Raises:
        ReportError: An evidence or sentence lies outside the text, or the words there are others.
    """
    for sentence in gold.sentences:
        if not 0 <= sentence.start <= sentence.end <= len(report.text):
            raise _outside(place, report, f"sentence {sentence.index}", sentence.start, sentence.end)
    return replace(gold, findings=tuple(_anchored(finding, report, place) for finding in gold.findings))


def _anchored(finding: Finding, report: Report, place: str) -> Finding:
    spans = []
    for span in finding.evidence:
        if not 0 <= span.start < span.end <= len(report.text):
            raise _outside(place, report, f"evidence of {finding.key!r}", span.start, span.end)
        words = report.text[span.start : span.end]
        if span.text not in ("", words):
            raise ReportError(
                f"{place}: report {report.id!r}: the text at [{span.start}, {span.end}) is not the evidence text of "
                f"{finding.key!r}; offsets are half-open and count code points of the untouched text"
            )
        spans.append(EvidenceSpan(start=span.start, end=span.end, text=words))
    return replace(finding, evidence=tuple(spans))


def _outside(place: str, report: Report, what: str, start: int, end: int) -> ReportError:
    length = len(report.text)
    return ReportError(
        f"{place}: report {report.id!r}: {what} is at [{start}, {end}); the text has {length} code points"
    )


def _check_finding(finding: Mapping[str, Any], place: str, schema: Schema) -> None:
    for name in finding:
        _known(name, _FIELDS, f"{place}: unknown field of a finding")
    key, status, values = finding.get("key"), finding.get("status"), finding.get("values", {})
    _known(key, [row.id for row in schema.keys], f"{place}: unknown key")
    _known(status, STATUS_ORDER, f"{place}: {key!r}: unknown status")
    relations = {relation.id: schema.values_of(relation) for relation in schema.relation_types_of(str(key))}
    if not isinstance(values, Mapping) or not all(isinstance(ids, list) for ids in values.values()):
        raise ReportError(f"{place}: {key!r}: values must be an object of lists")
    for relation, ids in values.items():
        _known(relation, relations, f"{place}: {key!r}: unknown relation")
        for value in ids:
            _known(value, relations[relation], f"{place}: {key!r}: unknown value of {relation}")
        if status == "absent" and ids:
            raise ReportError(f"{place}: {key!r} is absent and has values; an absent key has none")
    _check_evidence(finding.get("evidence", []), f"{place}: {key!r}")


def _check_evidence(evidence: object, place: str) -> None:
    spans = evidence if isinstance(evidence, list) else [None]
    for span in spans:
        offsets = [span.get("start"), span.get("end")] if isinstance(span, Mapping) else [None]
        if not all(type(offset) is int for offset in offsets):
            raise ReportError(f"{place}: evidence must be a list of objects with the whole numbers start and end")


def _known(name: object, allowed: Iterable[str], fault: str) -> None:
    known = list(allowed)
    if name not in known:
        raise ReportError(f"{fault} {name!r}{did_you_mean(str(name), known)}")


def _in_order(finding: Finding, schema: Schema) -> Finding:
    values = {
        relation.id: _sorted(finding.values[relation.id], schema.values_of(relation))
        for relation in schema.relation_types_of(finding.key)
        if finding.values.get(relation.id)
    }
    return replace(finding, values=values)


def _sorted(given: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in order if value in given)
