"""Challenge sets as gold: what a clinician marked is the finding that is asked for."""

import pytest

from radnlp.errors import ConfigError, ReportError, UnknownNameError
from radnlp.evaluation.gold import read_gold

SET = """
[[phenomenon]]
name = "coordination"
why = "One place of several lesions."
sentences = [
  "[Nodule](nodules uncertain located_in=rul), [mass](mass present located_in=rul,lll), old [scar](nodules historical)."
]
controls = ["No [mass](mass absent). Family: [nodule](nodules excluded)."]
"""


@pytest.fixture
def gold_of(write, schema_of):
    def read(text, **options):
        path = write("set.toml", text)
        return read_gold("challenges", path, schema=schema_of("chest_ct"), options=options)

    return read


def test_every_marked_text_is_a_report_by_phenomenon(gold_of):
    gold = gold_of(SET, relations=["located_in"])
    assert [report.id for report in gold.reports] == ["coordination: 1", "coordination: control 1"]
    assert gold.reports[1].text == "No mass. Family: nodule."
    assert [dict(labels.meta) for labels in gold.gold] == [
        {"phenomenon": "coordination", "kind": "sentences"},
        {"phenomenon": "coordination", "kind": "controls"},
    ]


def test_the_strongest_mark_of_a_key_is_its_finding_with_all_values(gold_of):
    first, control = gold_of(SET, relations=["located_in"]).gold
    assert [(f.key, f.status, dict(f.values), [span.text for span in f.evidence]) for f in first.findings] == [
        ("nodules", "uncertain", {"located_in": ("rul",)}, ["Nodule"]),
        ("mass", "present", {"located_in": ("rul", "lll")}, ["mass"]),
    ]
    assert [(f.key, f.status) for f in control.findings] == [("mass", "absent")], "a family's nodule is none"


def test_without_relations_no_value_is_asked_for(gold_of):
    gold = gold_of(SET)
    assert gold.schema.relations == ()
    assert [dict(f.values) for f in gold.gold[0].findings] == [{}, {}]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nodules uncertain", "nodules denied", "coordination: 1: 'denied' in the mark"),
        ("located_in=rul)", "located_in=rulll)", "coordination: 1: unknown value of located_in 'rulll'"),
        ('why = "One place of several lesions."', "", "no. 1 has"),
        ("[[phenomenon]]", "[[phenomena]]", "there is no"),
        ("[[phenomenon]]", "[[phenomenon]", "set.toml"),
    ],
)
def test_what_cannot_be_read_is_named(gold_of, old, new, words):
    with pytest.raises(ReportError) as caught:
        gold_of(SET.replace(old, new, 1), relations=["located_in"])
    assert words in str(caught.value)


def test_a_key_or_a_relation_of_another_schema_is_refused(gold_of):
    with pytest.raises(ConfigError, match="'glioma', which the schema 'chest_ct' does not have"):
        gold_of(SET.replace("mass absent", "glioma absent"))
    with pytest.raises(UnknownNameError, match="has_episode"):
        gold_of(SET, relations=["has_episode"])
