"""Risk and coverage: what a score is worth for setting doubtful findings aside."""

import pytest

from radnlp.evaluation.coverage import Asserted, asserted, coverage_table, curve, curves
from radnlp.evaluation.report import quality_tables
from radnlp.hooks import default_catalogue
from radnlp.records import Extraction, Finding

SCHEMA = default_catalogue().vocabulary("chest_ct")


def findings(*rows):
    return [Asserted(score=score, right=right) for score, right in rows]


def extraction(*rows):
    """(key, status, places, score)."""
    return Extraction(
        report_id="r1",
        schema="chest_ct",
        schema_version="1",
        findings=tuple(
            Finding(key=key, status=status, values={"located_in": places} if places else {}, score=score)
            for key, status, places, score in rows
        ),
    )


def test_the_most_certain_findings_are_kept_first():
    made = curve(findings((0.2, False), (0.9, True), (0.5, False), (0.7, True)))
    assert made.points == ((0.25, 0.0), (0.5, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5))
    assert made.risk(0.5) == 0.0
    assert made.risk(0.6) == pytest.approx(1 / 3), "where at least this share is kept"
    assert made.area == made.best == pytest.approx((1 / 3 + 1 / 2) / 4)


def test_the_order_of_equal_scores_changes_nothing():
    rows = ((0.9, True), (0.9, False), (0.9, True), (0.4, False))
    made, again = curve(findings(*rows)), curve(findings(*reversed(rows)))
    assert made == again
    assert made.points == ((0.75, pytest.approx(1 / 3)), (1.0, 0.5))
    assert made.area == pytest.approx((1 / 3 + 1 / 3 + 1 / 3 + 1 / 2) / 4)


def test_a_score_that_says_nothing_gives_the_risk_of_all_everywhere():
    made = curve(findings((0.5, True), (0.5, False)))
    assert made.points == ((1.0, 0.5),)
    assert made.area == 0.5


def test_findings_without_a_score_come_last_and_are_counted():
    made = curve(findings((None, True), (0.1, False)))
    assert made.points == ((0.5, 1.0), (1.0, 0.5))
    assert (made.findings, made.scored, made.wrong) == (2, 1, 1)


def test_right_is_the_key_with_exactly_its_places():
    gold = extraction(
        ("nodules", "present", ("rul",), None),
        ("mass", "present", ("bll",), None),
        ("ggo", "absent", (), None),
        ("fibrosis", "present", (), None),
    )
    said = extraction(
        ("nodules", "uncertain", ("rul", "rml"), 0.9),
        ("mass", "present", ("rll", "lll"), 0.8),
        ("ggo", "present", (), 0.7),
        ("fibrosis", "present", (), 0.6),
        ("consolidation", "absent", (), 0.5),
    )
    assert asserted([(gold, said)], SCHEMA) == findings((0.9, False), (0.8, True), (0.7, False), (0.6, True))


def test_only_systems_with_scores_have_a_curve():
    gold = extraction(("nodules", "present", ("rul",), None))
    scored, plain = extraction(("nodules", "present", ("rul",), 0.9)), gold
    found = curves({"rules": [(gold, plain)], "cascade": [(gold, scored)]}, SCHEMA)
    assert list(found) == ["cascade"]
    (row,) = coverage_table(found, "1 report").rows
    assert row == ("cascade", "1", "1", "0.000", "0.000", "0.000", "0.000", "0.000", "0.000")


def test_an_experiment_without_scores_has_no_such_table(result):
    assert not any("coverage" in table.title for table in quality_tables(result))
