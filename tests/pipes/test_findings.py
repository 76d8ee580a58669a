"""The join: one finding for each key, and the one place where disagreement is resolved."""

from radnlp.records import EvidenceSpan, KeyPrediction, MappingResult, Relation
from radnlp.testing import ScriptedClassifier, ScriptedMapper


def mapper(*relations, denied=()):
    return ScriptedMapper(lambda request: MappingResult(relations=relations, denied=denied))


def located(value, at=None):
    place = () if at is None else (EvidenceSpan(start=at, end=at + 1, text="Nodule."[at]),)
    return Relation(key="nodules", type="located_in", value=value, key_evidence=place, source="my_relations")


def test_a_finding_has_status_values_evidence_and_source(read):
    (extraction,) = read("Nodule in RUL. Nodules in LLL. No nodule elsewhere.")
    (finding,) = extraction.findings
    assert (finding.key, finding.status, finding.values) == ("nodules", "present", {"located_in": ("rul", "lll")})
    assert [span.text for span in finding.evidence] == ["Nodule", "Nodules"]
    assert finding.sources == ("my_keys",)
    assert (extraction.schema, extraction.schema_version) == ("tiny", "1.0.0")


def test_values_stand_in_schema_order_and_once(read):
    (extraction,) = read("Nodules in LLL, both lungs, RUL and LLL.")
    assert extraction.findings[0].values == {"located_in": ("rul", "lll", "both")}


def test_a_key_that_the_mapper_denies_is_absent_whatever_the_classifier_said(read):
    (extraction,) = read("Nodule in RUL. Mass.", mapper=mapper(located("rul", 0), denied=("nodules",)))
    nodules, mass = extraction.findings
    assert (nodules.status, nodules.values, mass.status) == ("absent", {}, "present")
    # Both opinions stay visible.
    assert extraction.mentions[0].status == "present"
    assert extraction.relations[0].value == "rul"
    assert nodules.evidence[0].text == "Nodule"


def test_an_absent_key_has_no_values(read):
    (extraction,) = read("No nodule in RUL.", mapper=mapper(located("rul", 3)))
    assert (extraction.findings[0].status, extraction.findings[0].values) == ("absent", {})


def test_a_finding_has_its_sizes_and_an_absent_one_none(read):
    (extraction,) = read("8 mm nodule in RUL. Mass of 1.2 cm.")
    sizes = {finding.key: [(m.mm, m.evidence.text) for m in finding.measurements] for finding in extraction.findings}
    assert sizes == {"nodules": [((8.0,), "8 mm")], "mass": [((12.0,), "1.2 cm")]}
    (extraction,) = read("No 8 mm nodule.")
    assert extraction.findings[0].measurements == ()


def test_a_key_that_the_mapper_denies_has_no_size(read):
    (extraction,) = read("8 mm nodule.", mapper=mapper(denied=("nodules",)))
    assert extraction.findings[0].measurements == ()


def test_the_evidence_is_the_mentions_that_have_the_status_and_count(read):
    (extraction,) = read("Technique: nodule. Findings: maybe nodule. No nodules.")
    (finding,) = extraction.findings
    assert finding.status == "uncertain"
    assert [(span.start, span.text) for span in finding.evidence] == [(35, "nodule")]


def test_the_classifier_decides_and_the_mentions_are_its_evidence(read):
    classifier = ScriptedClassifier(lambda view: (KeyPrediction(key="nodules", status="absent", score=0.9),))
    (extraction,) = read("Nodule. No nodules.", classifier=classifier)
    (finding,) = extraction.findings
    assert (finding.status, finding.score, [span.text for span in finding.evidence]) == ("absent", 0.9, ["nodules"])


def test_relations_stand_in_text_order_and_those_without_a_place_last_and_counted(read):
    answers = (located("both"), located("lll", 5), located("rul"), located("rul", 0))
    (extraction,) = read("Nodule.", mapper=mapper(*answers))
    assert [(r.value, bool(r.key_evidence)) for r in extraction.relations] == [
        ("rul", True),
        ("lll", True),
        ("rul", False),
        ("both", False),
    ]
    assert extraction.provenance.counts == {"unanchored_relations": 2}
    assert extraction.findings[0].values == {"located_in": ("rul", "lll", "both")}


def test_the_provenance_names_what_made_the_extraction(read):
    provenance = read("Nodule.")[0].provenance
    assert provenance.schema == {"id": "tiny", "version": "1.0.0", "digest": "d1"}
    assert provenance.radnlp == "0.1"
    assert {stage: provider["name"] for stage, provider in provenance.providers.items()} == {
        "keys": "my_keys",
        "relations": "my_relations",
    }


def test_a_report_without_findings_is_an_extraction_all_the_same(read):
    extractions = read("", "Clear lungs.", "\x00", "\ud800")
    assert [extraction.findings for extraction in extractions] == [()] * 4
