"""Continuing a run: do the parts belong to it, and which reports are done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice

import orjson

from radnlp.batch.runs.fingerprint import differences
from radnlp.batch.runs.parts import PartHeader, PartStore
from radnlp.errors import ConfigError
from radnlp.records import Extraction, Report

_ENCODER = json.JSONEncoder(default=str)  # json.dumps would make a new one for every report
_AFRESH = "continue with what it was begun with, or run without --resume to begin afresh"


def finished_parts(store: PartStore, fingerprint: Mapping[str, str]) -> list[PartHeader]:
    """Headers of the parts to continue from; none when there is nothing to resume.

    Raises:
        ConfigError: The parts are those of another run; names everything that changed.
    """
    before = store.fingerprint()
    headers = store.headers() if before is not None else []
    if before is None or not headers:
        return []
    if changed := differences(before, fingerprint):
        raise ConfigError(f"{store.name} cannot be continued: {'; '.join(changed)}; {_AFRESH}")
    return headers


def skip_finished(reports: Iterator[Report], headers: Sequence[PartHeader]) -> None:
    """Read past the reports of finished parts.

    Raises:
        ConfigError: They are not the reports that the parts were made from (standard input has no time of change).
    """
    done = 0
    for header in headers:
        wanted = header.summary.reports
        if reports_digest([report_mark(report) for report in islice(reports, wanted)]) != header.reports_digest:
            place = f"reports {done + 1} to {done + wanted}"
            raise ConfigError(f"the input changed: {place} are not those that were read before; {_AFRESH}")
        done += wanted


def check_same_providers(headers: Sequence[PartHeader], extraction: Extraction) -> None:
    """Compare who made the last part with who makes the first new extraction.

    Raises:
        ConfigError: A provider's version changed.
    """
    before = headers[-1].providers
    now = providers(extraction)
    shared = before.keys() & now.keys()
    if changed := differences({n: before[n] for n in sorted(shared)}, {n: now[n] for n in sorted(shared)}):
        raise ConfigError(f"the parts cannot be continued: {'; '.join(changed)}; {_AFRESH}")


def providers(extraction: Extraction) -> dict[str, str]:
    """Stage -> name, distribution and version of what ran, in one string each."""
    if extraction.provenance is None:
        return {}
    return {
        f"provider of {stage}": " ".join(str(provider[field]) for field in sorted(provider))
        for stage, provider in extraction.provenance.providers.items()
    }


def report_mark(report: Report) -> bytes:
    """Everything of a report that the result depends on."""
    fields = (report.id, report.text, report.patient_id, report.study_date, report.sentences, report.meta)
    try:
        return orjson.dumps(fields)
    except TypeError:  # a lone surrogate, or a number in ``meta`` that is longer than 64 bits
        return _ENCODER.encode(fields).encode("ascii")


def reports_digest(marks: Sequence[bytes]) -> str:
    """SHA-256 over the marks of a part's reports."""
    digest = sha256()
    for mark in marks:
        digest.update(mark + b"\n")
    return digest.hexdigest()
