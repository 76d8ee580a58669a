"""Stage one: the classifier's keys, as far as the schema knows them, in schema order."""

from radnlp.records import EvidenceSpan, KeyPrediction
from radnlp.testing import ScriptedClassifier


def key(name, status="present", **more):
    return KeyPrediction(key=name, status=status, **more)


def answering(*predictions):
    return ScriptedClassifier(lambda view: predictions)


def test_keys_come_in_schema_order(read):
    (extraction,) = read("Clear.", classifier=answering(key("mass", "absent"), key("nodules", score=0.7)))
    assert [(f.key, f.status, f.score) for f in extraction.findings] == [
        ("nodules", "present", 0.7),
        ("mass", "absent", None),
    ]


def test_a_key_outside_the_schema_is_left_out_and_told(read):
    (extraction,) = read("Nodule.", classifier=answering(key("nodules"), key("fracture")))
    assert [finding.key for finding in extraction.findings] == ["nodules"]
    (issue,) = extraction.issues
    assert (issue.level, issue.stage, issue.code) == ("error", "keys", "outside_schema")
    assert "the provider 'my_keys' answered the key 'fracture'" in issue.message


def test_of_two_answers_for_one_key_the_first_counts(read):
    (extraction,) = read("Clear.", classifier=answering(key("mass"), key("mass", "absent")))
    assert [(finding.key, finding.status) for finding in extraction.findings] == [("mass", "present")]


def test_the_classifier_sees_what_the_stages_before_it_found(read):
    seen = []
    read("No nodule.", classifier=ScriptedClassifier(lambda view: seen.append(view) or ()))
    (view,) = seen
    assert (view.report.text, len(view.sentences), view.mentions[0].status) == ("No nodule.", 1, "absent")


def test_the_finding_names_its_provider_and_the_provenance_its_version(read):
    (extraction,) = read("Nodule.")
    assert extraction.findings[0].sources == ("my_keys",)
    assert extraction.provenance.providers["keys"] == {
        "name": "my_keys",
        "distribution": "radnlp-core",
        "version": "0",
    }


def test_where_no_mention_has_the_status_the_evidence_is_the_classifiers(read):
    span = EvidenceSpan(start=0, end=5, text="Clear")
    (extraction,) = read("Clear.", classifier=answering(key("nodules", evidence=(span,))))
    assert extraction.findings[0].evidence == (span,)
