"""Cohorts in a notation that can be read: a line a patient, an item a report.

    A glioma: - | stable | progression+improvement | glioma metastasis=stable

A report without a key of its own has the patient's; ``-`` is a report without an episode, ``none`` one without a
finding. Reports are a month apart.
"""

import json
from datetime import date

import pytest

from radnlp.hooks import default_catalogue
from radnlp.timeline import build_timeline, read_lines, settings_for


def extraction(report_id, patient_id, study_date, found, **more):
    findings = [
        {"key": key, "status": "present", "values": {"has_episode": values} if values else {}}
        for key, values in found.items()
    ]
    row = {"format": 1, "report_id": report_id, "patient_id": patient_id, "study_date": study_date}
    return {**row, "schema": "brain_mri", "schema_version": "1.0.0", "findings": findings, **more}


def rows(notation):
    """The extractions of a cohort, in the order in which it is written."""
    for line in filter(None, map(str.strip, notation.splitlines())):
        head, _, reports = line.partition(":")
        patient, default = head.split()
        for number, report in enumerate(reports.split("|")):
            keys, _, values = report.strip().rpartition("=")
            values = [] if values in ("-", "none") else values.split("+")
            names = [] if report.strip() == "none" else (keys or default).split()
            day = date(2020 + number // 12, number % 12 + 1, 1).isoformat()
            yield extraction(f"{patient}{number + 1}", patient, day, dict.fromkeys(names, values))


@pytest.fixture(scope="session")
def brain_mri():
    return default_catalogue().vocabulary("brain_mri")


@pytest.fixture(scope="session")
def timeline_of(brain_mri):
    """The timeline of a cohort, or of rows (objects, or strings for lines that are none)."""

    def make(cohort, **options):
        lines = rows(cohort) if isinstance(cohort, str) else cohort
        written = [line.encode() if isinstance(line, str) else json.dumps(line).encode() for line in lines]
        return build_timeline(read_lines(written, name="f.jsonl"), settings_for(brain_mri, **options))

    return make


@pytest.fixture(scope="session")
def one():
    """An extraction of one report of glioma."""

    def make(report_id="r1", patient_id="p", study_date="2024-01-01", episode="stable", **more):
        return extraction(report_id, patient_id, study_date, {"glioma": [episode] if episode else []}, **more)

    return make


@pytest.fixture(scope="session")
def cohort_rows():
    return rows


EIGHT = """
    A glioma:     - | stable | stable | progression | improvement
    B metastasis: progression | progression | progression
    C lymphoma:   improvement | stable | progression | stable | improvement | progression
    D metastasis: - | progression | stable
    E glioma:     stable | progression | metastasis=stable | metastasis=progression
    F stroke:     - | - | -
    G glioma:     stable | glioma metastasis=progression | stable | progression
    H metastasis: stable | progression+improvement | improvement | stable
"""


@pytest.fixture(scope="session")
def eight():
    """Eight patients, their numbers worked out by hand in test_building.py and test_flows.py."""
    return EIGHT
