"""What a Bundle says of a report and its findings."""

import base64
import json
from dataclasses import replace
from io import BytesIO

import pytest

from radnlp.batch import create_format, format_for_path
from radnlp.records import EvidenceSpan, Finding, Issue, Measurement, Relation, Report

SNOMED = "http://snomed.info/sct"


def span(start, words):
    return EvidenceSpan(start=start, end=start + len(words), text=words)


def finding(key="nodules", status="present", **more):
    return Finding(key=key, status=status, evidence=(span(0, "Nodule"),), sources=("rules",), **more)


@pytest.fixture
def observe(make_bundle, resources, word_engine):
    """The one Observation of a report with that finding."""

    def make(found, *, relations=(), with_text=True, **more):
        report = Report(id="r1", text="Nodule of 8 mm in the RUL.")
        extraction = replace(word_engine().extract(report), findings=(found,), relations=relations)
        (made,) = resources(make_bundle(report, extraction=extraction, with_text=with_text, **more), "Observation")
        return made

    return make


def test_a_report_is_a_transaction_with_its_findings_behind_it(make_bundle, resources):
    report = Report(id="r1", text="A nodule in the RUL.", patient_id="p7", study_date="2024-03-01", language="en")
    bundle = make_bundle(report)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "transaction")
    (study,), (found,) = resources(bundle, "DiagnosticReport"), resources(bundle, "Observation")
    assert study["result"] == [{"reference": bundle["entry"][1]["fullUrl"]}]
    assert study["code"]["coding"][0] == {
        "system": "http://loinc.org",
        "code": "18748-4",
        "display": "Diagnostic imaging study",
    }
    for resource in (study, found):
        assert resource["status"] == "preliminary"
        assert resource["subject"] == {"type": "Patient", "identifier": {"value": "p7"}}
        assert resource["effectiveDateTime"] == "2024-03-01"


@pytest.mark.parametrize("text", ["A nodule 🫁 in\r\nthe RUL.\x00", "결절\u3000nodule"])
def test_the_report_is_attached_as_it_was_given(make_bundle, resources, text):
    (form,) = resources(make_bundle(Report(id="r1", text=text, language="ko")), "DiagnosticReport")[0]["presentedForm"]
    assert base64.b64decode(form["data"]).decode("utf-8") == text
    assert (form["contentType"], form["language"]) == ("text/plain; charset=utf-8", "ko")


def test_without_the_words_offsets_stay(make_bundle, resources):
    bundle = make_bundle("A nodule in the RUL.", with_text=False)
    (study,), (found,) = resources(bundle, "DiagnosticReport"), resources(bundle, "Observation")
    assert "presentedForm" not in study
    assert found["extension"][0]["extension"] == [
        {"url": "start", "valueUnsignedInt": 2},
        {"url": "end", "valueUnsignedInt": 8},
    ]


def test_no_patient_and_no_usable_date_are_left_out(make_bundle, resources):
    for report in (Report(id="r1", text="x"), Report(id="r1", text="x", patient_id=" ", study_date="March")):
        (study,) = resources(make_bundle(report), "DiagnosticReport")
        assert not {"subject", "effectiveDateTime", "result"} & study.keys()


def test_an_unreadable_report_is_a_report_without_results_that_says_what_went_wrong(make_bundle):
    issue = Issue(level="error", stage="read", code="bad_json", message="line 7 is not JSON")
    bundle = make_bundle(Report(id="reports.jsonl:7", text="", issues=(issue,)))
    ((study,), entries) = [entry["resource"] for entry in bundle["entry"]], bundle["entry"]
    assert len(entries) == 1
    assert "result" not in study
    (told,) = study["extension"]
    assert told["url"] == "urn:radnlp:extension:issue"
    assert [next(v for k, v in part.items() if k != "url") for part in told["extension"]] == [
        "error",
        "read",
        "bad_json",
    ]
    assert "line 7 is" not in json.dumps(bundle)


@pytest.mark.parametrize(
    ("status", "snomed"), [("present", "410515003"), ("absent", "410516002"), ("uncertain", "415684004")]
)
def test_a_status_has_the_finding_context_of_snomed_beside_its_own_code(observe, status, snomed):
    own, other = observe(finding(status=status))["valueCodeableConcept"]["coding"]
    assert own == {"system": "urn:radnlp:status", "code": status}
    assert (other["system"], other["code"]) == (SNOMED, snomed)


