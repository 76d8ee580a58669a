"""FHIR's own judge, what it cannot say, and bundles of invented reports."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft6Validator

from radnlp.batch import create_format
from radnlp.records import Report

R4 = json.loads(Path(__file__).with_name("r4_bundle.schema.json").read_text("utf-8"))
JUDGE = Draft6Validator(R4)


def empty_places(element, place="$"):
    """Where something is empty, which FHIR forbids everywhere."""
    if element in (None, "", [], {}):
        yield place
    for name, part in (
        element.items() if isinstance(element, dict) else enumerate(element) if isinstance(element, list) else ()
    ):
        yield from empty_places(part, f"{place}.{name}")


def extensions(element):
    if isinstance(element, dict):
        yield from element.get("extension", ())
    for part in element.values() if isinstance(element, dict) else element if isinstance(element, list) else ():
        yield from extensions(part)


def faults(bundle):
    """What is wrong with a Bundle: by the JSON schema, and by the rules that it cannot hold."""
    found = [f"schema: {error.json_path}" for error in JUDGE.iter_errors(bundle)]
    found += [f"empty: {place}" for place in empty_places(bundle)]
    entries = bundle.get("entry", [])
    urls = [entry.get("fullUrl") for entry in entries]
    found += ["bdl-7: fullUrl twice"] if len(set(urls)) < len(urls) else []
    for entry in entries:
        resource = entry.get("resource", {})
        if not {"method", "url"} <= entry.get("request", {}).keys():
            found.append("bdl-3: a transaction's entry has a request")
        if resource.get("status") is None:
            found.append("status: must be there")
        found += [
            f"reference: {name['reference']} is not in the Bundle"
            for name in resource.get("result", [])
            if name["reference"] not in urls
        ]
        codes = [part["code"] for part in resource.get("component", [])]
        if "value" in "".join(resource) and resource.get("code") in codes:
            found.append("obs-7: a component has the code of the Observation, which has a value")
    for extension in extensions(bundle):
        values = [name for name in extension if name.startswith("value")]
        if len(values) + ("extension" in extension) != 1:
            found.append(f"ext-1: {extension['url']} has a value or extensions, one of both")
    return found


@pytest.fixture
def judge():
    return faults


@pytest.fixture
def resources():
    """The resources of one type in a Bundle."""

    def pick(bundle, kind):
        return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]

    return pick


@pytest.fixture
def make_bundle(schema, word_engine):
    """Reads a report as the small engine does and writes it; the findings may be given instead."""

    def make(report, *, extraction=None, with_text=True, schema=schema):
        report = Report(id="r1", text=report) if isinstance(report, str) else report
        extraction = extraction or word_engine().extract(report)
        return json.loads(create_format("fhir", schema).part(report, extraction, with_text=with_text))

    return make
