"""What comes out is FHIR R4: real extractions of every schema, judged by the JSON schema of the specification and by
the rules that it cannot hold. The reports are invented.
"""

import base64
import copy
import json

import pytest

import radnlp
from radnlp.batch import create_format
from radnlp.hooks import default_catalogue
from radnlp.records import Issue, Report

SCHEMAS = sorted(default_catalogue().schemas)
ENGLISH = """FINDINGS: 1.2 x 0.8 cm nodule in the right upper lobe, previously 6 mm. Nodules of 3-5 mm in both lungs.
No pleural effusion. Possible consolidation in the left lower lobe. Old infarct. Cardiomegaly. History of pneumothorax.
Glioblastoma, increased in size since the last examination."""
REPORTS = {
    "english": Report(id="r1", text=ENGLISH, patient_id="p1", study_date="2024-03-01", language="en"),
    "korean": Report(id="r-2", text="우상엽에 결절이 있음. 흉수는 없음. 교모세포종 의심됨.", language="ko"),
    "japanese": Report(id="報告3", text="右上葉に結節を認める。\u3000胸水なし。", language="ja"),
    "emoji and line ends": Report(id="🫁 4", text="Nodule 🫁 in the RUL.\r\nMass\r\n  in the LLL.\r"),
    "control characters": Report(id="r\x005", text="Pleural\x0beffusion\x00. Nodule\x1b[2J.", patient_id="\x07"),
    "lone surrogate": Report(id="\ud800", text="Nodule \udc00 in the RUL.", patient_id="\udfff"),
    "blanks": Report(id=" r7 ", text="Nodule.", patient_id="  ", study_date=" ", language=""),
    "no id": Report(id="", text="Mass."),
    "wrong date": Report(id="r9", text="Mass in the RUL.", study_date="30 February", language="not a language"),
    "empty": Report(id="r10", text=""),
    "white space": Report(id="r11", text=" \n "),
    "unreadable": Report(
        id="reports.jsonl:7",
        text="",
        issues=(Issue(level="error", stage="read", code="bad_json", message="line 7 is not JSON"),),
    ),
}


@pytest.fixture(scope="module")
def bundles():
    """Schema -> the extraction and Bundle of each report, with and without the words."""
    made = {}
    for name in SCHEMAS:
        form = create_format("fhir", default_catalogue().vocabulary(name))
        for case, report in REPORTS.items():
            extraction = radnlp.extract(report, schema=name)
            for with_text in (True, False):
                line = form.part(report, extraction, with_text=with_text)
                assert "\n" not in line
                made[name, case, with_text] = extraction, json.loads(line)
    return made


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("case", REPORTS)
def test_a_bundle_is_fhir_with_and_without_the_words(bundles, judge, name, case):
    for with_text in (True, False):
        assert judge(bundles[name, case, with_text][1]) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_finding_is_an_observation_and_none_is_lost(bundles, name):
    for (schema, _, _), (extraction, bundle) in bundles.items():
        if schema == name:
            codes = [entry["resource"]["code"]["coding"][0]["code"] for entry in bundle["entry"][1:]]
            assert codes == [finding.key for finding in extraction.findings]
    if "en" in default_catalogue().vocabulary(name).languages:
        assert len(bundles[name, "english", True][0].findings) >= 1


def test_without_the_words_nothing_of_a_report_is_in_its_bundle(bundles):
    kept = {case: json.dumps(bundles["chest_ct", case, False][1]) for case in REPORTS}
    assert '"end"' in kept["english"]
    assert "presentedForm" not in kept["english"]
    for word in ("1.2 x", "previously", "both lungs", "No pleural", base64.b64encode(ENGLISH.encode()).decode()[:20]):
        assert word not in kept["english"]


def breaking(name):
    def add(change):
        change.name = name
        return change

    return add


@breaking("no code")
def no_code(bundle):
    del bundle["entry"][0]["resource"]["code"]


@breaking("a property that FHIR does not know")
def unknown_property(bundle):
    bundle["entry"][1]["resource"]["finding"] = "nodules"


@breaking("a number that is a string")
def string_for_number(bundle):
    bundle["entry"][1]["resource"]["extension"][0]["extension"][0] = {"url": "start", "valueUnsignedInt": "22"}


@breaking("a time without its zone")
def time_without_zone(bundle):
    bundle["entry"][0]["resource"]["effectiveDateTime"] = "2024-03-01T10:15:00"


@breaking("a resource that is none of ours")
def other_resource(bundle):
    bundle["entry"][1]["resource"] = {"resourceType": "Patient", "active": True}


@breaking("an empty string")
def empty_string(bundle):
    bundle["entry"][1]["resource"]["code"]["text"] = ""


@breaking("an empty list")
def empty_list(bundle):
    bundle["entry"][0]["resource"]["presentedForm"] = []


@breaking("no request")
def no_request(bundle):
    del bundle["entry"][1]["request"]


@breaking("a result that is not there")
def lost_result(bundle):
    del bundle["entry"][1]


@breaking("one fullUrl twice")
def same_url(bundle):
    bundle["entry"].append(copy.deepcopy(bundle["entry"][1]))


@breaking("an extension of nothing")
def hollow_extension(bundle):
    bundle["entry"][1]["resource"]["extension"][0] = {"url": "urn:radnlp:extension:evidence"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (no_code, "schema"),
        (unknown_property, "schema"),
        (string_for_number, "schema"),
        (time_without_zone, "schema"),
        (other_resource, "schema"),
        (empty_string, "schema"),
        (empty_list, "empty"),
        (no_request, "bdl-3"),
        (lost_result, "reference"),
        (same_url, "bdl-7"),
        (hollow_extension, "ext-1"),
    ],
    ids=lambda change: getattr(change, "name", change),
)
def test_the_judge_refuses_a_bundle_that_is_broken(bundles, judge, change, complaint):
    bundle = copy.deepcopy(bundles["chest_ct", "english", True][1])
    change(bundle)
    assert any(fault.startswith(complaint) for fault in judge(bundle))