def test_what_is_told_as_past_is_never_known_present(observe):
    made = observe(finding(status="historical"))
    assert [coding["code"] for coding in made["valueCodeableConcept"]["coding"]] == ["historical"]
    (component,) = made["component"]
    assert component["code"]["coding"][0]["code"] == "408731000"
    assert component["valueCodeableConcept"]["coding"][0]["code"] == "410513005"


def test_a_finding_has_the_schemas_own_code_and_those_the_schema_gives(observe, schema):
    nodules = replace(schema.keys[0], codes={"radlex": "RID99", "https://a.example": "N", "omop": "12"})
    rul = replace(schema.values[0], codes={"snomed": "99"})
    coded = replace(schema, keys=(nodules, *schema.keys[1:]), values=(rul,))
    made = observe(finding(values={"located_in": ("rul",)}), schema=coded)
    assert made["code"] == {
        "coding": [
            {"system": "urn:radnlp:schema:small", "version": "1.0.0", "code": "nodules", "display": "nodules"},
            {"system": "http://radlex.org", "code": "RID99"},
            {"system": "https://a.example", "code": "N"},
        ],
        "text": "nodules",
    }
    (component,) = made["component"]
    assert component["code"]["coding"][0]["code"] == "located_in"
    assert [coding["code"] for coding in component["valueCodeableConcept"]["coding"]] == ["rul", "99"]


def test_a_value_says_where_it_was_read(observe):
    relation = Relation(
        key="nodules", type="located_in", value="rul", value_evidence=(span(22, "RUL"),), source="rules"
    )
    made = observe(finding(values={"located_in": ("rul",)}), relations=(relation,))
    (place,) = made["component"][0]["extension"]
    assert place["extension"][-1] == {"url": "text", "valueString": "RUL"}


def test_the_method_names_program_schema_and_who_read_it(observe):
    assert observe(finding())["method"]["text"] == "radnlp 0, schema small 1.0.0, read by rules"


def mm(*numbers, **more):
    return Measurement(mm=numbers, evidence=span(10, "8 mm"), **more)


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (mm(8.0), [("size", {"value": 8})]),
        (mm(12.0, 8.5), [("size", {"value": 12}), ("size", {"value": 8.5})]),
        (mm(8.0, qualifier="up_to"), [("size", {"value": 8, "comparator": "<="})]),
        (mm(8.0, qualifier="at_least"), [("size", {"value": 8, "comparator": ">="})]),
        (mm(8.0, qualifier="largest"), [("size", {"value": 8})]),
        (mm(6.0, qualifier="previous"), [("previous_size", {"value": 6})]),
    ],
)
def test_a_size_is_a_quantity_for_each_axis_in_millimetres(observe, size, written):
    made = observe(finding(measurements=(size,)))["component"]
    unit = {"unit": "mm", "system": "http://unitsofmeasure.org", "code": "mm"}
    found = [(part["code"]["coding"][0]["code"], part["valueQuantity"]) for part in made]
    assert found == [(code, {**quantity, **unit}) for code, quantity in written]
    said = [part["valueCode"] for part in made[0]["extension"] if part["url"].endswith("qualifier")]
    assert said == ([size.qualifier] if size.qualifier else [])


def test_a_range_of_sizes_is_a_range(observe):
    (part,) = observe(finding(measurements=(mm(3.0, 5.0, range=True),)))["component"]
    assert (part["valueRange"]["low"]["value"], part["valueRange"]["high"]["value"]) == (3, 5)
    assert part["extension"][0]["extension"][-1] == {"url": "text", "valueString": "8 mm"}


def test_a_score_is_kept(observe):
    assert {"url": "urn:radnlp:extension:score", "valueDecimal": 0.25} in observe(finding(score=0.25))["extension"]


def test_a_file_has_a_bundle_a_line_and_the_suffix_ndjson(schema, word_engine):
    form, out = create_format("fhir", schema), BytesIO()
    reports = [Report(id=f"r{n}", text="A nodule\u2028.") for n in range(3)]
    form.finish((form.part(r, word_engine().extract(r), with_text=True) for r in reports), out)
    lines = out.getvalue().split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line)["entry"][0]["resource"]["identifier"][0]["value"] for line in lines] == ["r0", "r1", "r2"]
    assert format_for_path("findings.ndjson") == "fhir"
