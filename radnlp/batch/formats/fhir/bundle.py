"""A report with its findings as one transaction."""

from __future__ import annotations

import base64
import re
from typing import Any, Final

from radnlp.batch.formats.fhir.elements import Element, complete, date_time, parts
from radnlp.batch.formats.fhir.identity import Identity
from radnlp.batch.formats.fhir.observation import observation
from radnlp.batch.formats.fhir.vocabulary import REPORT_CATEGORY, REPORT_CODE, Vocabulary
from radnlp.records import Extraction, Report

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LANGUAGE: Final = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def bundle(report: Report, extraction: Extraction, vocabulary: Vocabulary, *, with_text: bool) -> Any:
    """A Bundle: first the DiagnosticReport, then an Observation for each finding, in schema order.

    What cannot be stored by a transaction, as an OperationOutcome, is not in it: what went wrong with a report is an
    extension of its DiagnosticReport, by level, stage and code. Sentence classes, sections, decision steps, mentions
    that do not count and other columns of the input have no place; the format jsonl has them all.

    Args:
        report: As it was read.
        extraction: What was found in it.
        vocabulary: Of its schema.
        with_text: False leaves every word of the report out; offsets stay.
    """
    common: Element = {
        "subject": _subject(extraction.patient_id or ""),
        "effectiveDateTime": date_time(extraction.study_date),
    }
    findings = [
        (
            Identity(report_id=extraction.report_id, schema=extraction.schema, key=finding.key),
            observation(finding, extraction, vocabulary, with_text=with_text),
        )
        for finding in extraction.findings
    ]
    study = {
        "extension": [
            parts(
                "issue",
                level=("valueCode", issue.level),
                stage=("valueString", issue.stage),
                code=("valueString", issue.code),
            )
            for issue in extraction.issues
        ],
        "status": "preliminary",
        "category": REPORT_CATEGORY,
        "code": REPORT_CODE,
        "result": [{"reference": identity.full_url} for identity, _ in findings],
        "presentedForm": [_text(report)] if with_text else [],
    }
    whole = Identity(report_id=extraction.report_id, schema=extraction.schema)
    return complete(
        {
            "resourceType": "Bundle",
            "type": "transaction",
            "entry": [
                _entry("DiagnosticReport", whole, {**study, **common}),
                *(_entry("Observation", identity, {**found, **common}) for identity, found in findings),
            ],
        }
    )


def _entry(resource_type: str, identity: Identity, resource: Element) -> Element:
    return {
        "fullUrl": identity.full_url,
        "resource": {"resourceType": resource_type, "identifier": [identity.identifier], **resource},
        "request": identity.update(resource_type),
    }


def _subject(patient_id: str) -> Element | None:
    """By identifier, whose system only the hospital knows: a server links it by its own rules."""
    return {"type": "Patient", "identifier": {"value": patient_id}} if patient_id.strip() else None


def _text(report: Report) -> Element | None:
    """The report as it was given, in UTF-8, which holds no half of a surrogate pair."""
    if not report.text:
        return None
    language = report.language or ""
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", report.text)
    return {
        "contentType": "text/plain; charset=utf-8",
        "language": language if _LANGUAGE.fullmatch(language) else None,
        "data": base64.b64encode(text.encode("utf-8")).decode("ascii"),
    }
