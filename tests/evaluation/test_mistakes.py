"""What is wrong in a report, told once and by its kind."""

import pytest

from radnlp.evaluation.mistakes import KINDS, Mistake, mistakes
from radnlp.hooks import default_catalogue
from radnlp.records import EvidenceSpan, Extraction, Finding, Sentence

SCHEMA = default_catalogue().schema("chest_ct")[0]


def report(*findings, sentences=()):
    found = (
        Finding(
            key=key,
            status=status,
            values={"located_in": tuple(values.split())} if values else {},
            evidence=tuple(EvidenceSpan(start=at, end=at + 4, text="") for at in places),
        )
        for key, status, values, *places in findings
    )
    rows = tuple(Sentence(index=n, start=n, end=n + 1, label=label) for n, label in enumerate(sentences))
    return Extraction(report_id="r", schema="chest_ct", schema_version="", findings=tuple(found), sentences=rows)


def told(gold, said):
    return [(m.kind, m.key, m.gold, m.said) for m in mistakes(SCHEMA, report(*gold), report(*said))]


@pytest.mark.parametrize(
    ("gold", "said", "expected"),
    [
        ([("mass", "present", "rul")], [("mass", "present", "rul")], []),
        ([("mass", "present", "rul")], [], [("missed key", "mass", "present", "not mentioned")]),
        ([("mass", "present", "rul")], [("mass", "absent", "")], [("missed key", "mass", "present", "absent")]),
        ([], [("mass", "uncertain", "rul")], [("invented key", "mass", "not mentioned", "uncertain")]),
        ([], [("mass", "absent", "")], []),
        ([("mass", "absent", "")], [], [("status", "mass", "absent", "not mentioned")]),
        ([("mass", "present", "")], [("mass", "uncertain", "")], [("status", "mass", "present", "uncertain")]),
        ([("mass", "present", "rul lll")], [("mass", "present", "rul")], [("missed value", "mass", "lll", "")]),
        ([("mass", "present", "rul")], [("mass", "present", "rul lll")], [("invented value", "mass", "", "lll")]),
        ([("nodules", "present", "bll")], [("nodules", "present", "rll lll")], []),
        ([("mass", "present", "", 0)], [("mass", "present", "", 2)], []),
        ([("mass", "present", "", 0)], [("mass", "present", "", 4)], [("evidence", "mass", "0-4", "4-8")]),
        ([("mass", "present", "")], [("mass", "present", "", 4)], []),
    ],
)
def test_a_key(gold, said, expected):
    assert told(gold, said) == expected


def test_a_status_and_a_value_can_both_be_wrong():
    gold, said = [("mass", "present", "rul")], [("mass", "uncertain", "lll")]
    assert [kind for kind, *_ in told(gold, said)] == ["status", "missed value", "invented value"]


def test_sentences_are_compared_where_gold_has_a_label():
    gold, said = report(sentences=["positive", None, "negative"]), report(sentences=["positive", "positive", None])
    assert list(mistakes(SCHEMA, gold, said)) == [
        Mistake(kind="sentence class", sentence=2, gold="negative", said="no label")
    ]


def test_where_gold_labels_sentences_alone_a_finding_is_no_mistake():
    gold, said = report(sentences=["positive"]), report(("mass", "present", "rul"), sentences=["negative"])
    assert [m.kind for m in mistakes(SCHEMA, gold, said, findings=False)] == ["sentence class"]


def test_every_kind_is_explained():
    assert all(KINDS.values())
