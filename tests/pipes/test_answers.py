"""What a provider answers is looked at: what cannot be used is left out or refused, and the report says so."""

import numpy as np
import pytest

from radnlp.records import EvidenceSpan, KeyPrediction, MappingResult, Relation
from radnlp.testing import ScriptedClassifier, ScriptedMapper


def key(**fields):
    return KeyPrediction(**{"key": "nodules", "status": "present", **fields})


def relation(**fields):
    return Relation(**{"key": "nodules", "type": "located_in", "value": "rul", "source": "mine", **fields})


@pytest.mark.parametrize(
    ("prediction", "code", "words"),
    [
        (key(status="maybe"), "wrong_status", "with a status that is none of present, uncertain, historical, absent"),
        (key(score=1.2), "wrong_score", "gave the score 1.2; a score is a number from 0 to 1; it was left out"),
        (key(score=float("nan")), "wrong_score", "gave the score nan"),
        (key(score="high"), "wrong_score", "gave the score something of the kind str"),
        (
            key(evidence=(EvidenceSpan(start=0, end=4, text="mass"),)),
            "wrong_evidence",
            "(0 to 4 of 7 code points, 1",
        ),
        (key(evidence=(EvidenceSpan(start=3, end=99, text="ule."),)), "wrong_evidence", "(3 to 99 of 7 code points"),
        (key(evidence=(EvidenceSpan(start="0", end=1, text="N"),)), "wrong_evidence", "something of the kind str to 1"),
        (key(key=["nodules"]), "keys_failed", "ProviderError: it gave something of the kind list for key; it must be"),
        (
            key(evidence="Nodule"),
            "keys_failed",
            "it gave something of the kind str for evidence; it must be a tuple of",
        ),
        ("nodules", "keys_failed", "it gave something of the kind str in answer; there must be KeyPredictions"),
    ],
)
def test_a_key_that_cannot_be_used(read, prediction, code, words):
    (extraction,) = read("Nodule.", classifier=ScriptedClassifier(lambda view: (prediction,)))
    (issue,) = extraction.issues
    assert (issue.level, issue.code) == ("error", code)
    assert words in issue.message
    for finding in extraction.findings:
        assert finding.score is None and finding.evidence[0].text == "Nodule"


def test_a_score_of_numpy_becomes_a_plain_one(read):
    classifier = ScriptedClassifier(lambda view: (key(score=np.float64(0.5)),))
    (extraction,) = read("Nodule.", classifier=classifier)
    assert type(extraction.findings[0].score) is float and extraction.issues == ()


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (MappingResult(relations=[relation(value=["rul"])]), "relations_failed", "kind list for value"),
        (MappingResult(relations="rul"), "relations_failed", "kind str for relations; it must be a tuple of Relations"),
        (MappingResult(denied="nodules"), "relations_failed", "kind str for denied; it must be a tuple of strs"),
        (MappingResult(issues=("oh",)), "relations_failed", "kind str in issues; there must be Issues"),
        (MappingResult(relations=(relation(score=-1),)), "wrong_score", "gave the score -1"),
        (None, "relations_failed", "it gave None in answers; there must be MappingResults"),
    ],
)
def test_a_mapping_that_cannot_be_used(read, answer, code, words):
    (extraction,) = read("Nodule.", mapper=ScriptedMapper(lambda request: answer))
    (issue,) = extraction.issues
    assert issue.code == code and words in issue.message
    assert extraction.findings[0].key == "nodules"


@pytest.mark.parametrize("answers", [None, "nodules", {"nodules": 1}, 7])
def test_a_batch_answered_with_no_list(read, answers):
    class Odd:
        def classify(self, views):
            return answers

    extractions = read("Nodule.", "Mass.", classifier=Odd())
    messages = [issue.message for extraction in extractions for issue in extraction.issues]
    assert len(messages) == 2
    assert all("it must give a list with one answer for each report, in order" in message for message in messages)
