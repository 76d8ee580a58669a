import pytest

from radnlp.errors import ReportError
from radnlp.evaluation.gold.gold import LabelledReport, gold_set
from radnlp.evaluation.pairs import pair_up
from radnlp.hooks import default_catalogue
from radnlp.records import EvidenceSpan, Extraction, Finding, Report

CHEST_CT = default_catalogue().schema("chest_ct")[0]


def says(report_id, *findings):
    return Extraction(report_id=report_id, schema="chest_ct", schema_version="1.0.0", findings=findings)


def finding(key, status="present", *values, at=None, score=None, source="rules"):
    evidence = () if at is None else (EvidenceSpan(start=at, end=at + 4, text="mass"),)
    located = {"located_in": values} if values else {}
    return Finding(key=key, status=status, values=located, evidence=evidence, score=score, sources=(source,))


def gold_of(*ids, schema=CHEST_CT, **words):
    rows = [
        LabelledReport(report=Report(id=name, text=""), gold=says(name), place=f"gold.jsonl:{line}")
        for line, name in enumerate(ids, start=1)
    ]
    return gold_set(rows, schema=schema, **words)


def only(prediction, **words):
    """The findings of a single prediction, in the words of the gold."""
    [(_, translated)] = pair_up(gold_of("a", **words), [says("a", *prediction)], source="x")
    return translated.findings


def test_pairs_come_in_the_order_of_the_gold():
    pairs = pair_up(gold_of("a", "b"), [says("b"), says("a", finding("mass"))], source="rules")
    assert [(gold.report_id, predicted.report_id) for gold, predicted in pairs] == [("a", "a"), ("b", "b")]
    assert [found.key for found in pairs[0][1].findings] == ["mass"]


def test_a_prediction_without_gold_is_refused():
    with pytest.raises(ReportError, match=r"^pred\.jsonl:2: 1 prediction \('z'\) without gold$"):
        pair_up(gold_of("a"), [says("a"), says("z")], source="pred.jsonl", lines=[1, 2])
    with pytest.raises(ReportError, match=r"^rules: 5 predictions \('v', 'w', 'x' and 2 more\) without gold$"):
        pair_up(gold_of("a"), [says(name) for name in "avwxyz"], source="rules")


def test_gold_without_a_prediction_is_refused():
    with pytest.raises(ReportError, match=r"^gold\.jsonl:2: 1 gold report \('b'\) without a prediction from rules$"):
        pair_up(gold_of("a", "b"), [says("a")], source="rules")


def test_two_predictions_of_one_report_are_refused():
    with pytest.raises(ReportError, match=r"^pred\.jsonl:7: a second prediction for the report 'a'"):
        pair_up(gold_of("a"), [says("a"), says("a")], source="pred.jsonl", lines=[3, 7])


MERGED = {"ggo": "consolidation"}


def test_of_merged_keys_the_strongest_status_wins_with_its_evidence():
    [merged] = only([finding("ggo", "uncertain", at=9), finding("consolidation", "absent", at=2)], merge=MERGED)
    assert (merged.key, merged.status) == ("consolidation", "uncertain")
    assert [span.start for span in merged.evidence] == [9]


def test_values_of_merged_keys_are_united_in_schema_order():
    [merged] = only(
        [finding("ggo", "uncertain", "lll", "rul"), finding("consolidation", "present", "rul", "rml")], merge=MERGED
    )
    assert merged.values == {"located_in": ("rul", "rml", "lll")}


def test_what_is_historical_or_absent_gives_no_value_to_what_is_present():
    [merged] = only([finding("ggo", "historical", "lll"), finding("consolidation", "present", "rul")], merge=MERGED)
    assert merged.values == {"located_in": ("rul",)}
    [merged] = only([finding("ggo", "absent", "lll"), finding("consolidation", "historical", "rul")], merge=MERGED)
    assert merged.values == {"located_in": ("rul",)}


def test_scores_and_sources_of_merged_keys():
    [merged] = only(
        [finding("ggo", score=0.9, source="bert"), finding("consolidation", score=0.4, source="rules")], merge=MERGED
    )
    assert (merged.score, merged.sources) == (0.9, ("bert", "rules"))


def test_keys_that_the_gold_does_not_score_are_dropped():
    assert [found.key for found in only([finding("hernia"), finding("mass")])] == ["mass"]


def test_findings_come_in_the_order_of_the_scoring_schema():
    assert [found.key for found in only([finding("mass"), finding("nodules")])] == ["nodules", "mass"]


def test_a_value_that_the_schema_does_not_have_is_refused():
    with pytest.raises(ReportError, match=r"x: report 'a': 'mass' has located_in \['liver'\]"):
        only([finding("mass", "present", "liver")])


def test_statuses_are_called_what_the_gold_calls_them():
    [renamed] = only([finding("mass", "historical")], statuses={"historical": "present", "uncertain": "present"})
    assert renamed.status == "present"


def test_what_a_system_says_nothing_of_is_filled_in():
    assumed = Finding(key="mass", status="present")
    assert only([], otherwise=(assumed,)) == (assumed,)
    assert [found.status for found in only([finding("mass", "absent")], otherwise=(assumed,))] == ["absent"]
